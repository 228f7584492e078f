// Part of the CUDA backend: the mean level of a marked picture, and 8-bit pixels as floats.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/rounding.hpp>
#include <hallmark/core/tensor.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace hallmark::inline v0::detail::device {

/// The sum of all pixels of a dense picture, in whole numbers: of levels, or of parts of 1 where pixels are floats. A block for each picture.
template <class Scalar>
struct level_body {
    static constexpr unsigned threads = 128;

    Scalar const*  pixels;
    std::uint64_t  each, pictures;
    double         parts;  // `parts_for(each)`
    std::uint64_t* sums;

    /// How many parts 1 has: 2^40, and fewer for pictures of 2^23 values and more, so that a white one does not wrap around.
    [[nodiscard]] static auto parts_for(std::uint64_t each) noexcept -> double {
        auto const room = 63 - std::bit_width(each);
        return std::is_same_v<Scalar, float> ? static_cast<double>(std::uint64_t{1} << (room < 40 ? room : 40)) : 1.0;
    }
    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return threads / warp_size * sizeof(std::uint64_t); }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(pictures, 1, block.index(), block.count());
        for (auto n = mine.first; n < mine.last; ++n) {
            typename Block::template own<std::uint64_t> sum;
            block.apart([&](unsigned t) {
                sum[t] = 0;
                for (auto i = std::uint64_t{t}; i < each; i += threads) {
                    auto const v = pixels[n * each + i];
                    if constexpr (std::is_same_v<Scalar, float>) {
                        sum[t] += v >= 0.0f && v <= 1.0f ? static_cast<std::uint64_t>(static_cast<double>(v) * parts) : 0;
                    } else {
                        sum[t] += v;
                    }
                }
            });
            auto const all = block.reduce(sum, add_to{}, block.template shared<std::uint64_t>());
            block.apart([&](unsigned t) {
                if (t == 0) {
                    sums[n] = all;
                }
            });
        }
    }
};

/// What a model is shown: x / 255, rounded once.
struct unit_body {
    static constexpr unsigned threads = 256;

    std::uint8_t const* from;
    std::uint64_t       n;
    float*              to;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 0; }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(n, std::uint64_t{threads} * 4, block.index(), block.count());
        block.apart([&](unsigned t) {
            for (auto i = mine.first + t; i < mine.last; i += threads) {
                to[i] = quotient(static_cast<float>(from[i]), 255.0f);
            }
        });
    }
};

}  // namespace hallmark::inline v0::detail::device
