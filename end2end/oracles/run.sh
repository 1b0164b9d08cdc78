#!/bin/sh
# Checks the Stripe stand-in against three things nobody here wrote. See README.md beside this file.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
fake=
cleanup() {
  [ -z "$fake" ] || kill "$fake" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

echo "oracles: recording a story (building the stand-in the first time takes a minute)"
cargo build --quiet --manifest-path "$root/Cargo.toml" -p latchkey-stripe-fake --example record --example standalone
target=${CARGO_TARGET_DIR:-$root/target}
"$target/debug/examples/record" "$work/recorded"

"$here/types/run.sh" "$work/recorded"

"$target/debug/examples/standalone" > "$work/announcement" &
fake=$!
tries=0
until grep -q 'control token' "$work/announcement" 2>/dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { echo "the stand-in did not start" >&2; exit 1; }
  sleep 0.1
done
url=$(sed -n 's/^listening on //p' "$work/announcement")
token=$(sed -n 's/^control token //p' "$work/announcement")
"$here/python/run.sh" "$url" sk_test_oracle "$token"

echo "oracles: strict types (the first build takes about four minutes)"
"$here/strict/run.sh" "$work/recorded"
