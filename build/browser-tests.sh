#!/usr/bin/env bash
# browser-tests.sh [ARGUMENT...]: Playwright against the built binary in a real Chromium; arguments are its own,
# such as a file name, --project phone or --grep.
source "$(dirname "$0")/lib.sh"

CHROMIUM=$(build/find-chromium.sh)
export CHROMIUM
exec playwright test --config end2end/playwright.config.ts "$@"
