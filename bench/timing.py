"""Draws what bench/timing measured. A line of the samples: what was asked, class, microseconds."""
import bisect
import collections
import itertools
import sys

WIDTH, ROW, LEFT, BINS = 760, 96, 250, 60
COLOURS = ["#2f5d50", "#b8802f", "#8a3f6b", "#3a6ea5", "#7a7a7a", "#b0413e", "#5f8f3a"]

samples, about = sys.argv[1:]
asked = collections.defaultdict(lambda: collections.defaultdict(list))
for line in open(samples):
    what, kind, micros = line.rstrip("\n").split("\t")
    asked[what][kind].append(int(micros))


def auc(one, other):
    other = sorted(other)
    under = sum(bisect.bisect_left(other, a) + bisect.bisect_right(other, a) for a in one)
    return under / 2 / len(one) / len(other)


with open("docs/benchmarks/timing.md", "w") as table:
    table.write(f"What the time of an answer tells: {about}. AUC of 0.5 is no difference, 0.47 to 0.53 the aim.\n\n")
    table.write("| asked | classes | samples of each | medians in ms | AUC |\n|---|---|---|---|---|\n")
    for what, kinds in asked.items():
        for (a, one), (b, other) in itertools.combinations(kinds.items(), 2):
            medians = [sorted(times)[len(times) // 2] / 1000 for times in (one, other)]
            table.write(f"| {what} | {a}, {b} | {len(one)} | {medians[0]:.2f}, {medians[1]:.2f} "
                        f"| {auc(one, other):.3f} |\n")

height = 50 + ROW * len(asked) + 24
with open("docs/benchmarks/timing.svg", "w") as picture:
    def say(text):
        picture.write(text + "\n")

    say(f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        'role="img" font-family="sans-serif" font-size="11">')
    say(f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>')
    say('<text x="16" y="26" font-weight="bold" font-size="14">Times of answers, all classes over each other</text>')
    for row, (what, kinds) in enumerate(asked.items()):
        base = 50 + ROW * (row + 1) - 26
        everything = sorted(itertools.chain(*kinds.values()))
        low, high = everything[len(everything) // 100], everything[len(everything) * 98 // 100]
        step = max(1, (high - low) / BINS)
        say(f'<text x="16" y="{base - 40}" font-weight="bold">{what}</text>')
        for index, (kind, times) in enumerate(kinds.items()):
            counts = collections.Counter(min(BINS - 1, max(0, int((t - low) / step))) for t in times)
            most = max(counts.values())
            points = " ".join(f"{LEFT + b * (WIDTH - LEFT - 20) / BINS:.1f},{base - 54 * counts[b] / most:.1f}"
                              for b in range(BINS))
            colour = COLOURS[index % len(COLOURS)]
            say(f'<polyline fill="none" stroke="{colour}" stroke-width="1.2" opacity="0.8" points="{points}"/>')
            say(f'<text x="{16 + 116 * (index % 2)}" y="{base - 26 + 12 * (index // 2)}" fill="{colour}">{kind}</text>')
        say(f'<text x="{LEFT}" y="{base + 12}" fill="#666666">{low / 1000:.1f} ms</text>')
        say(f'<text x="{WIDTH - 20}" y="{base + 12}" text-anchor="end" fill="#666666">{high / 1000:.1f} ms</text>')
    say(f'<text x="16" y="{height - 8}" fill="#666666">{about}</text></svg>')
