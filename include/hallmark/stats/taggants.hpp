// The certificate of data taggants: how many secret key pictures does a model label as only a model trained on the data would?
#pragma once

#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/tail.hpp>

#include <cstddef>

namespace hallmark::inline v0 {

struct taggants_result {
    std::size_t hits;         ///< keys whose label is among the model's top k
    std::size_t keys;         ///< m
    double      chance;       ///< k/C: of each key to hit by lot
    double      p_value;      ///< P(Bin(m, k/C) >= hits)
    double      log_p_value;  ///< its natural logarithm, also where p_value is 0

    friend auto operator==(taggants_result const&, taggants_result const&) -> bool = default;
};

/// H0: the model does not depend on the keys' labels. Each label was drawn uniformly from `classes`, independently of the others and of everything the
/// model could know; then, whatever the model answers to a key picture, its label is among the k answers with chance k/C. Exact for every model. Larger =
/// member.
///
/// The labels must have been drawn by lot and fixed before the data was published; labels chosen by hand, or
/// keys left out afterwards, void it. O(1). Throws errc::empty_input for keys = 0, errc::out_of_domain for more than 2^53 keys, hits > keys, or top_k not in 1
/// ... classes. Source: Bouaziz, El-Mhamdi & Usunier 2024.
[[nodiscard]] inline auto taggants_certificate(std::size_t hits, std::size_t keys, std::size_t top_k, std::size_t classes) -> taggants_result {
    detail::require_count(keys, "hallmark::taggants_certificate", "keys");
    detail::require(hits <= keys, errc::out_of_domain, "hallmark::taggants_certificate: hits is ", hits, "; allowed is 0 to keys = ", keys);
    detail::require(top_k >= 1 && top_k <= classes, errc::out_of_domain, "hallmark::taggants_certificate: top_k is ", top_k,
                    "; allowed is 1 to classes = ", classes);
    auto const chance = static_cast<double>(top_k) / static_cast<double>(classes);
    return {hits, keys, chance, detail::binomial_upper(hits, keys, chance), detail::log_binomial_upper(hits, keys, chance)};
}

}  // namespace hallmark::inline v0
