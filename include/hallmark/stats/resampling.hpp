// What the permutation and randomisation tests share: how arrangements are chosen, keyed draws, exact sums, counts.
//
// The draws are addressed, not sequential: draw number d of a test is a pure function of (seed, d), so that any machine, thread or
// lane can make any of them alone, in any order, and get the same bits. They are words of ChaCha20 (random/stream.hpp):
//   splits   the stream with the key (seed, d, "SPLT", 0, 0, 0), from its beginning, read as split_draw says: nearly the right number of values
//            by lot, each for itself, then one more or one less until it is right;
//   signs    words d·w ... d·w + w - 1, w = ceil(n/32), of the stream with the key (seed, 0, "SIGN", 0, 0, 0): bit i mod 32 of word i/32
//            is the sign of pair i.
// Sums are taken of integers, which makes them independent of the order of addition, too.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/random/chacha20.hpp>
#include <hallmark/random/uniform.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/side.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// How a permutation test goes through the arrangements of its values. `enumerate` tries all of them, up to 2^20, and is exact.
/// `monte_carlo` draws some at random and counts the observed arrangement as one more, which is exact, too: P(p <= alpha) <= alpha over
/// the draws and the data together. `automatic` enumerates up to 2^20 arrangements and draws beyond.
enum class resampling { automatic, enumerate, monte_carlo };

namespace detail {

inline constexpr auto most_arrangements = std::uint64_t{1} << 20;

/// C(n, k), or some number above most_arrangements where it is more than that.
[[nodiscard]] inline auto arrangements(std::size_t n, std::size_t k) noexcept -> std::uint64_t {
    auto const    steps = k < n - k ? k : n - k;
    std::uint64_t c     = 1;
    for (std::size_t i = 1; i <= steps && c <= most_arrangements; ++i) {
        c = c * (n - steps + i) / i;  // exact: a product of i successive numbers is divisible by i!
    }
    return c;
}

/// Values as integers, in a unit so small that rounding to it is far below that of a double.
struct fixed_values {
    std::vector<std::int64_t> x;
    /// What counts as a tie. Equal sums of the numbers that a caller wrote down (0.1 + 0.2 and 0.3) differ by the rounding of
    /// the doubles; `slack` is an upper bound of that, and a sum within it counts for both sides: p is never too small.
    std::int64_t slack;
};

/// The greatest absolute value of those that may have been rounded when they became doubles, which whole numbers were not.
[[nodiscard]] inline auto largest_rounded(std::span<double const> x) noexcept -> double {
    auto out = 0.0;
    for (auto const v : x) {
        out = v != std::trunc(v) && std::abs(v) > out ? std::abs(v) : out;
    }
    return out;
}

[[nodiscard]] inline auto largest_rounded(std::span<double const> a, std::span<double const> b) noexcept -> double {
    auto const of_a = largest_rounded(a), of_b = largest_rounded(b);
    return of_a > of_b ? of_a : of_b;
}

/// The sum of the absolute values of the result is below 2^60 + n, so no sum of some of them overflows. `largest` is the greatest absolute value of the numbers
/// that x are differences of, whose rounding they carry; 0 where they are none. Refuses values whose absolute values have an infinite sum.
[[nodiscard]] inline auto fixed_point(std::span<double const> x, double largest, std::string_view function) -> fixed_values {
    auto sizes = 0.0;
    for (auto const v : x) {
        sizes += std::abs(v);
    }
    require(is_finite(sizes), errc::out_of_domain, function, ": the values are too large; allowed are values whose sum is finite");
    auto exponent = 0;
    std::frexp(sizes, &exponent);
    auto         out   = fixed_values{std::vector<std::int64_t>(x.size()), 0};
    std::int64_t total = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        out.x[i] = std::llrint(std::ldexp(x[i], 60 - exponent));
        total += out.x[i] < 0 ? -out.x[i] : out.x[i];
    }
    auto const n = static_cast<std::int64_t>(x.size());
    if (sizes > 0.0) {
        out.slack = (n + 2) * ((total >> 51) + 1) + n;  // 2(n + 2) roundings of 2^-52 of the total each
        // And 2n of 2^-52 of the largest. More than 2^61 is more than any two sums differ by.
        auto const inherited = std::ldexp(largest, 60 - exponent - 51) * static_cast<double>(n);
        out.slack += inherited < 0x1p61 ? static_cast<std::int64_t>(inherited) + 1 : std::int64_t{1} << 61;
    }
    return out;
}

