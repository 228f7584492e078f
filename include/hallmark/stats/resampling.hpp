// What the permutation and randomisation tests share: how arrangements are chosen, keyed draws, exact sums, counts.
//
// The draws are addressed, not sequential: draw number d of a test is a pure function of (seed, d), so that any machine, thread or
// lane can make any of them alone, in any order, and get the same bits. They are words of ChaCha20 (random/stream.hpp):
//   splits   word i of the stream with the key (seed, d, "SPLT", 0, 0, 0): the swaps of one partial Fisher-Yates shuffle;
//   signs    words d·w ... d·w + w - 1, w = ceil(n/32), of the stream with the key (seed, 0, "SIGN", 0, 0, 0): bit i mod 32 of word i/32
//            is the sign of pair i.
// Sums are taken of integers, which makes them independent of the order of addition, too.
#pragma once

#include <hallmark/random/chacha20.hpp>
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

/// The sum of the absolute values of the result is below 2^60 + n, so no sum of some of them overflows. Refuses values whose absolute values have an infinite
/// sum.
[[nodiscard]] inline auto fixed_point(std::span<double const> x, std::string_view function) -> fixed_values {
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
    out.slack    = sizes > 0.0 ? (n + 2) * ((total >> 51) + 1) + n : 0;  // 2(n + 2) roundings of 2^-52 of the total each
    return out;
}

struct tail_counts {
    std::uint64_t below = 0, above = 0, all = 0;  // arrangements with a sum <= and >= the observed one; a tie is in both

    void add(std::int64_t sum, std::int64_t observed, std::int64_t slack) noexcept {
        below += sum <= observed + slack ? 1u : 0u;
        above += sum >= observed - slack ? 1u : 0u;
        all += 1;
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

inline constexpr auto split_draws = std::uint32_t{0x53504c54};  // "SPLT"
inline constexpr auto sign_draws  = std::uint32_t{0x5349474e};  // "SIGN"

/// True where all arrangements are to be tried; `count` of them, or some number above most_arrangements.
[[nodiscard]] inline auto enumerates(resampling method, std::uint64_t count, std::uint64_t draws, std::string_view function) -> bool {
    require(draws > 0, errc::out_of_domain, function, ": draws is 0; allowed is 1 or more");
    require(method != resampling::enumerate || count <= most_arrangements, errc::out_of_domain, function, ": method is enumerate for more than ",
            most_arrangements, " arrangements; allowed are automatic and monte_carlo");
    return method != resampling::monte_carlo && count <= most_arrangements;
}

}  // namespace detail
}  // namespace hallmark::inline v0
