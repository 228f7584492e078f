// How easily marked pictures are told from unmarked ones by somebody who does not have the originals, and found again by somebody who has.
#pragma once

#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/hash.hpp>
#include <hallmark/mark/quality.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {
namespace detail {
/// The share of pairs (a, b) with a > b, ties half: the area under the ROC curve of a detector that gives `a` to marked pictures.
[[nodiscard]] inline auto share_above(std::vector<double> const& a, std::vector<double> const& b) -> double {
    std::uint64_t halves = 0;
    for (auto const x : a) {
        for (auto const y : b) {
            halves += x > y ? 2u : x == y ? 1u : 0u;
        }
    }
    return static_cast<double>(halves) / (2.0 * static_cast<double>(a.size()) * static_cast<double>(b.size()));
}
}  // namespace detail

/// The range check: 1 - (greatest - least value) / 255. 0 for a picture with black and white in it; the published mark leaves at least 0.24.
[[nodiscard]] inline auto unused_range(tensor_view<std::uint8_t const> picture) -> double {
    detail::require_pictures(picture, "hallmark::unused_range");
    int least = 255, greatest = 0;
    detail::for_each_pair(picture, picture, [&](int x, int) { least = x < least ? x : least, greatest = x > greatest ? x : greatest; });
    return 1.0 - (greatest - least) / 255.0;
}

/// The residual spectrum: of the energy that blocks of 8 x 8 grey pixels have about their mean, the share in the upper half of the frequencies of a
/// cosine transform, u + v of 8 or more. Photographs have little there, noise of one pixel a lot. 0 for flat pictures and those below 8 pixels.
[[nodiscard]] inline auto upper_spectrum(tensor_view<std::uint8_t const> picture) -> double {
    detail::require_pictures(picture, "hallmark::upper_spectrum");
    double wave[8][8];
    for (int k = 0; k < 8; ++k) {
        for (int i = 0; i < 8; ++i) {
            wave[k][i] = (k == 0 ? std::sqrt(0.125) : 0.5) * std::cos(3.14159265358979323846 * k * (2 * i + 1) / 16.0);
        }
    }
    auto const grey  = detail::grey_levels(picture);
    auto const width = picture.width();
    double     upper = 0.0, all = 0.0;
    for (std::size_t top = 0; top + 8 <= picture.height(); top += 8) {
        for (std::size_t left = 0; left + 8 <= width; left += 8) {
            double across[8][8] = {};
            for (std::size_t y = 0; y < 8; ++y) {
                for (std::size_t k = 0; k < 8; ++k) {
                    for (std::size_t x = 0; x < 8; ++x) {
                        // About the first pixel, so that a flat block is exactly 0.
                        across[y][k] += wave[k][x] * (static_cast<double>(grey[(top + y) * width + left + x]) - static_cast<double>(grey[top * width + left]));
                    }
                }
            }
            for (std::size_t v = 0; v < 8; ++v) {
                for (std::size_t k = 0; k < 8; ++k) {
                    double sum = 0.0;
                    for (std::size_t y = 0; y < 8; ++y) {
                        sum += wave[v][y] * across[y][k];
                    }
                    all += v + k > 0 ? sum * sum : 0.0;
                    upper += v + k >= 8 ? sum * sum : 0.0;
                }
            }
        }
    }
    return all > 0.0 ? upper / all : 0.0;
}

/// Areas under the ROC curve: 0.5 is a coin, near 1 the detector spots the mark, near 0 it would, turned round.
struct stealth_report {
    double range     = 0.5;  ///< marked pictures have more unused range
    double spectrum  = 0.5;  ///< marked pictures have more energy in the upper spectrum
    double neighbour = 0.5;  ///< marked pictures are closer to the next of their kind: fewer bits of pHash and dHash to the nearest other one
    double found     = 0.0;  ///< share of marked pictures whose nearest original, by these bits, is their own and no other: duplicates are found
};

/// Of originals and their marked forms, in the same order, two or more. Cost: a pass over the pixels, and the square of the number of pictures.
[[nodiscard]] inline auto stealth(tensor_view<std::uint8_t const> originals, tensor_view<std::uint8_t const> marked) -> stealth_report {
    constexpr std::string_view who = "hallmark::stealth";
    detail::require_pair(originals, marked, who);
    auto const count = originals.samples();
    detail::require(count >= 2, errc::shape_mismatch, who, ": there is ", count, " picture; allowed are 2 or more");
    struct side {
        std::vector<double>        range, spectrum, nearest;
        std::vector<std::uint64_t> phash, dhash;
    };
    auto const bits_between = [](side const& a, std::size_t i, side const& b, std::size_t j) {
        return hash_distance(a.phash[i], b.phash[j]) + hash_distance(a.dhash[i], b.dhash[j]);
    };
    auto const look = [&](tensor_view<std::uint8_t const> pictures) {
        side s;
        for (std::size_t n = 0; n < count; ++n) {
            auto const one = pictures.slice(n, 1);
            s.range.push_back(unused_range(one));
            s.spectrum.push_back(upper_spectrum(one));
            s.phash.push_back(perceptual_hash(one));
            s.dhash.push_back(difference_hash(one));
        }
        for (std::size_t n = 0; n < count; ++n) {
            int nearest = 129;
            for (std::size_t m = 0; m < count; ++m) {
                auto const bits = bits_between(s, n, s, m);
                nearest         = m != n && bits < nearest ? bits : nearest;
            }
            s.nearest.push_back(-nearest);
        }
        return s;
    };
    auto const     before = look(originals), after = look(marked);
    stealth_report r;
    r.range           = detail::share_above(after.range, before.range);
    r.spectrum        = detail::share_above(after.spectrum, before.spectrum);
    r.neighbour       = detail::share_above(after.nearest, before.nearest);
    std::size_t found = 0;
    for (std::size_t n = 0; n < count; ++n) {
        auto const own  = bits_between(after, n, before, n);
        bool       only = true;
        for (std::size_t m = 0; m < count; ++m) {
            only = only && (m == n || bits_between(after, n, before, m) > own);
        }
        found += only ? 1u : 0u;
    }
    r.found = static_cast<double>(found) / static_cast<double>(count);
    return r;
}

}  // namespace hallmark::inline v0
