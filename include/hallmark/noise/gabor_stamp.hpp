// Part of the sparse Gabor noise: kernels added to a picture at few pixels, and the stretch of the sums to [-1, 1], in 32 bits and in lanes.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/gabor_kernel.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

/// A kernel with its middle at (row, column), which may lie up to half a kernel outside the plane.
struct gabor_stamp {
    std::ptrdiff_t row, column;
    noise_sample   weight;
};

/// How often sums are halved, where the greatest possible one is `most`, kernel elements are in Q.24 and weights in Q.30: 32 bits hold them then.
[[nodiscard]] inline auto gabor_halvings(double most) noexcept -> int {
    int halvings = 0;
    for (; most > 0x1p30; most *= 0.5) {
        ++halvings;
    }
    return halvings;
}
[[nodiscard]] inline auto gabor_unit(int halvings) noexcept -> float { return 1.0f / static_cast<float>(std::uint64_t{1} << halvings); }

/// What an element of a kernel adds for a weight, in whole numbers of 1 / unit, rounded towards 0.
[[nodiscard]] inline auto gabor_product(float element, noise_sample weight, float unit) noexcept -> std::int32_t {
    return static_cast<std::int32_t>(element * (static_cast<float>(weight) * unit));
}

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
          unit_(gabor_unit(gabor_halvings(most))),
          elements_(size_ * columns_),
          sums_(height * stride_) {
        for (std::size_t r = 0; r < size_; ++r) {
            for (std::size_t c = 0; c < size_; ++c) {
                elements_[r * columns_ + c] = static_cast<float>(kernel.row(r)[c]);
            }
        }
    }
    /// Kernels with their middles where `stamps` say. Vectors of 64 bytes are no faster here than of 32: 23 columns fill them badly, and they
    /// cross lines of the cache. One call for all kernels is twice as fast as one for each.
    void add(std::span<gabor_stamp const> stamps) noexcept {
        bool const done = simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            using f32            = typename decltype(set)::f32;
            using i32            = typename decltype(set)::i32;
            constexpr auto lanes = static_cast<std::ptrdiff_t>(decltype(set)::template count<float>);
            auto const width = static_cast<std::ptrdiff_t>(width_), stride = static_cast<std::ptrdiff_t>(stride_), size = static_cast<std::ptrdiff_t>(size_),
                       columns = static_cast<std::ptrdiff_t>(columns_);
            for (auto const& s : stamps) {
                auto const  left = s.column - size / 2, first = first_row(s.row), count = last_row(s.row) - first + 1;
                auto const  from    = left < 0 ? -left / lanes * lanes : 0;  // vectors that lie outside altogether are left out
                auto const  to      = left + size <= width ? size : width - left;
                auto const* element = elements_.data() + first * columns;
                auto*       sum     = sums_.data() + (s.row - size / 2 + first) * stride + static_cast<std::ptrdiff_t>(padding) + left;
                f32         factor;
                decltype(set)::splat(factor, static_cast<float>(s.weight) * unit_);
                for (std::ptrdiff_t r = 0; r < count; ++r, element += columns, sum += stride) {
                    for (auto c = from; c < to; c += lanes) {
                        f32 e;
                        i32 part, before;
                        simd::load(e, element + c);
                        e = e * factor;
                        decltype(set)::truncated(part, e);
                        simd::load(before, sum + c);
                        simd::store(i32(before + part), sum + c);
                    }
                }
            }
        });
        for (auto const& s : done ? std::span<gabor_stamp const>{} : stamps) {
            auto const left = s.column - static_cast<std::ptrdiff_t>(size_ / 2), top = s.row - static_cast<std::ptrdiff_t>(size_ / 2);
            for (auto r = first_row(s.row); r <= last_row(s.row); ++r) {
                for (std::ptrdiff_t c = left < 0 ? -left : 0; c < static_cast<std::ptrdiff_t>(size_) && left + c < static_cast<std::ptrdiff_t>(width_); ++c) {
                    sums_[static_cast<std::size_t>(top + r) * stride_ + padding + static_cast<std::size_t>(left + c)] +=
                        gabor_product(elements_[static_cast<std::size_t>(r) * columns_ + static_cast<std::size_t>(c)], s.weight, unit_);
                }
            }
        }
    }
    [[nodiscard]] auto row(std::size_t r) const noexcept -> std::int32_t const* { return sums_.data() + r * stride_ + padding; }

