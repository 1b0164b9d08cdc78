#!/usr/bin/env bash
# wrk, which puts the server under load when it is measured. Neither the product nor its tests need it.
source "$(dirname "$0")/../lib.sh"

if have wrk; then exit 0; fi
step "Installing the load generator wrk (seconds)" apt_install "the load generator wrk" wrk
