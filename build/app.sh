#!/usr/bin/env bash
# The page app: trunk turns app/, style/ and public/ into dist/ (release profile, wasm-opt, precompressed).
# Left out when nothing it is made of has changed since dist/ was made by this script.
source "$(dirname "$0")/lib.sh"

STAMP=target/app.stamp
SOURCES=(app shared style public .cargo Trunk.toml Cargo.toml Cargo.lock rust-toolchain.toml build/bin build/bring-parts.mjs build/precompress.mjs build/styles.mjs package-lock.json)

# The names in index.html are hashes of what they lead to, so its checksum stands for all of dist/.
fingerprint() { cksum dist/index.html 2>/dev/null || true; }

if [ -e dist/index.html ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$(fingerprint)" ] && ! newer_than "$STAMP" "${SOURCES[@]}"; then
    say "==> Page app: nothing changed"
    exit 0
fi

mkdir -p target
: >"$STAMP.begun"

export TRUNK_SKIP_VERSION_CHECK=true
# trunk takes only "true" and "false" for it, and refuses the customary 1.
unset NO_COLOR
# Where trunk looks for wasm-bindgen, it finds the one that splits the app into parts first.
export PATH="$ROOT/build/bin:$PATH"
step "Building the page app (about 3 min the first time, 1 after a change)" \
    env RUST_BACKTRACE=0 trunk build --release

# The stamp is as old as the build's beginning: what was saved meanwhile is built next time.
fingerprint >"$STAMP"
touch -r "$STAMP.begun" "$STAMP"
