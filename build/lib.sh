# Shared by the scripts in this folder; source it first. It moves to the project's root, puts the
# project's own tools first on PATH and offers words for steps, versions and missing things.
# shellcheck shell=bash
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
# Where the scripts look for what cargo made, whatever else is configured on this machine.
export CARGO_TARGET_DIR="$ROOT/target"
export PATH="$ROOT/.tools/bin:$ROOT/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

say() { printf '%s\n' "$*"; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# elapsed SECONDS: 75 becomes "1 min 15 s".
elapsed() {
    if (($1 < 60)); then printf '%d s' "$1"; else printf '%d min %d s' $(($1 / 60)) $(($1 % 60)); fi
}

# step WHAT COMMAND...: says what happens, runs it, says how long it took. Part of a step that was already
# announced (WITHIN_STEP), it only runs.
step() {
    local what=$1 began=$SECONDS
    shift
    if [ -n "${WITHIN_STEP:-}" ]; then
        "$@"
        return
    fi
    printf '==> %s\n' "$what"
    "$@" || fail "this step failed after $(elapsed $((SECONDS - began))): $what"
    printf '    done in %s\n' "$(elapsed $((SECONDS - began)))"
}

# need COMMAND HOW: stops with the name of what is missing and how to get it.
need() { have "$1" || fail "$1 is missing. $2"; }

# apt_install WHAT-FOR PACKAGE...: through apt, as root or by sudo; elsewhere says what to install.
apt_install() {
    local purpose=$1 sudo=()
    shift
    have apt-get || fail "$purpose is missing. Install it with your system's package manager (Debian: apt install $*)."
    if [ "$(id -u)" -ne 0 ]; then
        have sudo || fail "$purpose is missing and there is no sudo. Run as root: apt install $*"
        sudo=(sudo)
    fi
    say "    installing $* with apt"
    export DEBIAN_FRONTEND=noninteractive
    # A fresh machine has no package lists yet: only then are they fetched.
    "${sudo[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 ||
        { "${sudo[@]}" apt-get update -qq && "${sudo[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null; } ||
        fail "apt could not install $*, needed for $purpose."
}

# newer_than FILE PATH...: is anything below the paths newer than the file (or the file missing)?
newer_than() {
    local stamp=$1
    shift
    [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print -quit 2>/dev/null)" ]
}
