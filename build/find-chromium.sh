#!/usr/bin/env bash
# Prints the path of the browser to test with: $CHROMIUM, or the first Chromium or Chrome on PATH.
set -euo pipefail

if [ -n "${CHROMIUM:-}" ]; then
    printf '%s\n' "$CHROMIUM"
    exit 0
fi
for name in chromium chromium-browser google-chrome-stable google-chrome; do
    if command -v "$name"; then exit 0; fi
done
echo "error: no Chromium found. Install one (Debian: apt install chromium) or set CHROMIUM to its path." >&2
exit 1
