#!/bin/sh
# Installs what is missing, builds the main job and runs it: mark pictures, train on them, catch it.
# Safe to run again. Arguments go to the program, for example: run.sh --data data/cifar-10-batches-bin
set -eu
here=$(pwd)
cd "$(dirname "$0")/../.."
root=$(pwd)
. cmake/packages.sh
# shellcheck disable=SC2154  # set in packages.sh
hallmark_install $hallmark_packages curl ca-certificates  # the latter two for get_cifar10.sh
cmake --preset release -DHALLMARK_BUILD_TESTS=OFF -DHALLMARK_BUILD_BENCH=OFF -B build/quickstart
cmake --build build/quickstart --target quickstart
cd "$here"
exec "$root/build/quickstart/examples/quickstart/quickstart" "$@"
