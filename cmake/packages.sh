#!/bin/sh
# Installs what is missing of a list of Debian packages, and says what. Sourced by tests/run.sh and
# examples/quickstart/run.sh; does nothing when nothing is missing, so it is safe to run again.

hallmark_say() { printf 'hallmark: %s\n' "$*"; }
hallmark_stop() {
    printf 'hallmark: %s\n' "$*" >&2
    exit 1
}

# Stops with a sentence unless this is a system whose package names are known.
hallmark_know_system() {
    ID=unknown
    VERSION_ID=0
    PRETTY_NAME="an unknown system"
    if [ -r "${HALLMARK_OS_RELEASE:-/etc/os-release}" ]; then
        . "${HALLMARK_OS_RELEASE:-/etc/os-release}"
    fi
    case "$ID" in
        debian) least=12 ;;
        ubuntu) least=24 ;;
        *) least=none ;;
    esac
    if [ "$least" = none ] || [ "${VERSION_ID%%.*}" -lt "$least" ]; then
        hallmark_stop "set-up knows Debian 12 and Ubuntu 24.04 or later, and this is $PRETTY_NAME; install the packages named in docs/install.md by hand, then use the CMake presets."
    fi
}

# hallmark_install PACKAGE...
hallmark_install() {
    hallmark_know_system
    missing=
    for package in "$@"; do
        if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed'; then
            missing="$missing $package"
        fi
    done
    if [ -z "$missing" ]; then
        hallmark_say "every package needed is installed."
        return
    fi
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null 2>&1; then
        as_root=sudo
    else
        hallmark_stop "these packages are missing and only root can install them:$missing"
    fi
    hallmark_say "installing with apt-get:$missing"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get -o DPkg::Lock::Timeout=900 -q update ||
        hallmark_stop "apt-get update failed; its own words are above."
    unknown=
    for package in $missing; do
        apt-cache show "$package" >/dev/null 2>&1 || unknown="$unknown $package"
    done
    if [ -n "$unknown" ]; then
        hallmark_stop "$PRETTY_NAME offers no package of these names (on Ubuntu, enable the component universe):$unknown"
    fi
    # shellcheck disable=SC2086  # the list is meant to be split
    $as_root apt-get -o DPkg::Lock::Timeout=900 -q install -y --no-install-recommends $missing ||
        hallmark_stop "apt-get could not install these packages; its own words are above:$missing"
}

# What the library with all its components needs to build.
hallmark_packages="g++ cmake ninja-build pkg-config libboost-dev libeigen3-dev libxtensor-dev libstb-dev libsodium-dev zlib1g-dev nlohmann-json3-dev libcli11-dev libtorch-dev"

# Compile through ccache where it is installed; a checkout in another folder finds what this one compiled.
if command -v ccache >/dev/null 2>&1; then
    export CMAKE_CXX_COMPILER_LAUNCHER="${CMAKE_CXX_COMPILER_LAUNCHER-ccache}"
    export CCACHE_BASEDIR="${CCACHE_BASEDIR-$PWD}" CCACHE_NOHASHDIR=1
fi
