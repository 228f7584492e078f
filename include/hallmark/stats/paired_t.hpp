// The paired t test, with a margin: is the mean difference of pairs more than so much?
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
#include <vector>

namespace hallmark::inline v0 {

/// H0: mean(a - b) = margin, for independent pairs with normal differences. `greater`: the mean
/// difference is above the margin; `less`: below; `two_sided`: either. A margin above 0 asks for more
/// than a trace, in the unit of the values.
///
/// The statistic is t with n - 1 degrees of freedom and n is the number of pairs, 2 or more, whose
/// differences are not all equal. The normal shape is an assumption; sign_flip_test needs none. O(n) time and space.
/// Throws errc::shape_mismatch, errc::empty_input, errc::out_of_domain, errc::not_a_number. Source: Student 1908.
struct paired_t {
    double margin = 0.0;

    [[nodiscard]] auto operator()(std::span<double const> a, std::span<double const> b, alternative alt) const -> test_result {
        return result(differences(a, b), alt);
    }

    /// The same for one sample: H0 is mean(x) = margin.
    [[nodiscard]] auto operator()(std::span<double const> x, alternative alt) const -> test_result {
        detail::require_sample(x, "hallmark::paired_t", "x", 2);
        return result(x, alt);
    }

    /// The natural logarithm of p, also where p itself is too small for a double. Errors as above.
    [[nodiscard]] auto log_p_value(std::span<double const> a, std::span<double const> b, alternative alt) const -> double {
        return log_result(differences(a, b), alt);
    }
    [[nodiscard]] auto log_p_value(std::span<double const> x, alternative alt) const -> double {
        detail::require_sample(x, "hallmark::paired_t", "x", 2);
        return log_result(x, alt);
    }

private:
    static auto differences(std::span<double const> a, std::span<double const> b) -> std::vector<double> {
        detail::require_pairs(a, b, "hallmark::paired_t", 2);
        auto out = std::vector<double>(a.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            out[i] = a[i] - b[i];
        }
        return out;
    }

    [[nodiscard]] auto studentised(std::span<double const> x) const -> double {
        detail::require_finite(margin, "hallmark::paired_t", "margin");
        auto const n = static_cast<double>(x.size());
        auto const m = detail::moments_about(x, x.front());
        detail::require(!(m.variance < detail::least_variance), errc::out_of_domain,
                        "hallmark::paired_t: all differences are equal, to 1e-152; t needs a variance above 0");
        auto const t = (m.mean + (x.front() - margin)) / std::sqrt(m.variance / n);
        detail::require(detail::is_finite(m.variance) && detail::is_finite(t), errc::out_of_domain,
                        "hallmark::paired_t: the values are too large; allowed are values whose squares are finite");
        return t;
    }

    [[nodiscard]] auto result(std::span<double const> x, alternative alt) const -> test_result {
        auto const t = studentised(x), df = static_cast<double>(x.size()) - 1.0;
        return {t, detail::p_of_side(detail::student_t_upper(-t, df), detail::student_t_upper(t, df), alt), x.size(), alt};
    }

    [[nodiscard]] auto log_result(std::span<double const> x, alternative alt) const -> double {
        auto const t = studentised(x), df = static_cast<double>(x.size()) - 1.0;
        return detail::log_p_of_side(detail::log_student_t_upper(-t, df), detail::log_student_t_upper(t, df), alt);
    }
};
static_assert(two_sample_test<paired_t> && one_sample_test<paired_t>);

}  // namespace hallmark::inline v0
