#!/usr/bin/env bash
# Prints the folder that holds initdb and postgres, version 14 or newer: from PATH or where Debian puts it.
set -euo pipefail

major() { "$1/postgres" --version 2>/dev/null | sed -E 's/^[^0-9]*([0-9]+).*/\1/'; }

{
    if found=$(command -v initdb); then dirname "$(readlink -f "$found")"; fi
    printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV
} | while IFS= read -r folder; do
    [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] || continue
    [ "$(major "$folder")" -ge 14 ] || continue
    printf '%s\n' "$folder"
    break
done | grep . || {
    echo "error: initdb and postgres, version 14 or newer, not found. Debian: apt install postgresql" >&2
    exit 1
}
