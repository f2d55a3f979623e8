# shellcheck shell=bash disable=SC2154 # what bench/run sets
# The steps of bench/run: what it starts, and what it measures.

programs=$(for bin in /usr/lib/postgresql/*/bin; do echo "$bin"; done | sort -V | tail -1)
pgbench=$(command -v pgbench || echo "$programs/pgbench")
password='correct horse battery staple 7'
email=ann@bench.example

# --- What has to be there ---------------------------------------------------------------------------------------------

components() {
    local missing='' root_of=(env DEBIAN_FRONTEND=noninteractive)
    command -v wrk >/dev/null || missing="$missing wrk"
    command -v curl >/dev/null || missing="$missing curl"
    [ -x "$programs/initdb" ] || missing="$missing postgresql"
    [ -z "$missing" ] && return
    echo "Missing:$missing" >&2
    [ "$(id -u)" = 0 ] || root_of=(sudo -n "${root_of[@]}")
    # shellcheck disable=SC2086 # one word a package
    "${root_of[@]}" apt-get update -q && "${root_of[@]}" apt-get install -q -y --no-install-recommends $missing >&2
    programs=$(for bin in /usr/lib/postgresql/*/bin; do echo "$bin"; done | sort -V | tail -1)
}

build() {
    local name
    GATEHOUSE_ONLY_BUILD=1 ./gatehouse serve || return 1
    ! wanted P7 || GATEHOUSE_ONLY_BUILD=1 ./gatehouse version || return 1
    for name in Empty Identity Argon2; do
        [ -z "$(find "bench/$name" Directory.Packages.props -newer "$out/$name/$name" -type f 2>/dev/null)" ] \
            && [ -x "$out/$name/$name" ] && continue
        echo "Building bench/$name …" >&2
        dotnet publish "bench/$name" --configuration Release --use-current-runtime --self-contained false \
            -p:NuGetAudit=false --artifacts-path artifacts/build --output "$out/$name" >"$out/$name.log" 2>&1 \
            || { cat "$out/$name.log" >&2 && return 1; }
        touch "$out/$name/$name"
    done
}

# --- What is started --------------------------------------------------------------------------------------------------

as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups "$@"; else "$@"; fi; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
connection() { echo "Host=127.0.0.1;Port=$pg_port;Username=gatehouse;Database=$1"; }

# Waits up to 30 s until a command succeeds.
until_it() {
    local tries
    for tries in $(seq 300); do
        "$@" >/dev/null 2>&1 && return
        sleep 0.1
    done
    echo "Gave up after $((tries / 10)) s: $*" >&2
    return 1
}

start_postgres() {
    pg_port=$(free_port)
    chmod 711 "$work" && mkdir "$work/postgres"
    [ "$(id -u)" != 0 ] || chown postgres "$work/postgres"
    as_postgres "$programs/initdb" -D "$work/postgres" -U gatehouse -A trust -E UTF8 --locale=C.UTF-8 >"$out/initdb.log" \
        && as_postgres "$programs/pg_ctl" start -w -s -D "$work/postgres" -l "$work/postgres/log" -o \
            "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=400" || return 1
    local name
    for name in gatehouse identity better pgbench; do
        "$programs/createdb" -h 127.0.0.1 -p "$pg_port" -U gatehouse "$name" || return 1
    done
    "$pgbench" -h 127.0.0.1 -p "$pg_port" -U gatehouse -i -q -s 10 pgbench 2>/dev/null
}

declare -A url pid key token