struct tail_counts {
    std::uint64_t below = 0, above = 0, all = 0;  // arrangements with a sum <= and >= the observed one; a tie is in both

    void add(std::int64_t sum, std::int64_t observed, std::int64_t slack) noexcept {
        below += sum <= observed + slack ? 1u : 0u;
        above += sum >= observed - slack ? 1u : 0u;
        all += 1;
    }
    void add(std::span<std::int64_t const> sums, std::int64_t observed, std::int64_t slack) noexcept {
        std::size_t i = 0;
#if HALLMARK_VECTORS
        simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
            using i64            = typename decltype(set)::i64;
            constexpr auto width = sizeof(i64) / sizeof(std::int64_t);
            i64            less = {}, more = {}, sum;  // minus what is counted
            for (; i + width <= sums.size(); i += width) {
                simd::load(sum, sums.data() + i);
                less += (i64)(sum <= observed + slack);
                more += (i64)(sum >= observed - slack);
            }
            for (std::size_t l = 0; l < width; ++l) {
                below += static_cast<std::uint64_t>(-less[l]), above += static_cast<std::uint64_t>(-more[l]);
            }
        });
        all += i;
#endif
        for (; i < sums.size(); ++i) {
            add(sums[i], observed, slack);
        }
    }
};

[[nodiscard]] inline auto p_of_counts(tail_counts const& c, alternative alt) noexcept -> double {
    auto const all = static_cast<double>(c.all);
    return p_of_side(static_cast<double>(c.below) / all, static_cast<double>(c.above) / all, alt);
}

/// The counts a Monte Carlo test begins with: the observed arrangement is one of the possible ones (Phipson & Smyth 2010).
[[nodiscard]] constexpr auto observed_arrangement() noexcept -> tail_counts { return {1, 1, 1}; }

[[nodiscard]] inline auto resampling_key(std::uint64_t seed, std::uint64_t draw, std::uint32_t what) noexcept -> chacha_key {
    return {{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), static_cast<std::uint32_t>(draw), static_cast<std::uint32_t>(draw >> 32),
             what, 0, 0, 0}};
}

inline constexpr std::size_t draw_words = 2;  // words 2 and 3 of that key hold the number of the draw

inline constexpr auto split_draws = std::uint32_t{0x53504c54};  // "SPLT"
inline constexpr auto sign_draws  = std::uint32_t{0x5349474e};  // "SIGN"

/// Draws `chosen` of n values, at most half of them, as a row of ceil(n/32) words: bit i mod 32 of word i/32 is set where value i is chosen.
///
/// First every value is chosen by itself, with a chance of k/16 that is near chosen/n: `digits` words for each word of the row, one for each binary
/// digit of the chance from the lowest 1 on, which is put in by "and" for a digit of 0 and by "or" for one of 1. Whatever number of values that gives, every
/// set of that many is as likely as every other. Then a place is drawn by uniform_below(n), again and again, and changes if that brings the number nearer:
/// every set of one value more, or less, is as likely as every other again. So it is exact, and takes a bit for a value and about 1.6 sqrt(n) words for the
/// rest where halves are drawn, when the first steps of a shuffle take a word for each value. (MergeShuffle, Bacher et al. 2015, is built on the same thought.)
struct split_draw {
    std::uint32_t n, chosen, sixteenths, redrawn;

    HALLMARK_HD constexpr split_draw(std::uint32_t n_, std::uint32_t chosen_) noexcept
        : n(n_),
          chosen(chosen_),
          // Rounded down, since one more is found sooner than one less; but halves take a word, and 7/16 take four.
          sixteenths(std::uint64_t{32} * chosen_ >= std::uint64_t{15} * n_ ? 8 : static_cast<std::uint32_t>(std::uint64_t{16} * chosen_ / n_)),
          redrawn(65536 % n_) {}

