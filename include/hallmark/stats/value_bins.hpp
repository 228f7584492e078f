// Which values are near each other, by the leading bits of their magnitudes: bins that rise with the values (internal).
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

/// A value without its sign in 63 bits, of rising order among values of one sign; the bit below says which sample it is from. −0 is 0.
class value_item {
public:
    static constexpr auto sign = std::uint64_t{1} << 63;

    /// All ones for a negative value: the larger its bits, the smaller it is.
    [[nodiscard]] static auto flip(std::uint64_t bits) noexcept -> std::uint64_t { return bits > sign ? ~std::uint64_t{0} : 0; }
    [[nodiscard]] static auto of(std::uint64_t bits, std::uint64_t sample) noexcept -> std::uint64_t { return (bits ^ flip(bits)) << 1 | sample; }
    /// Whether two items have different values.
    [[nodiscard]] static auto differ(std::uint64_t x, std::uint64_t y) noexcept -> bool { return (x ^ y) > 1; }
    /// The value behind it, by the flip of its sign.
    [[nodiscard]] static auto value(std::uint64_t item, std::uint64_t flip) noexcept -> double { return std::bit_cast<double>((item >> 1) ^ flip); }
};

/// Bins rise with the values. Each sign has half of them, and they share out the magnitudes from `least` on, 2^shift to each: for most data a few thousand
/// bins to a power of two. Bins of either end take what is beyond.
class value_bins {
public:
    static constexpr std::size_t half = std::size_t{1} << 15, count = 2 * half;  // bins from `half` on are of values of 0 and more

    /// For values of which these are some. At least one.
    explicit value_bins(std::span<std::uint64_t const> sample) {
        auto magnitudes = std::vector<std::uint64_t>();
        for (auto const bits : sample) {
            magnitudes.push_back(bits & ~value_item::sign);
        }
        auto const hundredth = magnitudes.begin() + static_cast<std::ptrdiff_t>(magnitudes.size() / 100);
        std::nth_element(magnitudes.begin(), hundredth, magnitudes.end());
        auto const most  = *std::max_element(hundredth, magnitudes.end());
        auto const least = *std::min_element(magnitudes.begin(), hundredth + 1);
        // Sixteen powers of two below the largest, or more where more than a hundredth of the values is below those.
        constexpr auto usual = std::uint64_t{16} << 52;
        least_               = std::max(least, std::min(*hundredth, most > usual ? most - usual : 0));
        shift_               = std::max(0, static_cast<int>(std::bit_width(most - least_)) - 15);
    }

    /// The bin of a value, by its bits.
    [[nodiscard]] auto of(std::uint64_t bits) const noexcept -> std::size_t {
        auto const magnitude = bits & ~value_item::sign;
        auto const away      = magnitude > least_ ? (magnitude - least_) >> shift_ : 0;
        auto const bin       = away < half ? away : half - 1;
        return static_cast<std::size_t>((bin ^ value_item::flip(bits)) + half);
    }
    [[nodiscard]] auto of(double x) const noexcept -> std::size_t { return of(std::bit_cast<std::uint64_t>(x)); }

    /// No item of this bin, or of one above it of the same sign, is below.
    [[nodiscard]] auto least_item(std::size_t bin) const noexcept -> std::uint64_t {
        constexpr auto most = value_item::sign - 1;
        if (bin >= half) {
            auto const away = std::uint64_t{bin - half};
            return away == 0 ? 0 : std::min(least_ + (away << shift_), most) << 1;
        }
        return bin == 0 ? 0 : (most - std::min(least_ + (std::uint64_t{half - bin} << shift_) - 1, most)) << 1;
    }

private:
    std::uint64_t least_;
    int           shift_;
};

/// The bits of about 2^15 values at regular places.
[[nodiscard]] inline auto sample_of(std::span<double const> first, std::span<double const> second) -> std::vector<std::uint64_t> {
    auto const size = first.size() + second.size(), step = std::max<std::size_t>(1, size >> 15);
    auto       out = std::vector<std::uint64_t>();
    for (std::size_t i = 0; i < size; i += step) {
        out.push_back(std::bit_cast<std::uint64_t>(i < first.size() ? first[i] : second[i - first.size()]));
    }
    return out;
}

}  // namespace hallmark::inline v0::detail
