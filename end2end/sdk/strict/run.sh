#!/bin/sh
# Reads and verifies an answer of a running demo with the crate cryptolens-yc. Usage: run.sh READY_JSON
set -eu
ready=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
../python/.venv/bin/python ../python/record.py "$ready" "$work/answer.json"
../python/.venv/bin/python -c 'import json, sys; print(json.load(open(sys.argv[1]))["public_key_xml"])' "$ready" > "$work/public.xml"
# Shares the main target directory, so that what both need is built once.
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$(cd ../../.. && pwd)/target} cargo run --quiet --locked -- "$work/answer.json" "$work/public.xml"
