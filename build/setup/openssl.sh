#!/usr/bin/env bash
# OpenSSL's headers: one of the licensing clients that the tests run is built with them. The product needs none.
source "$(dirname "$0")/../lib.sh"

if have pkg-config && pkg-config --exists openssl; then exit 0; fi
step "Installing OpenSSL's headers (seconds)" apt_install "OpenSSL's headers" pkg-config libssl-dev