    [[nodiscard]] HALLMARK_HD constexpr auto words() const noexcept -> std::uint32_t { return (n - 1) / 32 + 1; }
    /// The chance is 0: the row is empty at first, and every value chosen is one more.
    [[nodiscard]] HALLMARK_HD constexpr auto sparse() const noexcept -> bool { return sixteenths == 0; }

    /// 1, 2, 4 or 8, the lowest binary digit of the sixteenths that is 1; 16 where there is none.
    [[nodiscard]] HALLMARK_HD constexpr auto lowest_digit() const noexcept -> std::uint32_t { return sparse() ? 16 : sixteenths & (0u - sixteenths); }
    /// The bits of word w that belong to values.
    [[nodiscard]] HALLMARK_HD constexpr auto inside(std::uint32_t w) const noexcept -> std::uint32_t {
        return w + 1 < words() || n % 32 == 0 ? ~0u : (1u << n % 32) - 1u;
    }

    /// Makes the row, of which `row(w)` is word w; it need not be empty before.
    template <class S, class Row>
    HALLMARK_HD constexpr void operator()(S& source, Row const& row) const noexcept {
        std::uint32_t count = 0;
        for (std::uint32_t w = 0; w < words(); ++w) {
            std::uint32_t word = 0;
            for (auto digits = lowest_digit(); digits < 16; digits *= 2) {
                auto const lot = source.bits();
                word           = (sixteenths & digits) != 0 ? word | lot : word & lot;
            }
            word &= inside(w);
            row(w) = word;
            count += ones(word);
        }
        settle(source, row, count, [](std::uint32_t, bool) {});
    }

    /// From a row of `count` values to one of `chosen`; `drawn(i, hit)` hears of each place and whether it changed. For a sparse draw that is all there is to
    /// do: O(chosen), the row and the count being 0 before.
    template <class S, class Row, class Drawn>
    HALLMARK_HD constexpr void settle(S& source, Row const& row, std::uint32_t count, Drawn const& drawn) const noexcept {
        auto const more = count < chosen ? ~0u : 0u;
        auto       left = more != 0 ? chosen - count : count - chosen;
        auto const turn = [&](std::uint32_t i) {
            auto&      word   = row(i / 32);
            auto const bit    = 1u << i % 32;
            auto const before = word;
            word              = (before & ~bit) | (bit & more);  // whatever it was, so that the next place need not wait for a comparison
            auto const hit    = ((before ^ more) >> i % 32) & 1u;
            left -= hit;
            drawn(i, hit != 0);
        };
        while (n > most_by_halves && left != 0) {
            turn(uniform_below(source, n));
        }
        while (left != 0) {
            auto const word = source.bits();
            for (auto const half : {word & 0xffffu, word >> 16}) {
                if (left != 0 && (half * n & 0xffffu) >= redrawn) {
                    turn(half * n >> 16);
                }
            }
        }
    }

private:
    static constexpr std::uint32_t most_by_halves = 4096;

    // std::popcount is no device function, and without flags for this machine a call.
    [[nodiscard]] HALLMARK_HD static constexpr auto ones(std::uint32_t v) noexcept -> std::uint32_t {
        v -= v >> 1 & 0x55555555u;
        v = (v & 0x33333333u) + (v >> 2 & 0x33333333u);
        return ((v + (v >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24;
    }
};

/// True where all arrangements are to be tried; `count` of them, or some number above most_arrangements.
[[nodiscard]] inline auto enumerates(resampling method, std::uint64_t count, std::uint64_t draws, std::string_view function) -> bool {
    require(draws > 0, errc::out_of_domain, function, ": draws is 0; allowed is 1 or more");
    require(method != resampling::enumerate || count <= most_arrangements, errc::out_of_domain, function, ": method is enumerate for more than ",
            most_arrangements, " arrangements; allowed are automatic and monte_carlo");
    return method != resampling::monte_carlo && count <= most_arrangements;
}

}  // namespace detail
}  // namespace hallmark::inline v0
