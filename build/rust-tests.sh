#!/usr/bin/env bash
# rust-tests.sh [--doc | FILTER...]: the tests of every crate (the page app's rules too, outside a browser), those
# whose names hold a filter, or the examples in their documentation.
# Storage and HTTP tests run on SQLite, and on PostgreSQL too where TEST_POSTGRES_URL is set.
source "$(dirname "$0")/lib.sh"

# With it the mail tests start end2end/smtp/sink.py.
export TEST_PYTHON="$ROOT/.tools/python/bin/python"
WHICH=(--locked --workspace --no-fail-fast)

if [ "${1:-}" = --doc ]; then
    cargo test "${WHICH[@]}" --quiet --doc
elif have cargo-nextest; then
    cargo nextest run "${WHICH[@]}" --cargo-quiet --status-level slow --final-status-level fail "$@"
else
    cargo test "${WHICH[@]}" --quiet --lib --bins --tests -- "$@"
fi
