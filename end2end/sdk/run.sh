#!/bin/sh
# Drives the real binary with the licensing SDKs as published. See README.md beside this file.
# Usage: run.sh [--main POSTGRES_URL]. The binary is LATCHKEY, or the debug build.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
latchkey=${LATCHKEY:-${CARGO_TARGET_DIR:-$root/target}/debug/latchkey}
[ -x "$latchkey" ] || { echo "sdk: there is no $latchkey; build it with: cargo build -p latchkey" >&2; exit 1; }
set_of_cases=all
database=
if [ "${1:-}" = --main ]; then
  set_of_cases=main
  database="--database $2"
fi

cd "$here/python"
if ! [ -f .venv/.ready ] || [ requirements.txt -nt .venv/.ready ]; then
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
  touch .venv/.ready
fi
cd "$here/node"
if ! [ -f node_modules/.ready ] || [ package-lock.json -nt node_modules/.ready ]; then
  npm ci --no-audit --no-fund --loglevel=error
  touch node_modules/.ready
fi

work=$(mktemp -d)
server=
cleanup() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" || true; }
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

# shellcheck disable=SC2086 # the database is two words or none
"$latchkey" demo --json --listen 127.0.0.1:0 --data "$work/demo" $database > "$work/ready" 2> "$work/log" &
server=$!
tries=0
until grep -q '^{' "$work/ready" 2>/dev/null; do
  tries=$((tries + 1))
  kill -0 "$server" 2>/dev/null && [ "$tries" -lt 600 ] || { cat "$work/log" >&2; echo "sdk: the demo did not start" >&2; exit 1; }
  sleep 0.1
done
grep '^{' "$work/ready" | head -n 1 > "$work/ready.json"

echo "sdk: PyPI licensing ($set_of_cases)"
# Its offline check takes local times for UTC.
TZ=UTC "$here/python/.venv/bin/python" "$here/python/drive.py" "$work/ready.json" "$set_of_cases"
echo "sdk: npm cryptolens ($set_of_cases)"
node "$here/node/drive.cjs" "$work/ready.json" "$set_of_cases"
if [ "$set_of_cases" = all ]; then
  echo "sdk: the crate cryptolens-yc (the first build takes about three minutes)"
  "$here/strict/run.sh" "$work/ready.json"
fi
