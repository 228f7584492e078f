// Many users at once: one p-value each, and whom to accuse so that few of the accusations are wrong.
#pragma once

#include <hallmark/audit/verdict.hpp>
#include <hallmark/error.hpp>
#include <hallmark/stats/multiplicity.hpp>

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// What is kept at alpha over the whole family of users.
enum class family_control {
    benjamini_hochberg,   ///< the share of wrong accusations, on average; users may share their nulls
    benjamini_yekutieli,  ///< the same whatever the dependence
    holm,                 ///< the chance of any wrong accusation, whatever the dependence
};

[[nodiscard]] constexpr auto name_of(family_control f) noexcept -> std::string_view {
    switch (f) {
        case family_control::benjamini_hochberg:
            return "Benjamini-Hochberg";
        case family_control::benjamini_yekutieli:
            return "Benjamini-Yekutieli";
        case family_control::holm:
            return "Holm";
    }
    return "";
}

/// One verdict for each user, from that user's own verdict (of any audit, at any alpha): p_value and smallest_p become adjusted for the whole
/// family, and the outcome is decided by them at `alpha`, with too_few_nulls silenced where the user's own verdict says so. A verdict that is not valid stays
/// so, and counts as one of the family with p = 1: its own p must not make room for others.
///
/// Population p-values of users who share their nulls are positively dependent in the way that Benjamini-Hochberg allows (Bates, Candès, Lei,
/// Romano & Sesia 2023). For millions of users, take
/// conformal_p_values (stats/conformal.hpp) and benjamini_hochberg: the same p-values without the words. Choose the family before looking: leaving out users
/// who look innocent is a choice made after seeing the answers. Throws errc::empty_input without users, errc::out_of_domain for alpha outside (0, 1). O(m log
/// m).
[[nodiscard]] inline auto many_users_audit(std::span<verdict const> users, double alpha, family_control control = family_control::benjamini_hochberg)
    -> std::vector<verdict> {
    constexpr std::string_view who = "hallmark::many_users_audit";
    detail::require_alpha(alpha, who);
    detail::require(!users.empty(), errc::empty_input, who, ": there are no users");
    std::vector<double> p, least;
    for (auto const& v : users) {
        auto const valid = v.outcome != decision::not_valid;
        p.push_back(valid ? v.p_value : 1.0);
        least.push_back(valid ? v.smallest_p : 1.0);
    }
    auto const adjust = [control](std::vector<double> const& x) {
        return control == family_control::holm ? holm(x) : control == family_control::benjamini_yekutieli ? benjamini_yekutieli(x) : benjamini_hochberg(x);
    };
    auto const           adjusted = adjust(p), adjusted_least = adjust(least);
    std::vector<verdict> out(users.begin(), users.end());
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto& v   = out[i];
        v.audit   = detail::sentence(v.audit, ", one of ", users.size(), " users (", name_of(control), ")");
        v.alpha   = alpha;
        v.p_value = adjusted[i];
        if (v.outcome == decision::not_valid) {
            continue;
        }
        v.smallest_p = adjusted_least[i];  // if everybody came out as low as possible
        detail::decide_again(v);
    }
    return out;
}

}  // namespace hallmark::inline v0
