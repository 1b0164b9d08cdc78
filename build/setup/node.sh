#!/usr/bin/env bash
# What building and testing take from npm, exactly as package-lock.json says: wasm-opt, Playwright, axe.
source "$(dirname "$0")/../lib.sh"

need node "Install Node.js 20 or newer: https://nodejs.org or your system's packages."
need npm "It comes with Node.js: https://nodejs.org (Debian: apt install npm)."
major=$(node -p 'process.versions.node.split(".")[0]')
((major >= 20)) || fail "Node.js $(node --version) is too old: 20 or newer is needed (https://nodejs.org)."

if newer_than node_modules/.package-lock.json package-lock.json; then
    export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
    step "Fetching wasm-opt and Playwright from npm (seconds)" \
        npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
fi
