#!/usr/bin/env bash
# lint.sh [CHECK...]: style and lints without running anything; without a name, all of them.
source "$(dirname "$0")/lib.sh"

APP=(--package latchkey-app --target wasm32-unknown-unknown)

format() { cargo fmt --all --check; }

server() { cargo clippy --locked --workspace --exclude latchkey-app --all-targets --quiet -- -D warnings; }

app() { cargo clippy --locked "${APP[@]}" --quiet -- -D warnings; }

# The page app is for a browser: what opens sockets or runs threads has no place in it.
app_dependencies() {
    local found
    found=$(cargo tree --locked "${APP[@]}" --edges normal --prefix none --format '{p}' | cut -d' ' -f1 | sort -u |
        grep -xE 'tokio|hyper|sqlx.*|reqwest|sea-orm|axum|ring|aws-lc-rs' || true)
    [ -z "$found" ] || fail "the page app must not depend on: $(tr '\n' ' ' <<<"$found")"
}

# The browser tests are TypeScript that Playwright only strips: here the types are looked at.
browser_tests() { tsc --project end2end; }

all=(format app_dependencies browser_tests app server)
if [ $# -eq 0 ]; then set -- "${all[@]}"; fi
for check in "$@"; do
    [[ " ${all[*]} " == *" $check "* ]] || fail "no such check: $check (there are: ${all[*]})"
    step "Lint: $check" "$check"
done
