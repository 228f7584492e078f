#!/bin/sh
# Installs what is missing, builds everything and runs every test. Safe to run again.
# Arguments go to ctest, for example: tests/run.sh -R marker
set -eu
cd "$(dirname "$0")/.."
. cmake/packages.sh
# shellcheck disable=SC2154  # set in packages.sh
hallmark_install $hallmark_packages doctest-dev libbenchmark-dev
cmake --preset release
cmake --build --preset release
ctest --preset release "$@"
