#!/bin/sh
# Tests examples/get_cifar10.sh against a small archive on a server of its own. usage: get_cifar10.sh SCRIPT
#
# Exit status 77 means: skipped, for want of python3, curl or wget.
set -eu

script=$1
command -v python3 >/dev/null || { echo "skipped: python3 is the server here"; exit 77; }
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# Something of the right form and the wrong size: nothing here needs real pictures.
mkdir -p "$work/www" "$work/make/cifar-10-batches-bin" "$work/make/other"
head -c 300000 /dev/urandom >"$work/make/cifar-10-batches-bin/data_batch_1.bin"
echo airplane >"$work/make/cifar-10-batches-bin/batches.meta.txt"
tar -czf "$work/www/good.tar.gz" -C "$work/make" cifar-10-batches-bin
tar -czf "$work/www/other.tar.gz" -C "$work/make" other
md5_of() { md5sum <"$1" | cut -d ' ' -f 1; }

mkfifo "$work/server.out" # reading it waits until the server is ready, or has ended
python3 -u -m http.server --bind 127.0.0.1 --directory "$work/www" 0 >"$work/server.out" 2>"$work/server.log" &
server=$!
port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p;q' <"$work/server.out")
[ -n "$port" ] || fail "the server did not start: $(cat "$work/server.log")"
at=http://127.0.0.1:$port
# Only the lines of requests: a client that hangs up leaves a traceback, some time later, that names do_GET.
requests() { grep -c '"GET /' "$work/server.log" || true; }
get() { # get FOLDER NAME MD5: runs the script, puts what it says into $work/said
    env no_proxy=127.0.0.1 http_proxy= CIFAR10_URL="$at/$2" CIFAR10_MD5="$3" PATH="${tools:-$PATH}" sh "$script" "$1" >"$work/said" 2>&1
}
nothing_left() { [ -z "$(ls -A "$1" 2>/dev/null)" ] || fail "$2: left behind: $(ls -A "$1")"; }

all_cases() {
    md5=$(md5_of "$work/www/good.tar.gz")
    here=$work/$1

    get "$here/a" good.tar.gz "$md5" || fail "$1: a sound download: $(cat "$work/said")"
    cmp "$here/a/cifar-10-batches-bin/data_batch_1.bin" "$work/make/cifar-10-batches-bin/data_batch_1.bin" || fail "$1: the files differ"
    [ "$(ls -A "$here/a")" = cifar-10-batches-bin ] || fail "$1: more than the data is left: $(ls -A "$here/a")"

    before=$(requests)
    get "$here/a" good.tar.gz "$md5" || fail "$1: a second run: $(cat "$work/said")"
    [ "$(requests)" = "$before" ] || fail "$1: a second run asks the server again"

    # Another file than the one wanted must not be unpacked, nor stay to be continued.
    ! get "$here/b" good.tar.gz 00000000000000000000000000000000 || fail "$1: a wrong MD5 was accepted"
    grep -q "its MD5 is not 0000" "$work/said" || fail "$1: a wrong MD5: $(cat "$work/said")"
    nothing_left "$here/b" "$1: a wrong MD5"

    ! get "$here/c" absent.tar.gz "$md5" || fail "$1: a file that is not there was accepted"
    grep -q "the download of .* failed" "$work/said" || fail "$1: a file that is not there: $(cat "$work/said")"
    [ ! -d "$here/c/cifar-10-batches-bin" ] || fail "$1: a file that is not there left data"

    # Cut off in the middle; this server cannot continue, so the download begins again.
    mkdir -p "$here/d"
    head -c 100000 "$work/www/good.tar.gz" >"$here/d/.cifar-10-binary.tar.gz.part"
    get "$here/d" good.tar.gz "$md5" || fail "$1: after a download that was cut off: $(cat "$work/said")"
    [ "$(ls -A "$here/d")" = cifar-10-batches-bin ] || fail "$1: after a cut-off: $(ls -A "$here/d")"

    # Stopped after the download and while unpacking: the server is not needed any more.
    mkdir -p "$here/e/.cifar-10-unpacking/cifar-10-batches-bin"
    cp "$work/www/good.tar.gz" "$here/e/.cifar-10-binary.tar.gz.part"
    before=$(requests)
    get "$here/e" good.tar.gz "$md5" || fail "$1: a complete part: $(cat "$work/said")"
    [ "$(requests)" = "$before" ] || fail "$1: a complete part was downloaded again"
    [ -f "$here/e/cifar-10-batches-bin/data_batch_1.bin" ] || fail "$1: half-unpacked data was taken for whole"

    ! get "$here/f" other.tar.gz "$(md5_of "$work/www/other.tar.gz")" || fail "$1: an archive of something else was accepted"
    grep -q "no folder cifar-10-batches-bin" "$work/said" || fail "$1: an archive of something else: $(cat "$work/said")"
    [ ! -d "$here/f/cifar-10-batches-bin" ] || fail "$1: an archive of something else left data"
    [ ! -d "$here/f/.cifar-10-unpacking" ] || fail "$1: an archive of something else left its files"
    echo "$1: ok"
}

# Once with each program that downloads, the other one hidden.
ran=no
for program in curl wget; do
    command -v "$program" >/dev/null || continue
    tools=$work/$program.tools
    mkdir "$tools"
    for tool in "$program" sh md5sum cut mkdir rm mv tar gzip; do
        ln -s "$(command -v "$tool")" "$tools/$tool"
    done
    all_cases "$program"
    ran=yes
done
[ "$ran" = yes ] || { echo "skipped: neither curl nor wget is here"; exit 77; }
