# Reads about.tsv and raw.tsv of bench/run; prints the table: medians, spread, and the ratio to what a row is held
# against.
FNR == NR { about[$1] = $2; next }
{
    id = $1 SUBSEP $2 SUBSEP $3
    if (!(id in count)) order[++rows] = id
    values[id, ++count[id]] = $4
    sum[id] += $4
}

function median(id,    i, j, n, swap, sorted) {
    n = count[id]
    for (i = 1; i <= n; i++) sorted[i] = values[id, i] + 0
    for (i = 1; i <= n; i++)
        for (j = i + 1; j <= n; j++)
            if (sorted[j] < sorted[i]) { swap = sorted[i]; sorted[i] = sorted[j]; sorted[j] = swap }
    least = sorted[1]; most = sorted[n]
    return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

function said(value) { return sprintf(value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value) }

# Statuses and errors are counted over all rounds, everything else is a median.
END {
    against["P1"] = against["P2"] = "empty"; against["P3"] = "argon2"; against["P5"] = "pgbench -N"
    print "Machine: " about["machine"] ". Date: " about["date"] ". Commit: " about["commit"] "."
    print "Rounds: " about["rounds"] "; load average " about["load"] ".\n"
    print "| row | what | figure | median | least to most | of what it is held against | of Identity |"
    print "|---|---|---|---|---|---|---|"
    for (r = 1; r <= rows; r++) {
        split(order[r], part, SUBSEP)
        if (part[3] ~ /^(status|errors)/) {
            printf "| %s | %s | %s | %d in all | | | |\n", part[1], part[2], part[3], sum[order[r]]
            continue
        }
        value = median(order[r])
        span = count[order[r]] > 1 ? said(least) " to " said(most) : ""
        ratio = ""; peer = ""
        held = part[1] SUBSEP against[part[1]] SUBSEP "rate"
        if (part[3] == "rate" && held in count && order[r] != held && median(held) > 0)
            ratio = sprintf("%.2f of %s", value / median(held), against[part[1]])
        held = part[1] SUBSEP "identity" SUBSEP "rate"
        if (part[3] == "rate" && held in count && part[2] ~ /^gatehouse/ && median(held) > 0)
            peer = sprintf("%.1f times", value / median(held))
        figure = part[3] == "rate" ? "a second" : part[3]
        printf "| %s | %s | %s | %s | %s | %s | %s |\n", part[1], part[2], figure, said(value), span, ratio, peer
    }
}
