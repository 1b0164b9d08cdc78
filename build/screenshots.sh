#!/usr/bin/env bash
# Takes docs/screenshots/ anew: the pictured pages of end2end/support/pages.mjs, desktop and phone, light and dark.
source "$(dirname "$0")/lib.sh"

build/setup/rust.sh
build/setup/node.sh
build/setup/trunk.sh
build/setup/browser.sh
build/app.sh
build/server.sh ci
CHROMIUM=$(build/find-chromium.sh)
export CHROMIUM
step "Taking pictures (about 1 min)" node build/screenshots.mjs "$@"