# Becomes the server, so it is always called in the background. Limits are off, since one address sends everything;
# hashing and its queue are as they come.
serve() {
    local folder=$1 port=$2 database=$3
    exec env DOTNET_ENVIRONMENT=Production Gatehouse__DataDirectory="$folder" Gatehouse__Database="$database" \
        Gatehouse__PublicUrl="http://127.0.0.1:$port" Gatehouse__Mail__Smtp=local \
        Gatehouse__Payments__Provider=sandbox Gatehouse__Limits__V2RequestsPerAddress=0 \
        Gatehouse__Limits__PasswordPerNetwork=0 Gatehouse__Limits__PasswordPerAccount=0 \
        Gatehouse__Limits__PasswordInARow=0 Gatehouse__Limits__FailuresPerAddressIn5Minutes=0 \
        Gatehouse__Limits__FailuresPerAddressInAnHour=0 Gatehouse__Limits__FailuresPerNetworkInAnHour=0 \
        Gatehouse__Limits__FailuresInAnHour=0 Gatehouse__Limits__CardTries=0 Gatehouse__Limits__RefusedCharges=0 \
        "$root/artifacts/server/Gatehouse.Server" serve --urls "http://127.0.0.1:$port"
}

start_gatehouse() {
    local name=gatehouse-$1 port server
    port=$(free_port)
    mkdir -p "$work/$name"
    serve "$work/$name" "$port" "$2" >"$work/$name.out" 2>"$work/$name.log" &
    server=$!
    started+=("$server")
    url[$name]=http://127.0.0.1:$port
    until_it curl -fsS "${url[$name]}/readyz" || { tail "$work/$name.log" >&2 && return 1; }
    pid[$name]=$server
    enrol "$name"
}

