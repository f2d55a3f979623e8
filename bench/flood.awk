# Reads about.tsv and raw.tsv of bench/run; draws the p99 of key-authenticated requests, second by second, before, beside
# and after 500 parallel log-ins.
FNR == NR { about[$1] = $2; next }
$1 == "P4" && $2 ~ / status, second / && $3 == "p99" {
    name = $2; sub(/ status.*/, "", name); second = $2; sub(/.*second /, "", second)
    if (!(name in known)) { known[name] = ++names; order[names] = name }
    p99[name, second] = $4 + 0
    if (second + 0 > last) last = second + 0
    if ($4 + 0 > most) most = $4 + 0
}
$1 == "P4" && $3 ~ /^status / { name = $2; sub(/ log-ins/, "", name); code[name] = code[name] " " substr($3, 8) ": " $4 }

function text(x, y, style, words) { printf "<text x=\"%d\" y=\"%d\" %s>%s</text>\n", x, y, style, words }

END {
    if (most < 60) most = 60
    left = 60; width = 660; top = 50; height = 220
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"370\" viewBox=\"0 0 760 370\" role=\"img\"" \
        " font-family=\"sans-serif\" font-size=\"12\">"
    print "<rect width=\"760\" height=\"370\" fill=\"#ffffff\"/>"
    text(16, 26, "font-weight=\"bold\" font-size=\"14\" fill=\"#222222\"", \
        "Status with a key beside 500 parallel log-ins: p99 in ms, second by second")
    step = width / last
    printf "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#f1ece0\"/>\n", left + 3 * step, top, 6 * step, height
    text(left + 3 * step + 6, top + 14, "fill=\"#7a6a3a\"", "500 log-ins")
    for (v = 0; v <= most; v += most > 200 ? 100 : 25) {
        y = top + height - height * v / most
        printf "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n", left, left + width, y, y, v == 50 ? "#b0413e" : "#e2e2e2"
        text(left - 8, y + 4, "text-anchor=\"end\" fill=\"#444444\"", v)
    }
    colour[1] = "#2f5d50"; colour[2] = "#b8802f"
    for (n = 1; n <= names; n++) {
        points = ""
        for (s = 1; s <= last; s++) if ((order[n], s) in p99)
            points = points sprintf("%.1f,%.1f ", left + (s - 0.5) * step, top + height - height * p99[order[n], s] / most)
        printf "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>\n", colour[n], points
        text(left, top + height + 24 + 18 * n, "fill=\"" colour[n] "\"", order[n] ". Log-ins by status:" code[order[n]])
    }
    for (s = 1; s <= last; s++) text(left + (s - 0.5) * step, top + height + 16, "text-anchor=\"middle\" fill=\"#444444\"", s)
    text(16, 360, "fill=\"#666666\" font-size=\"11\"", about["machine"] " · " about["date"] " · commit " about["commit"])
    print "</svg>"
}
