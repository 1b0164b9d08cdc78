#!/usr/bin/env bash
# The one file to install: target/release/latchkey with the page app inside.
source "$(dirname "$0")/lib.sh"

build/setup/rust.sh
build/setup/node.sh
build/setup/trunk.sh
build/app.sh
build/server.sh release
say "    $(du -h target/release/latchkey | cut -f1)  target/release/latchkey"
