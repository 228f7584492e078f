#!/bin/sh
# Every operation on floats in the published noise says how it rounds, so that neither nvcc nor the assembler behind it fuses what NumPy did not: looks for one
# that does not in what nvcc makes of roundings.cu, and for as many fused ones as the sine has.
#
# usage: roundings.sh NVCC INCLUDE
set -eu
cd "$(dirname "$0")"
ptx=$(mktemp)
trap 'rm -f "$ptx"' EXIT
"$1" -std=c++20 -I"$2" -arch=sm_80 -ptx roundings.cu -o "$ptx"
operations=$(grep -oE '\b(add|sub|mul|div|mad|fma)\.[a-z.]*f(32|64)\b' "$ptx" | sort | uniq -c)
echo "$operations"
if echo "$operations" | grep -vE '\.rn\.f32$'; then
    echo "these do not say that they round to the nearest float" >&2
    exit 1
fi
echo "$operations" | grep -qE ' 12 fma\.rn\.f32$' || {
    echo "the sine has 12 fused operations" >&2
    exit 1
}
