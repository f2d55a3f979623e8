# Reads about.tsv and raw.tsv of bench/run; draws the rates of P1, P2, P3 and P5 as bars, each row on its own scale.
FNR == NR { about[$1] = $2; next }
$3 == "rate" && $1 ~ /^P[1235]$/ {
    id = $1 SUBSEP $2
    if (!(id in count)) order[++bars] = id
    values[id, ++count[id]] = $4 + 0
}

function median(id,    i, j, n, swap, sorted) {
    n = count[id]
    for (i = 1; i <= n; i++) sorted[i] = values[id, i]
    for (i = 1; i <= n; i++)
        for (j = i + 1; j <= n; j++)
            if (sorted[j] < sorted[i]) { swap = sorted[i]; sorted[i] = sorted[j]; sorted[j] = swap }
    return sorted[int((n + 1) / 2)]
}

function text(x, y, style, words) {
    gsub(/&/, "\\&amp;", words); gsub(/</, "\\&lt;", words)
    printf "<text x=\"%d\" y=\"%d\" %s>%s</text>\n", x, y, style, words
}

END {
    title["P1"] = "Status read with an API key, requests a second"
    title["P2"] = "Credits read with a token, requests a second"
    title["P3"] = "Password log-in, log-ins a second"
    title["P5"] = "Durable: purchases, and transactions of pgbench, a second"
    for (i = 1; i <= bars; i++) {
        split(order[i], part, SUBSEP)
        value[i] = median(order[i])
        if (value[i] > top[part[1]]) top[part[1]] = value[i]
        if (part[1] != last) { lines += 2; last = part[1] }
        lines++
    }
    height = 70 + lines * 22
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"%d\" viewBox=\"0 0 760 %d\"", height, height
    print " role=\"img\" font-family=\"sans-serif\" font-size=\"13\">"
    printf "<rect width=\"760\" height=\"%d\" fill=\"#ffffff\"/>\n", height
    y = 8; last = ""
    for (i = 1; i <= bars; i++) {
        split(order[i], part, SUBSEP)
        if (part[1] != last) {
            text(16, y + 34, "font-weight=\"bold\" fill=\"#222222\"", part[1] "  " title[part[1]])
            y += 44
            last = part[1]
        }
        width = top[part[1]] > 0 ? 440 * value[i] / top[part[1]] : 0
        colour = part[2] ~ /^gatehouse/ ? "#2f5d50" : "#b8c4c0"
        printf "<rect x=\"170\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/>\n", y, width < 1 ? 1 : width, colour
        text(160, y + 13, "text-anchor=\"end\" fill=\"#222222\"", part[2])
        text(178 + width, y + 13, "fill=\"#222222\"", sprintf(value[i] >= 100 ? "%.0f" : "%.1f", value[i]))
        y += 22
    }
    text(16, y + 24, "fill=\"#666666\" font-size=\"11\"", about["machine"] " · " about["date"] " · commit " \
        about["commit"] " · load average " about["load"])
    print "</svg>"
}
