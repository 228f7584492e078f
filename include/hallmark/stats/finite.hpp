// The one place where samples are checked at the door: size, NaN, infinity, equal lengths.
#pragma once

#include <hallmark/error.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hallmark::inline v0::detail {

// Reads the exponent bits, because -ffast-math turns std::isfinite into `true`.
[[nodiscard]] constexpr auto is_finite(double x) noexcept -> bool { return (std::bit_cast<std::uint64_t>(x) >> 52 & 0x7ffu) != 0x7ffu; }

/// Integer arithmetic that compilers turn into vector code: NaN and infinity are those whose exponent overflows when 1 is added to it.
[[nodiscard]] inline auto all_finite(std::span<double const> xs) noexcept -> bool {
    auto seen = std::uint64_t{0};
    for (auto const x : xs) {
        seen |= (std::bit_cast<std::uint64_t>(x) & 0x7fffffffffffffffu) + 0x0010000000000000u;
    }
    return seen >> 63 == 0;
}

/// "NaN", "infinity" or "-infinity" for a number that is one of them; printf's words for NaN differ between machines.
[[nodiscard]] constexpr auto not_finite_name(double x) noexcept -> std::string_view {
    auto const bits = std::bit_cast<std::uint64_t>(x);
    return (bits & 0xfffffffffffffu) != 0 ? "NaN" : bits >> 63 != 0 ? "-infinity" : "infinity";
}

/// One finite number.
inline void require_finite(double x, std::string_view function, std::string_view name) {
    if (!is_finite(x)) [[unlikely]] {
        fail(errc::not_a_number, function, ": ", name, " is ", not_finite_name(x), "; allowed is a finite number");
    }
}

/// At least `least` numbers, all of them finite. O(n).
inline void require_sample(std::span<double const> xs, std::string_view function, std::string_view name, std::size_t least = 1) {
    require(!xs.empty(), errc::empty_input, function, ": ", name, " is empty; ", least, least == 1 ? " value is" : " values are", " needed at least");
    require(xs.size() >= least, errc::out_of_domain, function, ": ", name, " has ", xs.size(), xs.size() == 1 ? " value" : " values", "; at least ", least,
            " are needed");
    if (all_finite(xs)) [[likely]] {
        return;
    }
    for (std::size_t i = 0; i < xs.size(); ++i) {
        if (!is_finite(xs[i])) [[unlikely]] {
            fail(errc::not_a_number, function, ": ", name, "[", i, "] is ", not_finite_name(xs[i]), "; allowed are finite numbers");
        }
    }
}

/// Two samples whose values belong together one by one.
inline void require_pairs(std::span<double const> a, std::span<double const> b, std::string_view function, std::size_t least = 1) {
    require(a.size() == b.size(), errc::shape_mismatch, function, ": a has ", a.size(), " values and b has ", b.size(), "; pairs need equal lengths");
    require_sample(a, function, "a", least);
    require_sample(b, function, "b", least);
}

/// Counts beyond are not all doubles: two of them could be taken for one.
inline constexpr std::size_t most_counted = std::size_t{1} << 53;

/// How many trials, keys or the like were counted: 1 to 2^53.
inline void require_count(std::size_t n, std::string_view function, std::string_view name) {
    require(n > 0, errc::empty_input, function, ": ", name, " is 0; allowed is 1 or more");
    require(n <= most_counted, errc::out_of_domain, function, ": ", name, " is ", n, "; allowed is 1 to ", most_counted, " = 2^53");
}

/// A number in the closed interval [0, 1].
inline void require_fraction(double x, std::string_view function, std::string_view name) {
    require_finite(x, function, name);
    require(x >= 0.0 && x <= 1.0, errc::out_of_domain, function, ": ", name, " is ", x, "; allowed is 0 to 1");
}

/// A number in the open interval (0, 1).
inline void require_open_fraction(double x, std::string_view function, std::string_view name) {
    require_finite(x, function, name);
    require(x > 0.0 && x < 1.0, errc::out_of_domain, function, ": ", name, " is ", x, "; allowed is more than 0 and less than 1");
}

}  // namespace hallmark::inline v0::detail
