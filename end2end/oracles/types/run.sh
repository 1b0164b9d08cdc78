#!/bin/sh
# Checks recorded objects against the types of npm stripe@23.0.1. Usage: run.sh DIRECTORY
set -eu
recorded=$(cd "$1" && pwd)
cd "$(dirname "$0")"
if ! [ -f node_modules/.ready ] || [ package.json -nt node_modules/.ready ]; then
  npm install --no-audit --no-fund --loglevel=error
  touch node_modules/.ready
fi
node check.mjs "$recorded"
