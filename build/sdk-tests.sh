#!/usr/bin/env bash
# The licensing SDKs as published drive the built binary: every case on SQLite, the main ones on PostgreSQL too.
source "$(dirname "$0")/lib.sh"

export LATCHKEY="$ROOT/target/ci/latchkey"
end2end/sdk/run.sh
if [ -n "${TEST_POSTGRES_URL:-}" ]; then end2end/sdk/run.sh --main "$TEST_POSTGRES_URL"; fi
