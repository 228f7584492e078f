// Kernels added to a picture at few pixels, and the stretch of the sums to [-1, 1], in 32 bits and in lanes.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/gabor_kernel.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

namespace hallmark::inline v0::detail {

/// Sums of stamped kernels. Each product is rounded towards 0 to a whole number of 2^-shift; sums of those are exact, in any order.
class gabor_sums {
public:
    /// For a plane of these extents whose greatest possible sum is `most`, where kernel elements are in Q.24 and weights in Q.30.
    gabor_sums(gabor_kernel const& kernel, std::size_t height, std::size_t width, double most)
        : height_(height),
          width_(width),
          stride_(width + 2 * padding),
          size_(kernel.size()),
          columns_((kernel.size() + padding - 1) / padding * padding),
          elements_(size_ * columns_),
          sums_(height * stride_) {
        for (std::size_t r = 0; r < size_; ++r) {
            for (std::size_t c = 0; c < size_; ++c) {
                elements_[r * columns_ + c] = static_cast<float>(kernel.row(r)[c]);
            }
        }
        while (most > 0x1p30) {
            most *= 0.5;
            unit_ *= 0.5f;
        }
    }
    /// One kernel with its middle at (row, column), which may lie up to half a kernel outside.
    void add(std::ptrdiff_t row, std::ptrdiff_t column, noise_sample weight) noexcept {
        auto const half = static_cast<std::ptrdiff_t>(size_ / 2), height = static_cast<std::ptrdiff_t>(height_), width = static_cast<std::ptrdiff_t>(width_);
        auto const top = row - half, left = column - half;
        auto const first = top < 0 ? -top : 0, last = top + 2 * half < height ? 2 * half : height - 1 - top;
        auto const high = static_cast<float>(weight) * unit_;
        bool const done = simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            using f32            = typename decltype(set)::f32;
            using i32            = typename decltype(set)::i32;
            constexpr auto lanes = static_cast<std::ptrdiff_t>(decltype(set)::template count<float>);
            auto const     from  = left < 0 ? -left / lanes * lanes : 0;  // vectors that lie outside altogether are left out
            auto const     to    = left + 2 * half < width ? 2 * half + 1 : width - left;
            f32            factor;
            decltype(set)::splat(factor, high);
            for (auto r = first; r <= last; ++r) {
                auto const* element = elements_.data() + static_cast<std::size_t>(r) * columns_;
                auto*       sum     = sums_.data() + static_cast<std::size_t>(top + r) * stride_ + padding;
                for (auto c = from; c < to; c += lanes) {
                    f32 e;
                    i32 part, s;
                    simd::load(e, element + c);
                    e = e * factor;
                    decltype(set)::truncated(part, e);
                    simd::load(s, sum + left + c);
                    simd::store(i32(s + part), sum + left + c);
                }
            }
        });
        if (done) {
            return;
        }
        auto const from = left < 0 ? -left : 0, to = left + 2 * half < width ? 2 * half + 1 : width - left;
        for (auto r = first; r <= last; ++r) {
            for (auto c = from; c < to; ++c) {
                sums_[static_cast<std::size_t>(top + r) * stride_ + padding + static_cast<std::size_t>(left + c)] +=
                    static_cast<std::int32_t>(elements_[static_cast<std::size_t>(r) * columns_ + static_cast<std::size_t>(c)] * high);
            }
        }
    }
    [[nodiscard]] auto row(std::size_t r) const noexcept -> std::int32_t const* { return sums_.data() + r * stride_ + padding; }

private:
    static constexpr std::size_t padding = 16;  // lanes: a kernel's last vector may go beyond its last column, with zeros

    std::size_t               height_, width_, stride_, size_, columns_;
    float                     unit_ = 1.0f;
    std::vector<float>        elements_;
    std::vector<std::int32_t> sums_;
};

/// From `least` and `greatest` to -1 and 1. Sums below 2^30 in size.
class gabor_stretch {
public:
    gabor_stretch(std::int32_t least, std::int32_t greatest) noexcept
        : least_(static_cast<std::uint32_t>(least)), range_(static_cast<std::uint32_t>(greatest) - least_) {
        // 2^31 / range in 31 or 32 bits, rounded up, so that the greatest becomes 2^31 or a bit more.
        auto const digits = static_cast<std::uint32_t>(std::bit_width(range_));
        shift_            = digits == 0 ? 0 : digits - 1;
        factor_           = range_ == 0 ? 0 : static_cast<std::uint32_t>(((std::uint64_t{1} << (shift_ + 31)) + range_ - 1) / range_);
    }
    void operator()(std::int32_t const* sums, std::size_t count, noise_sample* out) const noexcept {
        std::size_t i = 0;
        if (range_ == 0) {
            std::memset(out, 0, count * sizeof *out);
            return;
        }
        simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            using u32                   = typename decltype(set)::u32;
            using u64                   = typename decltype(set)::u64;
            constexpr std::size_t lanes = decltype(set)::template count<std::uint32_t>;
            auto const            shift = shift_;
            u32                   factor, one;
            decltype(set)::splat(factor, factor_);
            decltype(set)::splat(one, 0x80000000u);
            for (; i + lanes <= count; i += lanes) {
                u32 v;
                u64 even, odd;
                simd::load(v, sums + i);
                v = v - least_;
                decltype(set)::multiply_even(even, v, factor);
                decltype(set)::multiply_even(odd, u32((u64)v >> 32), factor);
                v = (u32)((even >> shift) | ((odd >> shift) << 32));  // each fits into 32 bits
                v = (v > one ? one : v) - 0x40000000u;
                simd::store(v, out + i);
            }
        });
        for (; i < count; ++i) {
            auto const v = (std::uint64_t{static_cast<std::uint32_t>(sums[i]) - least_} * factor_) >> shift_;
            out[i]       = static_cast<noise_sample>(static_cast<std::uint32_t>(v > 0x80000000u ? 0x80000000u : v) - 0x40000000u);
        }
    }

private:
    std::uint32_t least_, range_, factor_ = 0, shift_ = 0;
};

}  // namespace hallmark::inline v0::detail
