#!/usr/bin/env bash
# Builds what is measured, measures it, prints one table and writes target/bench/results.json. What cannot be
# measured becomes a row that says why: only a build that fails makes this fail.
source "$(dirname "$0")/lib.sh"

build/release.sh
step "Building what measures a signature (a minute the first time)" \
    cargo build --quiet --locked --package latchkey --release --example signature
build/setup/browser.sh
build/setup/wrk.sh
CHROMIUM=$(build/find-chromium.sh)
export CHROMIUM
say "==> Measuring (about an hour the first time, with a million customers to make up; keep the machine quiet)"
node build/bench.mjs "$@"
