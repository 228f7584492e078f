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
    echo "Commit $commit, $(date -u +%Y-%m-%d), $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(c++ --version | head -n 1), one thread, median of 5 repetitions."
    echo "Made by \`bench/run.sh\`."
    echo
    echo "| benchmark | items a second | CPU time per run (ns) |"
    echo "|---|---:|---:|"
    for program in "$root"/build/release/bench/bench.*; do
        "$program" --benchmark_repetitions=5 --benchmark_report_aggregates_only=true --benchmark_min_time=0.1 \
            --benchmark_format=csv 2>/dev/null |
            awk -F, -v program="${program##*/bench.}" '
                function number(x) { return x >= 1e9 ? sprintf("%.2f G", x/1e9) : x >= 1e6 ? sprintf("%.2f M", x/1e6) : x >= 1e3 ? sprintf("%.2f k", x/1e3) : sprintf("%.2f", x) }
                /_median"/ { name = $1; gsub(/"/, "", name); sub(/_median$/, "", name)
                             scale = $5 ~ /ms/ ? 1e6 : ($5 ~ /us/ ? 1e3 : 1)
                             printf "| %s: %s | %s | %.0f |\n", program, name, number($7), $4 * scale }'
    done
} >"$out"
