// Welch's t test: do two independent samples with unequal variances have the same mean?
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/moments.hpp>
#include <hallmark/stats/side.hpp>
#include <hallmark/stats/tail.hpp>

#include <cmath>
#include <cstddef>
#include <span>

namespace hallmark::inline v0 {

/// H0: mean(a) = mean(b), for independent samples from normal distributions with any variances.
/// `greater`: mean(a) is above mean(b); `less`: below; `two_sided`: either.
///
/// The statistic is t and n is the number of values in both samples. Approximate: the degrees of
/// freedom are Welch's, and the normal shape is an assumption; permutation_test needs neither. Both
/// samples need two values, and one of them two different ones. O(n).
/// Throws errc::empty_input, errc::out_of_domain, errc::not_a_number. Source: Welch 1947.
struct welch_t {
    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        auto const s = studentised(a, b);
        auto const p = detail::p_of_side(detail::student_t_upper(-s.t, s.df), detail::student_t_upper(s.t, s.df), alt);
        return {s.t, p, a.size() + b.size(), alt};
    }

    /// The natural logarithm of p, also where p itself is too small for a double. Errors as above.
    [[nodiscard]] auto log_p_value(std::span<double const> a, std::span<double const> b, alternative alt) const -> double {
        auto const s = studentised(a, b);
        return detail::log_p_of_side(detail::log_student_t_upper(-s.t, s.df), detail::log_student_t_upper(s.t, s.df), alt);
    }

private:
    struct statistic {
        double t, df;
    };
    static auto studentised(std::span<double const> a, std::span<double const> b) -> statistic {
        auto const na = static_cast<double>(a.size()), nb = static_cast<double>(b.size());
        auto const few = a.size() < 2 || b.size() < 2;
        auto const ma = few ? detail::moments{} : detail::moments_about(a, a.front()), mb = few ? detail::moments{} : detail::moments_about(b, a.front());
        if (few || !detail::is_finite(ma.variance) || !detail::is_finite(mb.variance)) [[unlikely]] {  // only then, so that samples are read from memory once
            detail::require_sample(a, "hallmark::welch_t", "a", 2);
            detail::require_sample(b, "hallmark::welch_t", "b", 2);
        }
        auto const va = ma.variance / na, vb = mb.variance / nb;
        detail::require(!(va + vb < detail::least_variance), errc::out_of_domain,
                        "hallmark::welch_t: all values of a are equal, to 1e-152, and so are those of b; t needs a variance above 0");
        auto const t = (ma.mean - mb.mean) / std::sqrt(va + vb);
        // (va + vb)^2 / (va^2/(na - 1) + vb^2/(nb - 1)), by shares, so that no square over- or underflows.
        auto const sa = va / (va + vb), sb = vb / (va + vb);
        auto const df = 1.0 / (sa * sa / (na - 1.0) + sb * sb / (nb - 1.0));
        detail::require(detail::is_finite(t) && detail::is_finite(df), errc::out_of_domain,
                        "hallmark::welch_t: the values are too large; allowed are values whose squares are finite");
        return {t, df};
    }
};
static_assert(two_sample_test<welch_t>);

}  // namespace hallmark::inline v0