post() { curl -fsS -X POST "$1" -H 'Content-Type: application/json' -d "$2"; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# An account with a key and a token.
enrol() {
    local base=${url[$1]} mail code name
    post "$base/api/free_users" "{\"email\":\"$email\",\"password\":\"$password\"}" >/dev/null || return 1
    until_it compgen -G "$work/$1/mail/*.eml" || return 1
    mail=$(cat "$work/$1"/mail/*.eml)
    code=$(tr -d '\r' <<<"$mail" | grep -m 1 -xE '[0-9]{6}')
    post "$base/api/users/confirm" "{\"email\":\"$email\",\"code\":\"$code\"}" >/dev/null || return 1
    key[$1]=$(post "$base/api/login" "{\"email\":\"$email\",\"password\":\"$password\"}" | field key)
    name=$(curl -fsS -u "$email:${key[$1]}" "$base/api/users" | field user_name)
    token[$1]=$(post "$base/v2/auth/login" "{\"username\":\"$name\",\"password\":\"$password\"}" | field token)
    [ -n "${key[$1]}" ] && [ -n "${token[$1]}" ]
}

start_empty() {
    url[empty]=http://127.0.0.1:$(free_port)
    "$out/Empty/Empty" --urls "${url[empty]}" >/dev/null 2>&1 &
    started+=($!) pid[empty]=$!
    until_it curl -fsS "${url[empty]}"
}

start_identity() {
    url[identity]=http://127.0.0.1:$(free_port)
    "$out/Identity/Identity" --urls "${url[identity]}" --Database "$(connection identity)" >"$work/identity.log" 2>&1 &
    started+=($!) pid[identity]=$!
    until_it post "${url[identity]}/register" "{\"email\":\"$email\",\"password\":\"Correct-horse-7\"}" || return 1
    token[identity]=$(post "${url[identity]}/login" "{\"email\":\"$email\",\"password\":\"Correct-horse-7\"}" \
        | field accessToken)
}

start_better_auth() {
    local port
    command -v npm >/dev/null || return 1
    mkdir -p "$cache" && cp bench/better-auth/* "$cache" || return 1
    [ -d "$cache/node_modules/better-auth" ] \
        || (cd "$cache" && timeout 180 npm install --no-audit --no-fund --silent) >"$out/npm.log" 2>&1 || return 1
    port=$(free_port)
    url[better-auth]=http://127.0.0.1:$port
    (cd "$cache" && exec node server.mjs "postgresql://gatehouse@127.0.0.1:$pg_port/better" "$port") \
        >"$out/better-auth.log" 2>&1 &
    started+=($!) pid[better-auth]=$!
    if ! until_it grep -q ready "$out/better-auth.log" || ! key[better-auth]=$(curl -fsS -D - -o /dev/null \
        -X POST "${url[better-auth]}/api/auth/sign-up/email" -H 'Content-Type: application/json' \
        -H "Origin: ${url[better-auth]}" -d "{\"email\":\"$email\",\"password\":\"$password\",\"name\":\"Ann\"}" \
        | sed -n 's/^set-cookie: \([^;]*\).*/\1/Ip' | head -1); then
        unset 'url[better-auth]'
        return 1
    fi
}

# --- What is measured -------------------------------------------------------------------------------------------------

note() { printf '%s\t%s\t%s\t%s\n' "$@" >>"$raw"; }

# One figure with wrk; what is sent is in the environment. row, subject, connections, address.
measure() {
    local row=$1 subject=$2 result
    result=$(wrk -t 1 -c "$3" -d "${time:-$seconds}s" --timeout 10s -s bench/load.lua "$4" | sed -n 's/^RESULT //p')
    # shellcheck disable=SC2086 # five words and more
    set -- $result
    note "$row" "$subject" rate "$1"
    [ "$row" != P9 ] || note "$row" "$subject" 'ms, median' "$2"
    note "$row" "$subject" p99 "$3"
    [ "$4" = errors=0 ] || note "$row" "$subject" errors "${4#errors=}"
    shift 5
    for result in "$@"; do note "$row" "$subject" "status ${result%=*}" "${result#*=}"; done
}

basic() { printf 'Basic %s' "$(printf '%s:%s' "$email" "${key[$1]}" | base64 -w 0)"; }

# Just-in-time compilers are given a while: what is hot is compiled again, and that must not be in a figure.
warm_up() {
    local raw=/dev/null time=$warm
    ! [[ " $rows " =~ \ (P1|P4|P5)\  ]] || reads
    ! wanted P2 || tokens
}

reads() {
    local name
    measure P1 empty 32 "${url[empty]}/"
    for name in gatehouse-sqlite gatehouse-postgres; do
        AUTHORIZATION=$(basic $name) measure P1 $name 32 "${url[$name]}/api/users"
    done
    AUTHORIZATION="Bearer ${token[identity]}" measure P1 identity 32 "${url[identity]}/manage/info"
    [ -z "${url[better-auth]:-}" ] \
        || COOKIE=${key[better-auth]} measure P1 better-auth 32 "${url[better-auth]}/api/auth/get-session"
}

tokens() {
    local name
    measure P2 empty 32 "${url[empty]}/"
    for name in gatehouse-sqlite gatehouse-postgres; do
        AUTHORIZATION="Bearer ${token[$name]}" measure P2 $name 32 "${url[$name]}/v2/account/credits/available"
    done
}

logins() {
    local name body="{\"email\":\"$email\",\"password\":\"$password\"}"
    export METHOD=POST TYPE=application/json COUNT=1
    note P3 argon2 rate "$("$out/Argon2/Argon2" "$seconds")"
    for name in gatehouse-sqlite gatehouse-postgres; do
        BODY=$body measure P3 $name 16 "${url[$name]}/api/login"
    done
    BODY="{\"email\":\"$email\",\"password\":\"Correct-horse-7\"}" measure P3 identity 16 "${url[identity]}/login"
    [ -z "${url[better-auth]:-}" ] || BODY=$body ORIGIN=${url[better-auth]} \
        measure P3 better-auth 16 "${url[better-auth]}/api/auth/sign-in/email"
    unset METHOD TYPE COUNT
}

# 500 log-ins at once, and second by second before, beside and after them four connections that read a status with a
# key. The slices of seconds are what docs/benchmarks/flood.svg draws.
flood() {
    local name beside second
    for name in gatehouse-sqlite gatehouse-postgres; do
        note P4 $name 'memory before' "$(resident $name)"
        for second in 1 2 3; do slice $name $second; done
        METHOD=POST TYPE=application/json COUNT=1 BODY="{\"email\":\"$email\",\"password\":\"$password\"}" \
            time=7 measure P4 "$name log-ins" 500 "${url[$name]}/api/login" &
        beside=$!
        for second in 4 5 6 7 8 9; do slice $name $second; done
        wait "$beside"
        note P4 $name 'memory after' "$(resident $name)"
        for second in 10 11 12; do slice $name $second; done
    done
}

slice() { AUTHORIZATION=$(basic "$1") time=1 measure P4 "$1 status, second $2" 4 "${url[$1]}/api/users"; }

# A purchase of credits: payment, charge of the sandbox and booking, all on one account. Counted against the books; what
# was under way when the load ended is booked without an answer, so a little more than one for each answer is right.
money() {
    local name before after bought
    note P5 'pgbench -N' rate "$("$pgbench" -h 127.0.0.1 -p "$pg_port" -U gatehouse -N -M prepared -c 16 -T "$seconds" \
        pgbench 2>/dev/null | sed -n 's/^tps = \([0-9.]*\) (without.*/\1/p')"
    for name in gatehouse-sqlite gatehouse-postgres; do
        before=$(credits $name)
        METHOD=POST TYPE=application/x-www-form-urlencoded COUNT=1 AUTHORIZATION="Bearer ${token[$name]}" \
            BODY="stripe_token=tok_visa&stripe_email=$email&value_in_cents=100" \
            measure P5 $name 16 "${url[$name]}/v2/payments/stripe/charge"
        sleep 1 # What was under way when wrk hung up is finished.
        after=$(credits $name)
        bought=$(awk -F '\t' -v name=$name '$1 == "P5" && $2 == name && $3 == "rate" { n = 0 }
            $1 == "P5" && $2 == name && $3 == "status 200" { n = $4 } END { print n }' "$raw")
        note P5 $name 'booked for each answer' "$(awk -v a="$after" -v b="$before" -v n="$bought" \
            'BEGIN { printf "%.4f", n ? (a - b) / n : 0 }')"
    done
}

credits() { curl -fsS -H "Authorization: Bearer ${token[$1]}" "${url[$1]}/v2/account/credits/available" \
    | sed 's/.*"response":\([0-9.]*\).*/\1/'; }

resident() { awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/${pid[$1]}/status"; }

idle_memory() {
    sleep 3
    local name
    for name in gatehouse-sqlite gatehouse-postgres; do note P8 $name 'idle MB' "$(resident $name)"; done
}

memory() {
    local name
    for name in gatehouse-sqlite gatehouse-postgres identity better-auth; do
        [ -z "${pid[$name]:-}" ] || note P8 $name 'MB after the load' "$(resident $name)"
    done
}

# From the call to the line that says ready, on a database that is migrated: a copy of the one that had the load.
starts() {
    local begun server port turn folder=$work/started
    mkdir -p "$folder" && cp "$work/gatehouse-sqlite/master.key" "$folder"
    python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))' \
        "$work/gatehouse-sqlite/gatehouse.db" "$folder/gatehouse.db"
    for turn in 1 2 3 4 5; do
        port=$(free_port)
        : >"$work/start.out"
        begun=$EPOCHREALTIME
        serve "$folder" "$port" sqlite >"$work/start.out" 2>"$work/start.log" &
        server=$!
        started+=("$server")
        until grep -q ready "$work/start.out" || ! kill -0 "$server" 2>/dev/null; do sleep 0.01; done
        if grep -q ready "$work/start.out"; then
            note P8 gatehouse-sqlite 'ready ms' "$(((${EPOCHREALTIME/./} - ${begun/./}) / 1000))"
        else
            cat "$work/start.log" >&2
        fi
        kill "$server" 2>/dev/null
        wait "$server" 2>/dev/null
        : "$turn"
    done
}

# Milliseconds since a moment.
since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", (b - a) * 1000 }'; }

command_line() {
    local begun turn cli=$root/artifacts/cli/gatehouse-cli
    export GATEHOUSE_EMAIL=$email GATEHOUSE_API_KEY=${key[gatehouse-sqlite]} GATEHOUSE_HOST=${url[gatehouse-sqlite]}
    for turn in $(seq 20); do
        begun=$EPOCHREALTIME
        "$cli" version >/dev/null
        note P7 'gatehouse version' ms "$(since "$begun")"
        begun=$EPOCHREALTIME
        "$cli" account >/dev/null || note P7 'gatehouse account' errors 1
        note P7 'gatehouse account' ms "$(since "$begun")"
        : "$turn"
    done
}
