#!/usr/bin/env bash
# The compiler of rust-toolchain.toml with its wasm target, and a C compiler for what Rust links.
source "$(dirname "$0")/../lib.sh"

need rustup "Get it from https://rustup.rs, then run this again."
have cc || apt_install "A C compiler" build-essential

rustup show active-toolchain >/dev/null 2>&1 || step "Installing the Rust toolchain (about 1 min)" rustup toolchain install

missing() { ! rustup "$1" list --installed 2>/dev/null | grep -q "^$2"; }

if missing target wasm32-unknown-unknown; then
    step "Adding the wasm target (seconds)" rustup target add wasm32-unknown-unknown
fi
for component in clippy rustfmt; do
    if missing component "$component"; then
        step "Adding $component (seconds)" rustup component add "$component"
    fi
done
