#!/usr/bin/env bash
# crash.sh [N [SEED]]: N customers buy (200 by default) while the servers are killed over and over: on SQLite, and a
# quarter as many with two servers on PostgreSQL where TEST_POSTGRES_URL is set. A seed makes the same plan again.
source "$(dirname "$0")/lib.sh"

N=${1:-${N:-200}}
SEED=${2:-${SEED:-}}
crash() { cargo test --locked --quiet -p latchkey --features failpoints --test crash -- "$@" ${SEED:+--seed "$SEED"}; }

crash --checkouts "$N"
if [ -n "${TEST_POSTGRES_URL:-}" ]; then
    crash --checkouts $(((N + 3) / 4)) --database postgres --servers 2
fi
