#!/usr/bin/env bash
# Builds what is measured, measures it, prints one table and writes target/bench/results.json. What cannot be
# measured becomes a row that says why: only a build that fails makes this fail.
source "$(dirname "$0")/lib.sh"

build/release.sh
build/setup/browser.sh
CHROMIUM=$(build/find-chromium.sh)
export CHROMIUM
say "==> Measuring (about 30 min the first time, with a million customers to make up; keep the machine quiet)"
node build/bench.mjs "$@"
