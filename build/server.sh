#!/usr/bin/env bash
# server.sh PROFILE: the binary latchkey; release and ci have the page app inside, dev reads dist/.
source "$(dirname "$0")/lib.sh"

case "${1:-}" in
dev) duration="about 4 min the first time, then seconds" ;;
ci) duration="about 5 min the first time, 1 after a change" ;;
release) duration="about 8 min the first time, 2 after a change" ;;
*) fail "usage: server.sh dev|ci|release" ;;
esac

step "Building the server, profile $1 ($duration)" cargo build --quiet --locked --package latchkey --profile "$1"