private:
    // The rows of the kernel that lie in the plane.
    [[nodiscard]] auto first_row(std::ptrdiff_t row) const noexcept -> std::ptrdiff_t {
        auto const top = row - static_cast<std::ptrdiff_t>(size_ / 2);
        return top < 0 ? -top : 0;
    }
    [[nodiscard]] auto last_row(std::ptrdiff_t row) const noexcept -> std::ptrdiff_t {
        auto const below = static_cast<std::ptrdiff_t>(height_) - 1 - (row - static_cast<std::ptrdiff_t>(size_ / 2)),
                   last  = static_cast<std::ptrdiff_t>(size_) - 1;
        return below < last ? below : last;
    }

    static constexpr std::size_t padding = 16;  // lanes: a kernel's last vector may go beyond its last column, with zeros

    std::size_t               height_, width_, stride_, size_, columns_;
    float                     unit_;
    std::vector<float>        elements_;
    std::vector<std::int32_t> sums_;
};

/// From `least` and `greatest` to -1 and 1; what lies beyond is cut off there. 2^30 in size at most. 0 stays 0 where -least is greatest.
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
            using i32                   = typename decltype(set)::i32;
            using u32                   = typename decltype(set)::u32;
            using u64                   = typename decltype(set)::u64;
            constexpr std::size_t lanes = decltype(set)::template count<std::uint32_t>;
            auto const            shift = shift_, least = least_;
            auto const            lowest = static_cast<std::int32_t>(least_), highest = static_cast<std::int32_t>(least_ + range_);
            auto const* const     from  = sums;
            auto* const           to    = out;
            auto const            whole = count / lanes * lanes;
            u32                   factor, one;
            decltype(set)::splat(factor, factor_);
            decltype(set)::splat(one, 0x80000000u);
            for (std::size_t k = 0; k < whole; k += lanes) {
                i32 sum;
                u64 even, odd;
                simd::load(sum, from + k);
                sum   = sum < lowest ? lowest + i32{} : sum;
                sum   = sum > highest ? highest + i32{} : sum;
                u32 v = (u32)sum - least;
                decltype(set)::multiply_even(even, v, factor);
                decltype(set)::multiply_even(odd, u32((u64)v >> 32), factor);
                v = (u32)((even >> shift) | ((odd >> shift) << 32));  // each fits into 32 bits
                v = (v > one ? one : v) - 0x40000000u;
                simd::store(v, to + k);
            }
            i = whole;
        });
        for (; i < count; ++i) {
            out[i] = (*this)(sums[i]);
        }
    }
    [[nodiscard]] auto operator()(std::int32_t sum) const noexcept -> noise_sample {
        auto const lowest = static_cast<std::int32_t>(least_), highest = static_cast<std::int32_t>(least_ + range_);
        auto const inside = static_cast<std::uint32_t>(sum < lowest ? lowest : (sum > highest ? highest : sum));
        auto const v      = (std::uint64_t{inside - least_} * factor_) >> shift_;
        return static_cast<noise_sample>(static_cast<std::uint32_t>(v > 0x80000000u ? 0x80000000u : v) - 0x40000000u);
    }
    friend auto operator==(gabor_stretch const&, gabor_stretch const&) -> bool = default;

private:
    std::uint32_t least_, range_, factor_ = 0, shift_ = 0;
};

}  // namespace hallmark::inline v0::detail
