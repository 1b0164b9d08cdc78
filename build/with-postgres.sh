#!/usr/bin/env bash
# with-postgres.sh COMMAND...: runs the command beside a throw-away PostgreSQL and passes on its exit status.
#
# The command finds TEST_POSTGRES_URL=postgres://postgres@127.0.0.1:PORT/postgres (superuser, may create
# databases) and psql on PATH. The cluster lives in a temporary directory, listens on loopback only, does not
# wait for the disk, and is gone afterwards, however the command ends. PostgreSQL refuses to run as root, so
# root hands it to an account that is there already.
set -euo pipefail
[ $# -gt 0 ] || {
    echo "usage: with-postgres.sh COMMAND..." >&2
    exit 2
}

bin=$("$(dirname "$0")/find-postgres.sh")
directory=$(mktemp -d -t latchkey-postgres.XXXXXX)
data=$directory/data log=$directory/log
server='' command=''

# Stops what runs, whoever asks: the command's whole group first, then the server; then the directory goes.
cleanup() {
    trap - EXIT
    trap '' INT TERM HUP
    if [ -n "$command" ]; then kill -TERM -- "-$command" 2>/dev/null || true; fi
    if [ -n "$server" ]; then
        # Once more if need be: a fast shutdown first, an immediate one after ten seconds.
        kill -INT "$server" 2>/dev/null || true
        for _ in $(seq 100); do
            kill -0 "$server" 2>/dev/null || break
            sleep 0.1
        done
        kill -QUIT "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$directory"
}
trap cleanup EXIT
trap 'cleanup; exit 130' INT
trap 'cleanup; exit 143' TERM HUP

drop=()
if [ "$(id -u)" -eq 0 ]; then
    account=postgres
    id -u "$account" >/dev/null 2>&1 || account=nobody
    drop=(setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups)
    chown "$account" "$directory"
    "${drop[@]}" test -w "$directory" || {
        echo "error: the account $account cannot reach $directory; set TMPDIR to a directory open to all." >&2
        exit 1
    }
fi
# Should this script be killed outright, the server goes too.
leash=()
if setpriv --pdeathsig INT true 2>/dev/null; then leash=(setpriv --pdeathsig INT); fi

cd "$directory"
"${drop[@]}" "$bin/initdb" --pgdata "$data" --username postgres --auth trust --encoding UTF8 --locale C \
    --no-sync >"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
}
cd "$OLDPWD"

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }

# start: true once the server on $port takes connections; false when it went away, as when the port was taken
# by somebody else meanwhile.
start() {
    : >"$log"
    "${drop[@]}" "${leash[@]}" "$bin/postgres" -D "$data" -p "$port" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off >"$log" 2>&1 </dev/null &
    server=$!
    while kill -0 "$server" 2>/dev/null; do
        if grep -q 'ready to accept connections' "$log"; then return 0; fi
        sleep 0.1
    done
    return 1
}

started=''
for _ in 1 2 3; do
    port=$(free_port)
    if start; then
        started=yes
        break
    fi
done
[ -n "$started" ] || {
    echo "error: PostgreSQL did not start:" >&2
    cat "$log" >&2
    exit 1
}

export TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
export PATH="$PATH:$bin"
# A group of its own, so that everything the command started can be told to stop.
set -m
"$@" <&0 &
command=$!
set +m
status=0
wait "$command" || status=$?
command=''
exit "$status"
