#!/bin/sh
# Makes the pictures of docs/noise.md: `docs/make_noise_images.sh PROGRAM`, where PROGRAM is the program hallmark.
set -eu
program=$1
out=$(dirname "$0")/images/noise
mkdir -p "$out"

# picture FILE NAME [OPTIONS...]
picture() {
    file=$1
    shift
    "$program" noise "$@" --height 128 --width 128 --seed 7 --out "$out/$file.png" >/dev/null
}

for field in perlin perlin-classic simplex value cellular gabor perlin-3d simplex-3d value-3d cellular-3d; do
    picture "$field" "$field" --period 24
done
picture uniform uniform --period 2
picture blue blue --period 2
picture cellular-f2 cellular --period 24 --value f2
picture cellular-f2-f1 cellular --period 24 --value f2-f1
picture cellular-manhattan cellular --period 24 --metric manhattan
picture cellular-chebyshev cellular --period 24 --metric chebyshev
picture gabor-oriented gabor --period 24 --orientation 30
picture gabor-poisson gabor --period 24 --orientation 30 --impulses 1 --poisson --weights signs
picture gabor-sparse gabor-sparse --period 13
picture gabor-sparse-field gabor-sparse-field --period 13
picture gabor-sides gabor-sparse --period 13 --sides 3
picture octaves perlin --period 64 --octaves 4
picture fbm simplex --period 64 --octaves 5 --fractal fbm
picture ridged simplex --period 64 --octaves 5 --fractal ridged
picture billow simplex --period 64 --octaves 5 --fractal billow
picture ping-pong simplex --period 64 --octaves 3 --fractal ping-pong
picture warp simplex --period 48 --warp 0.8
picture scale perlin --period 24 --scale 2.5
picture rotate value --period 24 --rotate 30
picture threshold perlin --period 24 --threshold 0.1
picture normalise perlin --period 64 --octaves 4 --normalise range
picture sine-map perlin --period 48 --octaves 2 --sine-map 20
picture sine-sign perlin --period 48 --octaves 2 --sine-map 20 --sign
