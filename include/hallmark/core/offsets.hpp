// The check of ragged rows: row g of a flat array is the elements from offsets[g] up to offsets[g + 1].
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/error.hpp>

#include <cstddef>
#include <limits>
#include <span>
#include <string_view>

namespace hallmark::inline v0::detail {

/// The highest bit is set if an offset is not larger than the one before, or so large that this may not show.
[[nodiscard]] inline auto steps_of(std::span<std::size_t const> offsets) noexcept -> std::size_t {
    std::size_t seen = 0, g = 0;
    auto const  steps = offsets.size() - 1;
#if HALLMARK_VECTORS
    simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using word           = typename decltype(set)::u64;
        constexpr auto width = sizeof(word) / sizeof(std::size_t);
        word           all   = {}, from, to;
        for (; g + width <= steps; g += width) {
            simd::load(from, offsets.data() + g);
            simd::load(to, offsets.data() + g + 1);
            all = all | to | (to - from - 1);
        }
        for (std::size_t l = 0; l < width; ++l) {
            seen |= all[l];
        }
    });
#endif
    for (; g < steps; ++g) {
        seen |= offsets[g + 1] | (offsets[g + 1] - offsets[g] - 1);
    }
    return seen;
}

/// One offset more than rows, from 0 up to `elements`, never going down (compressed sparse row), and no row is
/// empty. `row` is what a row is called, `element` what several of its elements are called.
inline void require_offsets(std::span<std::size_t const> offsets, std::size_t elements, std::string_view who, std::string_view row, std::string_view element) {
    require(offsets.size() >= 2, errc::empty_input, who, ": there are ", offsets.size(), " offsets; allowed is one more than rows, 2 or more");
    require(offsets[0] == 0, errc::out_of_domain, who, ": the first offset is ", offsets[0], "; allowed is 0");
    auto const suspect = steps_of(offsets) >> (std::numeric_limits<std::size_t>::digits - 1) != 0;
    for (std::size_t g = 0; suspect && g + 1 < offsets.size(); ++g) {
        require(offsets[g] <= offsets[g + 1], errc::out_of_domain, who, ": offset ", g + 1, " is ", offsets[g + 1], ", after ", offsets[g],
                "; allowed is the same or more");
        require(offsets[g] < offsets[g + 1], errc::empty_input, who, ": ", row, " ", g, " is empty; allowed is 1 or more ", element);
    }
    require(offsets.back() == elements, errc::shape_mismatch, who, ": the last offset is ", offsets.back(), " and there are ", elements, " ", element,
            "; both must be the same");
}

}  // namespace hallmark::inline v0::detail
