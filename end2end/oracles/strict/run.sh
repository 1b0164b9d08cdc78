#!/bin/sh
# Parses recorded objects with the strict types of async-stripe 1.0.0-rc.10. Usage: run.sh DIRECTORY
set -eu
recorded=$(cd "$1" && pwd)
cd "$(dirname "$0")"
# Shares the main target directory, so that what both need is built once.
CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$(cd ../../.. && pwd)/target} cargo run --quiet --locked -- "$recorded"
