#!/bin/sh
# All that a machine with a GPU is asked for, in one command: builds with the preset cuda, runs the tests on the device, and under compute-sanitizer where that is
# found, then the benchmarks, and writes bench/results/DEVICE.md, h200.md for one, with device, date and commit.
#
# usage: bench/cuda/run.sh      exit status: 0 all tests passed, 1 not, 77 there is no device
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
if ! command -v nvidia-smi >/dev/null || ! device=$(nvidia-smi --query-gpu=name --format=csv,noheader 2>/dev/null | head -n 1) || [ -z "$device" ]; then
    echo "skipped: there is no CUDA device" >&2
    exit 77
fi
programs="test.cuda.device.marks test.cuda.device.audit cuda_audit"
benches="bench.cuda.mark bench.cuda.audit"
cmake --preset cuda >&2
# shellcheck disable=SC2086  # lists of names
cmake --build --preset cuda --target $programs $benches >&2
if cmake --build --preset cuda --target help | grep -q 'bench.cuda.torch'; then
    cmake --build --preset cuda --target bench.cuda.torch bench.cuda.end_to_end >&2
    benches="$benches bench.cuda.torch bench.cuda.end_to_end"
fi
compiler=$(sed -n 's/^CMAKE_CUDA_COMPILER:[^=]*=//p' build/cuda/CMakeCache.txt)
where() { find build/cuda -type f -perm -u+x -name "$1" | head -n 1; }

out=bench/results/$(echo "$device" | tr ' A-Z/' '-a-z-' | sed 's/^nvidia-//').md
part=$out.part
mkdir -p bench/results
trap 'rm -f "$part"' EXIT
commit=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
[ -z "$(git status --porcelain 2>/dev/null)" ] || commit="$commit with changes"
status=0
# Runs a command, shows the end of what it says where it fails, and writes one row.
row() {
    what=$1
    shift
    code=0
    said=$("$@" 2>&1) || code=$?
    case $code in
        0) echo "| $what | passed |" ;;
        77) echo "| $what | skipped |" ;;
        *)
            echo "| $what | FAILED with $code |"
            echo "$said" | tail -n 20 >&2
            status=1
            ;;
    esac
}
{
    echo "# CUDA on $device"
    echo
    echo "Commit $commit, $(date -u +%Y-%m-%d), driver $(nvidia-smi --query-gpu=driver_version --format=csv,noheader | head -n 1), $("$compiler" --version | sed -n 's/.*release \([0-9.]*\).*/nvcc \1/p')."
    echo "Made by \`bench/cuda/run.sh\`."
    echo
    echo "| test | |"
    echo "|---|---|"
    for p in $programs; do
        row "$p" "$(where "$p")"
    done
    sanitizer=$(command -v compute-sanitizer || true)
    [ -n "$sanitizer" ] || sanitizer=$(find /usr/local/cuda/bin /opt/cuda -name compute-sanitizer 2>/dev/null | head -n 1)
    for tool in memcheck racecheck; do
        for p in test.cuda.device.marks test.cuda.device.audit; do
            if [ -n "$sanitizer" ]; then
                row "$p under $tool" "$sanitizer" --tool "$tool" --error-exitcode 1 "$(where "$p")"
            else
                echo "| $p under $tool | not run: compute-sanitizer was not found |"
            fi
        done
    done
    echo
    echo "Medians of 21 runs after 3 more. GB/s count what has to be read and written once; the copy beside them was measured in the same process."
    for b in $benches; do
        echo
        echo '```text'
        "$(where "$b")" || { code=$?; [ $code = 77 ] || { echo "FAILED with $code"; status=1; }; }
        echo '```'
    done
} >"$part"
mv "$part" "$out"
echo "$out" >&2
exit $status
