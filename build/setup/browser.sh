#!/usr/bin/env bash
# Chromium for the browser tests: what CHROMIUM names, what is on PATH, or Debian's package.
source "$(dirname "$0")/../lib.sh"

[ -z "${CHROMIUM:-}" ] || {
    [ -x "$CHROMIUM" ] || fail "CHROMIUM is set to '$CHROMIUM', which is not a program."
    exit 0
}
build/find-chromium.sh >/dev/null 2>&1 || {
    step "Installing Chromium (about 1 min)" apt_install "Chromium" chromium fonts-liberation
    build/find-chromium.sh >/dev/null
}
