#!/usr/bin/env bash
# Sets up what is missing and runs every test there is. Stops at the first step that fails; the last line
# counts what ran. Each step's output stays in target/test/.
source "$(dirname "$0")/lib.sh"

LOGS=target/test
passed=0 failed=0
rm -rf "$LOGS"
mkdir -p "$LOGS"

# count LOG STATUS: adds up what the log's test runners say. A step without such a line is one test.
count() {
    local p f
    read -r p f < <(awk -f build/tally.awk "$1")
    if ((p + f == 0 && $2 == 0)); then p=1; fi
    if ((f == 0 && $2 != 0)); then f=1; fi
    passed=$((passed + p)) failed=$((failed + f))
}

finish() {
    printf '\n%s in %s\n%d passed, %d failed\n' "$1" "$(elapsed $SECONDS)" "$passed" "$failed"
    exit "$2"
}

# check NAME WHAT COMMAND...: a counted step; the end of everything when it fails.
check() {
    local name=$1 what=$2 began=$SECONDS status=0
    shift 2
    printf '==> %s\n' "$what"
    WITHIN_STEP=1 "$@" 2>&1 | tee "$LOGS/$name.log" || status=$?
    count "$LOGS/$name.log" "$status"
    if ((status != 0)); then finish "FAILED: $what (its output is in $LOGS/$name.log)" 1; fi
    printf '    done in %s\n' "$(elapsed $((SECONDS - began)))"
}

say "All tests: about 45 minutes on a bare machine with two cores, about 10 when everything is built."
for part in rust node trunk python postgres openssl browser; do
    build/setup/"$part".sh
done
CHROMIUM=$(build/find-chromium.sh)
export CHROMIUM
# The closing lines are read below, so they come without colours.
unset FORCE_COLOR
export NO_COLOR=1 CARGO_TERM_COLOR=never

check format "Formatting (seconds)" build/lint.sh format
check app-dependencies "What the page app depends on (seconds)" build/lint.sh app_dependencies
check browser-types "Types of the browser tests (seconds)" build/lint.sh browser_tests
check harness "Mail sink and throw-away PostgreSQL (seconds)" \
    node --test --test-reporter=tap end2end/smtp/sink.test.mjs build/with-postgres.test.mjs
check app-lint "Lints of the page app (1 min)" build/lint.sh app
check app "The page app (3 min)" build/app.sh
check server-lint "Lints of the server (4 min)" build/lint.sh server
check rust "Rust tests on SQLite and PostgreSQL (10 min)" build/with-postgres.sh build/rust-tests.sh
check rust-doc "Examples in the documentation (2 min)" build/rust-tests.sh --doc
check crash "200 customers buy while the servers are killed (6 min)" build/with-postgres.sh build/crash.sh
check server "The binary (5 min)" build/server.sh ci
check oracles "The Stripe stand-in against Stripe's own types and SDKs (5 min)" end2end/oracles/run.sh
check sdk "The licensing SDKs as published, against the binary (4 min)" build/with-postgres.sh build/sdk-tests.sh
check browser "Browser tests (8 min)" build/with-postgres.sh build/browser-tests.sh

finish "Everything is well" 0
