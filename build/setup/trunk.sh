#!/usr/bin/env bash
# trunk, wasm-bindgen and wasm-split, which turn app/ into dist/. What is installed in the right version is left
# alone; another version is left alone too, and ours goes into .tools/.
source "$(dirname "$0")/../lib.sh"

TRUNK=0.21.14
WASM_SPLIT=0.2.4
# The command must be of exactly the version of the crate.
WASM_BINDGEN=$(sed -nE 's/^wasm-bindgen = "=([0-9.]+)"$/\1/p' Cargo.toml)
[ -n "$WASM_BINDGEN" ] || fail 'Cargo.toml does not pin wasm-bindgen as: wasm-bindgen = "=x.y.z"'

version_of() { "$1" --version 2>/dev/null | awk 'NR == 1 { print $2 }'; }

# The tools need not be fast, only here soon: no optimisation to speak of, no LTO, many units.
compile() {
    local level=$1
    shift
    CARGO_PROFILE_RELEASE_OPT_LEVEL=$level CARGO_PROFILE_RELEASE_LTO=off \
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 cargo install --quiet --force --target-dir target/tools "$@"
    rm -rf target/tools
}

# install COMMAND PACKAGE VERSION MINUTES OPT_LEVEL ARGUMENT...
install() {
    local command=$1 package=$2 version=$3 minutes=$4 level=$5 place=()
    shift 5
    [ "$(version_of "$command")" != "$version" ] || return 0
    if have "$command"; then
        place=(--root .tools)
    fi
    if have cargo-binstall &&
        cargo binstall --no-confirm --disable-strategies compile "${place[@]}" "$package@$version" >/dev/null 2>&1 &&
        [ "$(version_of "$command")" = "$version" ]; then
        say "==> Fetched $command $version ready-made"
        return 0
    fi
    step "Compiling $command $version, once per machine (about $minutes min)" \
        compile "$level" "${place[@]}" "$package@$version" "$@"
    hash -r
    [ "$(version_of "$command")" = "$version" ] ||
        fail "$command $version was installed, but '$(command -v "$command")' is $(version_of "$command"). Put ${CARGO_HOME:-$HOME/.cargo}/bin first on PATH."
}

install trunk trunk "$TRUNK" 2 0 --locked --no-default-features --features rustls
# Its lock file names a version of webpki-roots that a registry may no longer offer: without --locked.
install wasm-bindgen wasm-bindgen-cli "$WASM_BINDGEN" 2 1
# It does not tell its version: what cargo noted at its installation does.
if ! cargo install --list 2>/dev/null | grep -q "^wasm_split_cli_support v$WASM_SPLIT" || ! have wasm-split-cli; then
    step "Compiling wasm-split $WASM_SPLIT, once per machine (about 1 min)" \
        compile 1 --locked "wasm_split_cli_support@$WASM_SPLIT" --features build-binary
fi
