// Part of the mean: exact sums of many short sets of floats, in lanes.
#pragma once

#include <hallmark/aggregate/exact_groups.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/fold_lanes.hpp>
#include <hallmark/core/prefetch.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>

#include <algorithm>
#include <atomic>
#include <cfenv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace hallmark::inline v0::detail {

#if HALLMARK_VECTORS
/// The processor's own note that a result was rounded (IEEE 754's inexact flag): what adds up without it adds up exactly, in any order. Whoever looked
/// for the flag before finds it as it was.
class rounding_watch {
public:
    rounding_watch() noexcept : before_(std::fetestexcept(FE_INEXACT) != 0) {}
    ~rounding_watch() {
        if (before_) {
            std::feraiseexcept(FE_INEXACT);
        }
    }
    rounding_watch(rounding_watch const&)                    = delete;
    auto operator=(rounding_watch const&) -> rounding_watch& = delete;

    /// What is read from memory afterwards is computed with afterwards; what was written before was computed before.
    void start() noexcept {
        std::atomic_signal_fence(std::memory_order_seq_cst);
        std::feclearexcept(FE_INEXACT);
        std::atomic_signal_fence(std::memory_order_seq_cst);
    }
    [[nodiscard]] auto saw_rounding() const noexcept -> bool {
        std::atomic_signal_fence(std::memory_order_seq_cst);
        auto const seen = std::fetestexcept(FE_INEXACT) != 0;
        std::atomic_signal_fence(std::memory_order_seq_cst);
        return seen;
    }

    /// False on machines, real or emulated, that do not keep the flag.
    [[nodiscard]] auto works() noexcept -> bool {
        start();
        double volatile one = 1.0, little = 0x1p-60;
        double volatile sum = one + little;
        auto const rounded  = saw_rounding();
        start();
        sum = sum + one;
        return rounded && !saw_rounding();
    }

private:
    bool before_;
};

/// Sums of floats, exact where no addition rounds: `Together` sets at once, in the vectors of `Set`. Where the compiler makes fused instructions of products
/// and sums, a processor has more units for these than for additions: then `Fused` makes a product by 1 of each number. Lost: the last numbers copied one by
/// one, three times as slow; a look at all exponents before, for whether additions are exact, 1.4 times; vectors of eight, 1.3 times, as processors widen
/// floats slowly to them; a vector in which one set ends and the next begins widened once for both, 1.4 times; without AVX-512's registers, two vectors of
/// sums.
template <class Set, std::size_t Together, bool Fused>
struct float_sums {
    using f64                           = typename Set::f64;
    static constexpr std::size_t  width = sizeof(f64) / sizeof(double), together = Together;
    static constexpr std::int64_t kept[] = {0, 0, 0, 0, -1, -1, -1, -1};  // from 4 - width + n on: the last n lanes
    static constexpr std::size_t  ahead  = 1024;                          // bytes; eight times as far is a tenth slower, from every cache and from memory
    static_assert(width <= 4);

    HALLMARK_INLINE static void add(f64& sum, f64 const& v) noexcept {
        if constexpr (Fused) {
            auto one = f64{} + 1.0;
            Set::rounded(one);  // a number hidden from the compiler
            sum = sum + v * one;
        } else {
            sum = sum + v;
        }
    }
    using mask = typename Set::i64;
    HALLMARK_INLINE static void mask_for(std::size_t count, mask& m) noexcept { std::memcpy(&m, kept + 4 - width + count % width, sizeof m); }
    /// The last numbers before `end`, and zeros in place of others before them.
    HALLMARK_INLINE static void add_last(f64& sum, float const* end, mask const& m) noexcept {
        f64  v;
        mask word;
        Set::load_wide(v, end - width);
        std::memcpy(&word, &v, sizeof word);
        word = word & m;
        std::memcpy(&v, &word, sizeof v);
        add(sum, v);
    }

