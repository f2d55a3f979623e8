# shellcheck shell=bash disable=SC2154 # what bench/run and bench/steps.sh set
# P6, the same figures in a small and in a large database; P9, pages of somebody with a hundred apps.

grown=0

# Fills both databases up to so many accounts; the servers run meanwhile.
grow() {
    local begun=$EPOCHREALTIME from=$((grown + 1)) to=$1
    python3 - "$work/gatehouse-sqlite/gatehouse.db" bench/grow.sqlite.sql "$from" "$to" <<'END' || return 1
import sqlite3, sys
file, script, first, last = sys.argv[1:]
db = sqlite3.connect(file, timeout=60, isolation_level=None)
db.execute("BEGIN IMMEDIATE")
for statement in open(script).read().split(";\n"):
    if statement.strip():
        db.execute(statement, {"from": int(first), "to": int(last)} if ":from" in statement.split("\n", 1)[1] else {})
db.execute("COMMIT")
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
END
    note P6 gatehouse-sqlite "s to fill, $to accounts" "$(awk -v ms="$(since "$begun")" 'BEGIN { print ms / 1000 }')"
    begun=$EPOCHREALTIME
    "$programs/psql" -q -v ON_ERROR_STOP=1 -1 -h 127.0.0.1 -p "$pg_port" -U gatehouse -d gatehouse \
        -v from="$from" -v to="$to" -f bench/grow.postgres.sql || return 1
    note P6 gatehouse-postgres "s to fill, $to accounts" "$(awk -v ms="$(since "$begun")" 'BEGIN { print ms / 1000 }')"
    "$programs/psql" -q -h 127.0.0.1 -p "$pg_port" -U gatehouse -d gatehouse -c 'ANALYZE' -c 'CHECKPOINT'
    grown=$to
}

growth() {
    local accounts name
    for accounts in 10000 1000000; do
        [ "$grown" -ge $accounts ] || grow $accounts || return 1
        note P6 gatehouse-sqlite "MB on disk, $accounts accounts" \
            "$(($(stat -c %s "$work/gatehouse-sqlite/gatehouse.db") / 1048576))"
        note P6 gatehouse-postgres "MB on disk, $accounts accounts" "$("$programs/psql" -At -h 127.0.0.1 -p "$pg_port" \
            -U gatehouse -d gatehouse -c 'SELECT pg_database_size(current_database()) / 1048576')"
        for name in gatehouse-sqlite gatehouse-postgres; do
            AUTHORIZATION=$(basic $name) measure P6 "$name status, $accounts accounts" 32 "${url[$name]}/api/users"
            AUTHORIZATION="Bearer ${token[$name]}" \
                measure P6 "$name credits, $accounts accounts" 32 "${url[$name]}/v2/account/credits/available"
        done
    done
}

# A hundred apps of the one who measures; a free account may not have them, so nobody is asked.
give_apps() {
    local columns='id, owner_id, name, cloud, region, stack, replicas, replicas_running, size_milli, version,
        domain_count, collaborator_count, created_at'
    python3 - "$work/gatehouse-sqlite/gatehouse.db" "$email" "$columns" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=60)
db.execute(f"""WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
    INSERT INTO apps ({sys.argv[3]}) SELECT printf('%08X-0000-7000-9000-%012X', i, i), a.id, 'app-' || i, 'gcp',
    'v2018-us-central1', 'gigalixir-24', 0, 0, 200, 1, 0, 0, '2026-01-01 00:00:00' FROM n, accounts a
    WHERE a.email = ?""", (sys.argv[2],))
db.execute("UPDATE accounts SET app_count = 100 WHERE email = ?", (sys.argv[2],))
db.commit()
END
    "$programs/psql" -q -h 127.0.0.1 -p "$pg_port" -U gatehouse -d gatehouse -c "INSERT INTO apps ($columns)
        SELECT (lpad(to_hex(i), 8, '0') || '-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, a.id, 'app-' || i, 'gcp',
        'v2018-us-central1', 'gigalixir-24', 0, 0, 200, 1, 0, 0, '2026-01-01' FROM generate_series(1, 100) i, accounts a
        WHERE a.email = '$email'" -c "UPDATE accounts SET app_count = 100 WHERE email = '$email'"
}

# One browser after another page: milliseconds of each, and what the first visit of a stranger weighs.
pages() {
    local name jar page form bytes
    [ "$grown" -ge 10000 ] || grow 10000 || return 1
    give_apps || return 1
    for name in gatehouse-sqlite gatehouse-postgres; do
        jar=$work/$name.jar
        form=$(curl -fsS -c "$jar" "${url[$name]}/login" \
            | sed -n 's/.*name="__RequestVerificationToken" value="\([^"]*\)".*/\1/p' | head -1)
        curl -sS -o /dev/null -b "$jar" -c "$jar" "${url[$name]}/login" --data-urlencode "name=$email" \
            --data-urlencode "password=$password" --data-urlencode "__RequestVerificationToken=$form" -d _handler=login
        for page in /account /apps /account/activity /account/credits /account/invoices; do
            curl -sS -o /dev/null -w '%{http_code}\n' -b "$jar" "${url[$name]}$page" | grep -q 200 \
                || { note P9 "$name $page" errors 1 && continue; }
            COOKIE=$(awk -v OFS='=' '$6 && !/^# / { printf "%s%s=%s", n++ ? "; " : "", $6, $7 }' "$jar") \
                measure P9 "$name $page" 1 "${url[$name]}$page"
        done
        bytes=0
        for page in / $(curl -fsS "${url[$name]}/" | grep -oE '<(link|script|img)[^>]*' \
            | sed -n 's/.*\(href\|src\)="\([^"]*\)".*/\2/p' | sort -u); do
            bytes=$((bytes + $(curl -fsS --compressed -o /dev/null -w '%{size_download}' "${url[$name]}$page")))
        done
        note P9 "$name, a stranger's first page" kB "$((bytes / 1024))"
    done
}
