#!/usr/bin/env bash
# PostgreSQL's programs (14 or newer) for the throw-away cluster of the tests; no server is set up.
source "$(dirname "$0")/../lib.sh"

build/find-postgres.sh >/dev/null 2>&1 || {
    step "Installing PostgreSQL (about 1 min)" apt_install "PostgreSQL" postgresql
    build/find-postgres.sh >/dev/null
}
