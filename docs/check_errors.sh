#!/bin/sh
# Compares docs/errors.md with the headers: every error sentence must be there, and no other.
# `check_errors.sh --list` prints the sentences as header, code, sentence; `…` stands for a value.
set -eu
cd "$(dirname "$0")/.."

# Prints "header<TAB>errc<TAB>sentence" for each call of require, fail or a wrapper of one of them, and for each
# static_assert whose sentence begins with hallmark::. A program in awk, because the texts lie in the calls in pieces.
list() {
    find include/hallmark -name '*.hpp' ! -name error.hpp | LC_ALL=C sort | while read -r header; do
        LC_ALL=C awk -v header="${header#include/hallmark/}" '
        # The text without comments; strings and characters are left as they are.
        function uncommented(s,    out, c, i, n, q) {
            n = length(s); out = ""
            for (i = 1; i <= n; ++i) {
                c = substr(s, i, 1)
                if (c == "\"" || (c == "\047" && substr(s, i - 1, 1) !~ /[0-9]/)) {
                    q = c
                    out = out c
                    for (++i; i <= n && substr(s, i, 1) != q; ++i) {
                        out = out substr(s, i, 1)
                        if (substr(s, i, 1) == "\\") { ++i; out = out substr(s, i, 1) }
                    }
                    out = out q
                } else if (c == "/" && substr(s, i + 1, 1) == "/") {
                    while (i <= n && substr(s, i, 1) != "\n") ++i
                    out = out "\n"
                } else out = out c
            }
            return out
        }
        function trim(s) { sub(/^[ \t\n]+/, "", s); sub(/[ \t\n]+$/, "", s); return s }
        # Splits the arguments that begin at position i (after the parenthesis) into part[base + 1] ...; returns their number.
        function arguments(s, i, base,    c, depth, count, from, n, q) {
            n = length(s); depth = 0; count = 0; from = i
            for (; i <= n; ++i) {
                c = substr(s, i, 1)
                if (c == "\"" || (c == "\047" && substr(s, i - 1, 1) !~ /[0-9]/)) {
                    q = c
                    for (++i; i <= n && substr(s, i, 1) != q; ++i) if (substr(s, i, 1) == "\\") ++i
                } else if (c ~ /[([{]/) ++depth
                else if (c ~ /[])}]/) {
                    if (depth-- == 0) { part[base + ++count] = trim(substr(s, from, i - from)); stop = i; return count }
                } else if (c == "," && depth == 0) { part[base + ++count] = trim(substr(s, from, i - from)); from = i + 1 }
            }
            stop = n
            return 0
        }
        # One argument as text: literals as they print, everything else as an ellipsis.
        function text_of(a, base,    out, i, c, n, k, j) {
            if (a ~ /^(detail::)?sentence\(/) {
                n = arguments(a, index(a, "(") + 1, base)
                out = ""
                for (k = 1; k <= n; ++k) out = out text_of(part[base + k], base + 100)
                return out
            }
            if (a == "who" || a == "function" || a == "function_") return known == "" ? "…" : known
            if (a !~ /^"/) return "…"
            out = ""; n = length(a)
            for (i = 1; i <= n; ++i) {
                c = substr(a, i, 1)
                if (c == "\"") {
                    for (++i; i <= n && substr(a, i, 1) != "\""; ++i) {
                        c = substr(a, i, 1)
                        if (c == "\\") { ++i; c = substr(a, i, 1) }
                        out = out c
                    }
                } else if (c !~ /[ \t\n]/) return "…"  # an expression that begins with a literal
            }
            return out
        }
        function sentence_from(first, count,    out, k) {
            out = ""
            for (k = first; k <= count; ++k) out = out text_of(part[k], 1000)
            while (out ~ /……/) gsub(/……/, "…", out)
            return out
        }
        function code_from(count,    k) {
            for (k = 1; k <= count; ++k)
                if (match(part[k], /errc::[a-z_]+/)) return substr(part[k], RSTART + 6, RLENGTH - 6)
            return "any"
        }
        { all = all $0 "\n" }
        END {
            s = uncommented(all)
            # `who` or `function` defined once in the file and never a parameter stands for the whole file.
            once = ""
            if (s !~ /string_view +(who|function)[,)]/ && gsub(/(who|function) += +"/, "&", s) == 1) {
                match(s, /(who|function) += +"[^"]*"/)
                once = substr(s, RSTART, RLENGTH); sub(/^[^"]*"/, "", once); sub(/"$/, "", once)
            }
            for (pass = 1; pass <= 2; ++pass) {
                known = once; rest = s; inside = ""; nparams = 0
                while (match(rest, /(require|fail|bad|check|static_assert)\(|(who|function) += +"[^"]*"|string_view +(who|function)[,)]|(void|const) +(bad|check)(\(| = \[&\]\()/)) {
                    token = substr(rest, RSTART, RLENGTH)
                    before = RSTART == 1 ? "" : substr(rest, RSTART - 1, 1)
                    at = RSTART + RLENGTH
                    if (token ~ /"$/) {
                        known = token; sub(/^[^"]*"/, "", known); sub(/"$/, "", known)
                    } else if (token ~ /^string_view/) {
                        known = once
                    } else if (token ~ /^(void|const)/) {  # a wrapper: its own last parameter is the text
                        inside = token ~ /bad/ ? "bad" : "check"
                        nparams = arguments(rest, at, 0)
                        at = stop
                    } else if (before !~ /[A-Za-z0-9_]/) {
                        name = token; sub(/\($/, "", name)
                        n = arguments(rest, at, 0)
                        if (name == "require" || name == "fail") {
                            first = name == "require" ? 3 : 2
                            if (n >= first && part[1] !~ /^(errc code|bool ok)/) {
                                if (part[n] == "parts..." || part[n] == "what") {
                                    prefix[inside] = sentence_from(first, n - 1); skip[inside] = nparams
                                    code[inside] = code_from(n)
                                } else if (pass == 2) print header "\t" code_from(first - 1) "\t" sentence_from(first, n)
                            }
                        } else if (name == "static_assert") {
                            if (pass == 2 && part[n] ~ /^"hallmark::/) print header "\tcompile time\t" sentence_from(n, n)
                        } else if (pass == 2 && name in prefix) {
                            c = code_from(n)
                            out = prefix[name] sentence_from(skip[name], n)
                            while (out ~ /……/) gsub(/……/, "…", out)
                            print header "\t" (c == "any" ? code[name] : c) "\t" out
                        }
                    }
                    rest = substr(rest, at)
                }
            }
        }' "$header"
    done | LC_ALL=C sort -u
}

if [ "${1-}" = --list ]; then
    list
    exit
fi

said=$(mktemp)
told=$(mktemp)
trap 'rm -f "$said" "$told"' EXIT
list | cut -f 3 | LC_ALL=C sort -u >"$said"
# In the page a sentence is the text in backquotes that follows its anchor.
sed -n 's/^- <a id="[^"]*"><\/a>\(``* *\)\(.*[^ `]\) *``* ([a-z_ ,]*)<br>$/\2/p' docs/errors.md | LC_ALL=C sort -u >"$told"
missing=$(LC_ALL=C comm -23 "$said" "$told")
stale=$(LC_ALL=C comm -13 "$said" "$told")
twice=$(grep -o '<a id="[^"]*"' docs/errors.md | sort | uniq -d)
[ -z "$missing" ] || printf 'missing from docs/errors.md:\n%s\n' "$missing"
[ -z "$stale" ] || printf 'in docs/errors.md, but in no header:\n%s\n' "$stale"
[ -z "$twice" ] || printf 'anchors that docs/errors.md has twice:\n%s\n' "$twice"
[ -z "$missing$stale$twice" ] && echo "docs/errors.md has every error sentence: $(wc -l <"$said")"
