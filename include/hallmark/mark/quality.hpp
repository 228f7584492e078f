// How much a mark changes a picture: error, structure, range, hashes.
#pragma once

#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/hash.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {
namespace detail {
template <class A, class B>
void require_pair(tensor_view<A> a, tensor_view<B> b, std::string_view who) {
    require_pictures(a, who);
    require(same_extents(a, b), errc::shape_mismatch, who, ": the pictures have extents (", a.samples(), ", ", a.channels(), ", ", a.height(), ", ", a.width(),
            ") and (", b.samples(), ", ", b.channels(), ", ", b.height(), ", ", b.width(), ")");
}

/// Calls f(a, b) for every pair of values, sample by sample, channel by channel.
template <class F>
void for_each_pair(tensor_view<std::uint8_t const> a, tensor_view<std::uint8_t const> b, F f) {
    for (std::size_t n = 0; n < a.samples(); ++n) {
        for (std::size_t c = 0; c < a.channels(); ++c) {
            for (std::size_t h = 0; h < a.height(); ++h) {
                for (std::size_t w = 0; w < a.width(); ++w) {
                    f(int{a.at(n, c, h, w)}, int{b.at(n, c, h, w)});
                }
            }
        }
    }
}

/// A Gaussian of 11 taps, deviation 1.5, sum 1.
struct ssim_window {
    double tap[11] = {};
    ssim_window() {
        double sum = 0.0;
        for (int i = 0; i < 11; ++i) {
            sum += tap[i] = std::exp(-static_cast<double>((i - 5) * (i - 5)) / 4.5);
        }
        for (auto& t : tap) {
            t /= sum;
        }
    }
};

/// One moment of one plane, averaged under the window, at every place where the window fits.
template <class F>
[[nodiscard]] auto windowed(std::size_t height, std::size_t width, ssim_window const& window, F value) -> std::vector<double> {
    auto const          columns = width - 10;
    std::vector<double> across(height * columns), out((height - 10) * columns);
    for (std::size_t h = 0; h < height; ++h) {
        for (std::size_t w = 0; w < columns; ++w) {
            for (std::size_t i = 0; i < 11; ++i) {
                across[h * columns + w] += window.tap[i] * value(h, w + i);
            }
        }
    }
    for (std::size_t at = 0; at < out.size(); ++at) {
        for (std::size_t i = 0; i < 11; ++i) {
            out[at] += window.tap[i] * across[at + i * columns];
        }
    }
    return out;
}
}  // namespace detail

/// Peak signal-to-noise ratio in decibels: 10 log10(255^2 / mean squared difference), over all values of both batches. Infinite for equal pictures.
[[nodiscard]] inline auto psnr(tensor_view<std::uint8_t const> a, tensor_view<std::uint8_t const> b) -> double {
    detail::require_pair(a, b, "hallmark::psnr");
    std::uint64_t sum = 0;
    detail::for_each_pair(a, b, [&](int x, int y) { sum += static_cast<std::uint64_t>((x - y) * (x - y)); });
    return sum == 0 ? std::numeric_limits<double>::infinity() : 10.0 * std::log10(65025.0 * static_cast<double>(a.size()) / static_cast<double>(sum));
}

/// The largest difference of two values, in levels of 255.
[[nodiscard]] inline auto largest_difference(tensor_view<std::uint8_t const> a, tensor_view<std::uint8_t const> b) -> int {
    detail::require_pair(a, b, "hallmark::largest_difference");
    int most = 0;
    detail::for_each_pair(a, b, [&](int x, int y) { most = x - y > most ? x - y : y - x > most ? y - x : most; });
    return most;
}

