#!/bin/sh
# The rules of the house that a compiler does not check. Prints every breach; exits 1 if there is one.
set -eu
cd "$(dirname "$0")/.."
headers=$(find include -name '*.hpp' | sort)
breaches=0
breach() {
    echo "$*"
    breaches=$((breaches + 1))
}
third='^ *# *include <(Eigen|unsupported/Eigen|xtensor|torch|ATen|c10|stb|nlohmann|sodium|zlib|opencv|mpi|cuda|boost)'

for h in $headers; do
    # Third parties stay at the edge, one to a header; Boost.Math is for tails of distributions.
    case "$h" in
        */backend/* | */io/* | */report/*) ;;
        */stats/*) grep -nE "$third" "$h" | grep -v '<boost/math/' && breach "$h: only backend/, io/ and report/ include third parties" ;;
        *) grep -nE "$third" "$h" && breach "$h: only backend/, io/ and report/ include third parties" ;;
    esac
    # Each of these costs every user compile time, or differs between standard libraries (docs/architecture.md).
    grep -nE '^ *# *include <(ranges|format|expected|source_location|iostream|random|functional|regex|iomanip|sstream)>' "$h" &&
        breach "$h: this standard header is not used in hallmark's headers"
    # <complex.h> makes a macro of it, where GNU's dialect is on.
    grep -nwE 'I' "$h" && breach "$h: I is a macro of <complex.h>"
    case "$h" in
        */config.hpp | */backend/* | */io/stb.hpp) ;;
        *) grep -nE '^ *# *(if|ifdef|elif).*(__clang__|__GNUC__|_MSC_VER)' "$h" && breach "$h: only config.hpp and the edges ask which compiler this is" ;;
    esac
    head -n 1 "$h" | grep -qE '^// .*[.!]$|^// .*[^.]$' || breach "$h: the first line is not a sentence that says what is in it"
    grep -q '^#pragma once$' "$h" || breach "$h: #pragma once is missing"

    # A header has a test of its name, unless it is a concept, the umbrella, or says that it is a part of others.
    name=$(basename "$h" .hpp)
    room=$(basename "$(dirname "$h")")
    case "$name" in
        concept | fwd | version | config | hallmark) ;;
        *) head -n 1 "$h" | grep -qE 'Internal to|Part of the' || [ -f "tests/$room/$name.cpp" ] || { [ "$room" = hallmark ] && [ -f "tests/core/$name.cpp" ]; } || breach "$h: there is no tests/$room/$name.cpp" ;;
    esac
    # The umbrella holds every header that needs no third party.
    path=${h#include/}
    if ! grep -q "#include <$path>" include/hallmark/hallmark.hpp && [ "$name" != hallmark ]; then
        case "$h" in
            */backend/* | */io/attacks.hpp | */io/image.hpp | */io/stb.hpp | */io/manifest.hpp | */io/recipe_json.hpp | */io/archive.hpp | */io/load_images.hpp | */report/json.hpp) ;;
            *) breach "$h: missing from include/hallmark/hallmark.hpp" ;;
        esac
    fi
done
if grep -rnwE 'TODO|FIXME|XXX' include examples tests bench cmake docs --include='*' 2>/dev/null | grep -v 'tests/house.sh'; then
    breach "unfinished work belongs into an issue, not into the tree"
fi
# What a compiler made: every clone would carry it.
if [ -e .git ]; then
    for f in $(git ls-files | grep -v '^docs/images/' | xargs grep -IL .); do
        [ ! -s "$f" ] || breach "$f: a file that is no text is tracked"
    done
fi
[ "$breaches" = 0 ] && echo "the house is in order: $(echo "$headers" | wc -l) headers"
[ "$breaches" = 0 ]
