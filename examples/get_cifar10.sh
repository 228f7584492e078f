#!/bin/sh
# Downloads CIFAR-10 (Krizhevsky 2009) in its binary form, checks it and unpacks it.
#
# usage: get_cifar10.sh [FOLDER [URL]]
#
# FOLDER (default: data) gets a folder cifar-10-batches-bin, which quickstart takes as --data. Safe to run twice: what is there is kept, a
# download that was cut off goes on where it stopped, and nothing appears under its final name before it is complete.
# URL, or the variable CIFAR10_URL, names another place to download the same file from; CIFAR10_MD5 is its checksum.
set -eu

folder=${1:-data}
url=${2:-${CIFAR10_URL:-https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz}}
md5=${CIFAR10_MD5:-c32a1d4ab5d03f1284b67883e8d87530}
name=cifar-10-batches-bin
part=$folder/.cifar-10-binary.tar.gz.part
unpacked=$folder/.cifar-10-unpacking

fail() {
    echo "get_cifar10.sh: $*" >&2
    exit 1
}

if [ -d "$folder/$name" ]; then
    echo "$folder/$name is there already."
    exit 0
fi
command -v md5sum >/dev/null || fail "md5sum is needed to check the download (Debian: coreutils)"
mkdir -p "$folder" || fail "cannot make the folder $folder"

is_right() {
    [ "$(md5sum <"$part" | cut -d ' ' -f 1)" = "$md5" ]
}

with_curl() {
    had_part=$([ -f "$part" ] && echo yes || echo no)
    status=0
    curl -fL --retry 2 -C - -o "$part" "$url" || status=$?
    # 22, 33, 36: the server cannot go on where the part ends, so the download begins again.
    case "$had_part $status" in
        "yes 22" | "yes 33" | "yes 36")
            rm -f "$part"
            curl -fL --retry 2 -o "$part" "$url"
            ;;
        *) return "$status" ;;
    esac
}

# A part that is complete needs no server; one that is not is continued.
if ! { [ -f "$part" ] && is_right; }; then
    echo "Downloading $url"
    if command -v curl >/dev/null; then
        with_curl || fail "the download of $url failed; run this again to go on where it stopped"
    elif command -v wget >/dev/null; then
        wget -c -t 3 -O "$part" "$url" || fail "the download of $url failed; run this again to go on where it stopped"
    else
        fail "curl or wget is needed to download (Debian: apt-get install curl)"
    fi
    if ! is_right; then
        rm -f "$part"
        fail "what $url gave is not the archive: its MD5 is not $md5; the download is removed"
    fi
fi

rm -rf "$unpacked"
trap 'rm -rf "$unpacked"' EXIT
mkdir "$unpacked"
tar -xzf "$part" -C "$unpacked" || fail "cannot unpack $part"
[ -d "$unpacked/$name" ] || fail "the archive has no folder $name"
mv "$unpacked/$name" "$folder/$name"
rm -f "$part"
echo "CIFAR-10 is in $folder/$name."