/// Structural similarity (Wang, Bovik, Sheikh & Simoncelli 2004): 1 for equal pictures. Gaussian window of 11 x 11 pixels and deviation 1.5, at every
/// place where it fits; K1 = 0.01, K2 = 0.03; the mean over places and channels. Both pictures at least 11 pixels each way. Cost: 22 multiplications a
/// value and moment.
[[nodiscard]] inline auto ssim(tensor_view<std::uint8_t const> a, tensor_view<std::uint8_t const> b) -> double {
    constexpr std::string_view who = "hallmark::ssim";
    detail::require_pair(a, b, who);
    detail::require(a.height() >= 11 && a.width() >= 11, errc::shape_mismatch, who, ": the pictures have ", a.height(), " x ", a.width(),
                    " pixels; allowed are 11 or more each way, for the window");
    constexpr double          c1 = 0.01 * 255.0 * 0.01 * 255.0, c2 = 0.03 * 255.0 * 0.03 * 255.0;
    detail::ssim_window const window;
    double                    sum   = 0.0;
    std::size_t               count = 0;
    for (std::size_t n = 0; n < a.samples(); ++n) {
        for (std::size_t c = 0; c < a.channels(); ++c) {
            auto const x       = [&](std::size_t h, std::size_t w) { return static_cast<double>(a.at(n, c, h, w)); };
            auto const y       = [&](std::size_t h, std::size_t w) { return static_cast<double>(b.at(n, c, h, w)); };
            auto const moments = [&](auto value) { return detail::windowed(a.height(), a.width(), window, value); };
            auto const mx = moments(x), my = moments(y);
            auto const xx = moments([&](std::size_t h, std::size_t w) { return x(h, w) * x(h, w); });
            auto const yy = moments([&](std::size_t h, std::size_t w) { return y(h, w) * y(h, w); });
            auto const xy = moments([&](std::size_t h, std::size_t w) { return x(h, w) * y(h, w); });
            for (std::size_t i = 0; i < mx.size(); ++i) {
                auto const both = mx[i] * my[i], squares = mx[i] * mx[i] + my[i] * my[i];
                sum += (2.0 * both + c1) * (2.0 * (xy[i] - both) + c2) / ((squares + c1) * (xx[i] + yy[i] - squares + c2));
            }
            count += mx.size();
        }
    }
    return sum / static_cast<double>(count);
}

/// What `compare` says about a picture and its marked form.
struct picture_quality {
    double psnr               = 0.0;  ///< dB; infinite for equal pictures
    double ssim               = 0.0;  ///< 1 for equal pictures
    int    largest_difference = 0;    ///< levels of 255: the L∞ distance
    double clipped            = 0.0;  ///< share of values that became black or white and were not
    int    least[2]           = {};   ///< the least and the greatest value of the original, then of the marked picture
    int    greatest[2]        = {};
    bool   range_alarm        = false;  ///< the marked picture uses less than 90 % of the original's range: a check of least and greatest sees it
    int    phash              = 0;      ///< bits of 64 that differ
    int    dhash              = 0;
};

/// Of one picture each (8-bit, grey or colour, at least 11 pixels each way).
[[nodiscard]] inline auto compare(tensor_view<std::uint8_t const> original, tensor_view<std::uint8_t const> marked) -> picture_quality {
    constexpr std::string_view who = "hallmark::compare";
    detail::require_pair(original, marked, who);
    detail::require(original.samples() == 1, errc::shape_mismatch, who, ": there are ", original.samples(), " pictures on each side; allowed is 1");
    picture_quality q;
    q.ssim               = ssim(original, marked);
    q.psnr               = psnr(original, marked);
    q.largest_difference = largest_difference(original, marked);
    std::size_t clipped  = 0;
    for (int i : {0, 1}) {
        q.least[i] = 255;
    }
    detail::for_each_pair(original, marked, [&](int x, int y) {
        clipped += (y == 0 && x != 0) || (y == 255 && x != 255) ? 1u : 0u;
        int const value[] = {x, y};
        for (int i : {0, 1}) {
            q.least[i]    = value[i] < q.least[i] ? value[i] : q.least[i];
            q.greatest[i] = value[i] > q.greatest[i] ? value[i] : q.greatest[i];
        }
    });
    q.clipped     = static_cast<double>(clipped) / static_cast<double>(original.size());
    q.range_alarm = 10 * (q.greatest[1] - q.least[1]) < 9 * (q.greatest[0] - q.least[0]);
    q.phash       = hash_distance(perceptual_hash(original), perceptual_hash(marked));
    q.dhash       = hash_distance(difference_hash(original), difference_hash(marked));
    return q;
}

}  // namespace hallmark::inline v0