    /// One after the other, of `count` numbers each.
    HALLMARK_INLINE static void sum_equal(float const* x, std::size_t count, f64 (&sums)[Together]) noexcept {
        mask m;
        mask_for(count, m);
        unrolled<Together>([&](auto l) HALLMARK_INLINE_LAMBDA { sums[l] = f64{}; });
        for (std::size_t i = 0; i + width <= count; i += width) {
            for (std::size_t line = 0; line < Together * width * sizeof(float); line += 64) {
                prefetch(x + Together * i, ahead + line);
            }
            unrolled<Together>([&](auto l) HALLMARK_INLINE_LAMBDA {
                f64 v;
                Set::load_wide(v, x + l * count + i);
                add(sums[l], v);
            });
        }
        if (count % width != 0) {
            unrolled<Together>([&](auto l) HALLMARK_INLINE_LAMBDA { add_last(sums[l], x + (l + 1) * count, m); });
        }
    }
    HALLMARK_INLINE static void sum_one(float const* x, std::size_t count, f64& sum) noexcept {
        sum = f64{};
        if (count < width) {
            float few[width] = {};
            std::copy(x, x + count, few);
            Set::load_wide(sum, few);
            return;
        }
        for (std::size_t i = 0; i + width <= count; i += width) {
            f64 v;
            prefetch(x + i, ahead);
            Set::load_wide(v, x + i);
            add(sum, v);
        }
        if (count % width != 0) {
            mask m;
            mask_for(count, m);
            add_last(sum, x + count, m);
        }
    }
    HALLMARK_INLINE static void sum(float const* scores, std::size_t const* offsets, double* out) noexcept {
        f64        sums[Together];
        auto const count = offsets[1] - offsets[0];
        bool       equal = count >= width;
        for (std::size_t l = 1; l < Together; ++l) {
            equal = equal & (offsets[l + 1] - offsets[l] == count);
        }
        if (equal) {
            sum_equal(scores + offsets[0], count, sums);
        } else {
            unrolled<Together>([&](auto l) HALLMARK_INLINE_LAMBDA { sum_one(scores + offsets[l], offsets[l + 1] - offsets[l], sums[l]); });
        }
        for (std::size_t l = 0; l < Together; l += width) {
            fold_lanes(sums + l, std::make_index_sequence<width>{}, [](f64& a, f64 const& b) HALLMARK_INLINE_LAMBDA { a = a + b; });
            std::memcpy(out + l, &sums[l], sizeof sums[l]);
        }
    }
};

template <class Set>
struct float_sums_for {
    using type = float_sums<Set, sizeof(typename Set::f64) / sizeof(double), false>;
};
#    if defined(__x86_64__)
template <>
struct float_sums_for<simd::avx512> {
    using type = float_sums<simd::avx2, 8, true>;
};
#    endif

/// The means of sets of floats, from exact sums of the same numbers as doubles; false where a score or a sum is not finite.
template <class Set>
HALLMARK_INLINE auto float_means_in_lanes(std::span<float const> scores, std::span<std::size_t const> offsets, std::span<double> out) -> bool {
    using sums                         = typename float_sums_for<Set>::type;
    constexpr std::size_t    at_a_time = 4096;  // sets, whose sums are still near when they are divided
    auto const               sets      = offsets.size() - 1;
    std::vector<double>      wide;
    std::vector<std::size_t> from_zero;
    rounding_watch           watch;
    auto const               watched = watch.works();
    for (std::size_t g = 0, last = 0; g < sets; g = last) {
        auto const left = sets - g;
        last            = g + (left >= at_a_time ? at_a_time : left >= sums::together ? left - left % sums::together : left);
        bool exact      = watched && left >= sums::together;
        watch.start();
        for (auto s = g; exact && s < last; s += sums::together) {
            sums::sum(scores.data(), offsets.data() + s, out.data() + s);
        }
        if (!exact || watch.saw_rounding()) {
            wide.assign(scores.begin() + static_cast<std::ptrdiff_t>(offsets[g]), scores.begin() + static_cast<std::ptrdiff_t>(offsets[last]));
            from_zero.assign(offsets.begin() + static_cast<std::ptrdiff_t>(g), offsets.begin() + static_cast<std::ptrdiff_t>(last + 1));
            for (auto& o : from_zero) {
                o -= offsets[g];
            }
            if (!exact_sums_in_lanes<Set>(wide, from_zero, out.subspan(g, last - g))) {
                return false;
            }
        }
        bool finite = true;
        sums_to_means<Set>(offsets.subspan(g, last - g + 1), out.subspan(g, last - g), finite);
        if (!finite) {
            return false;
        }
    }
    return true;
}
#endif

/// exact_means of the same numbers as doubles.
[[nodiscard]] inline auto exact_means([[maybe_unused]] std::span<float const> scores, [[maybe_unused]] std::span<std::size_t const> offsets,
                                      [[maybe_unused]] std::span<double> out) -> bool {
    bool finite = false;
#if HALLMARK_VECTORS
    simd::run([&](auto set) HALLMARK_INLINE_LAMBDA { finite = float_means_in_lanes<decltype(set)>(scores, offsets, out); });
#endif
    return finite;
}

}  // namespace hallmark::inline v0::detail
