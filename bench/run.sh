#!/bin/sh
# Builds and runs every benchmark and writes a Markdown table with machine and commit.
# Usage: bench/run.sh [FILE]    (standard output without FILE)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
out=${1:-/dev/stdout}
cmake -S "$root" --preset release >&2
cmake --build "$root/build/release" --target benchmarks >&2
commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
[ -z "$(git -C "$root" status --porcelain 2>/dev/null)" ] || commit="$commit with changes"
{
    echo "# Benchmarks"
    echo
    echo "Commit $commit, $(date -u +%Y-%m-%d), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(c++ --version | head -n 1), one thread, median of 3 repetitions."
    echo "Made by \`bench/run.sh\`."
    echo
    echo "The ratio is to the peer that the benchmark's name says, measured in turns in the same process; where there is none, the row stands for itself."
    echo
    echo "| benchmark | items a second | CPU time per run (ns) | ratio to the peer |"
    echo "|---|---:|---:|---:|"
    for program in "$root"/build/release/bench/bench.*; do
        # As JSON, one field a line: the CSV form stops where benchmarks of one program have different counters.
        "$program" --benchmark_repetitions=3 --benchmark_report_aggregates_only=true --benchmark_min_time=0.05 \
            --benchmark_format=json 2>/dev/null |
            awk -v program="${program##*/bench.}" '
                function number(x) { return x >= 1e9 ? sprintf("%.2f G", x/1e9) : x >= 1e6 ? sprintf("%.2f M", x/1e6) : x >= 1e3 ? sprintf("%.2f k", x/1e3) : sprintf("%.2f", x) }
                function text(line) { sub(/^[^:]*: *"?/, "", line); sub(/"?,?$/, "", line); return line }
                /"run_name":/ { name = text($0); median = 0; items = ""; ratio = "" }
                /"aggregate_name": "median"/ { median = 1 }
                /"cpu_time":/ { time = text($0) }
                /"time_unit":/ { unit = text($0) }
                /"items_per_second":/ { items = text($0) }
                /"ratio":/ { ratio = text($0) }
                /^ *}/ && median {
                    scale = unit == "ms" ? 1e6 : (unit == "us" ? 1e3 : 1)
                    printf "| %s: %s | %s | %.0f | %s |\n", program, name, items == "" ? "" : number(items + 0), time * scale, ratio == "" ? "" : sprintf("%.2f", ratio)
                    median = 0
                }'
    done
} >"$out"
