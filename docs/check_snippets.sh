#!/bin/sh
# Compares the code in docs/*.md and README.md with the code that is compiled: a block after `<!-- compiled: name -->` must be the lines
# between `// [name]` and `// [/name]` in tests/docs/*.cpp, and every such block must be in a page.
# `check_snippets.sh --write` copies the compiled code into the pages.
set -eu
cd "$(dirname "$0")/.."
code=$(mktemp -d)
trap 'rm -rf "$code"' EXIT

# One file per block, without the indentation of its first line.
for source in tests/docs/*.cpp; do
    awk -v folder="$code" '
        /^ *\/\/ \[\/[a-z-]+\]$/ { if (out != "") close(out); out = ""; next }
        /^ *\/\/ \[[a-z-]+\]$/ {
            match($0, /\[.*\]/); out = folder "/" substr($0, RSTART + 1, RLENGTH - 2)
            match($0, /^ */); indent = RLENGTH; printf "" >out; next
        }
        out != "" { print substr($0, 1, indent) ~ /^ *$/ ? substr($0, indent + 1) : $0 >out }
    ' "$source"
done

if [ "${1-}" = --write ]; then
    for page in README.md docs/*.md; do
        awk -v folder="$code" '
            /^<!-- compiled: [a-z-]+ -->$/ { name = $3 }
            name != "" && /^```cpp$/ {
                print
                while ((getline line < (folder "/" name)) > 0) print line
                name = ""; inside = 1; next
            }
            inside && /^```$/ { inside = 0 }
            !inside { print }
        ' "$page" >"$code/.page"
        cmp -s "$code/.page" "$page" || cat "$code/.page" >"$page"
    done
fi

shown=$(mktemp -d)
trap 'rm -rf "$code" "$shown"' EXIT
wrong=0
for page in README.md docs/*.md; do
    awk -v folder="$shown" '
        /^<!-- compiled: [a-z-]+ -->$/ { name = $3; next }
        name != "" && /^```cpp$/ { out = folder "/" name; printf "" >out; name = ""; next }
        out != "" && /^```$/ { close(out); out = ""; next }
        out != "" { print >out }
    ' "$page"
    for name in $(sed -n 's/^<!-- compiled: \([a-z-]*\) -->$/\1/p' "$page"); do
        if [ ! -f "$code/$name" ]; then
            echo "$page: there is no block [$name] in tests/docs/*.cpp"
            wrong=$((wrong + 1))
        elif ! diff -u "$code/$name" "$shown/$name"; then
            echo "$page: the block $name differs from tests/docs/*.cpp"
            wrong=$((wrong + 1))
        fi
    done
done
for block in "$code"/*; do
    if [ ! -f "$shown/${block##*/}" ]; then
        echo "tests/docs: the block [${block##*/}] is in no page"
        wrong=$((wrong + 1))
    fi
done
[ "$wrong" = 0 ] && echo "the code in the pages is the code that is compiled: $(find "$code" -type f ! -name '.*' | wc -l) blocks"
[ "$wrong" = 0 ]
