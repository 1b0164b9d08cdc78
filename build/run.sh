#!/usr/bin/env bash
# Everything from a bare checkout to a demo in the browser. Neither a browser nor PostgreSQL is needed here.
source "$(dirname "$0")/lib.sh"

LISTEN=${LATCHKEY_LISTEN:-127.0.0.1:8080}

say "Latchkey demo: set-up, page app, server. About 10 minutes on a bare machine with two cores, seconds after that."
build/setup/rust.sh
build/setup/node.sh
build/setup/trunk.sh
build/app.sh
build/server.sh dev

say "==> Starting the demo (Ctrl-C ends it; its data stays in target/demo)"
exec target/debug/latchkey demo --listen "$LISTEN" --data target/demo
