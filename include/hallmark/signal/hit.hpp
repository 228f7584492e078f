// Label-only signals: is the label the model's answer, or among its best k?
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/signal/concept.hpp>

#include <cstddef>

namespace hallmark::inline v0 {

/// 1 where fewer than k other classes have a logit as large as the label's, else 0. Ties count as misses: a model
/// that answers everything alike is no evidence. With k of at least `classes` it is always 1. The hits that
/// Data Taggants counts (Bouaziz et al. 2024).
class top_k_hit {
public:
    explicit top_k_hit(std::size_t k = 5) : k_(k) { detail::require(k >= 1, errc::out_of_domain, "hallmark::top_k_hit: k is 0; allowed is 1 or more"); }

    [[nodiscard]] auto k() const noexcept -> std::size_t { return k_; }

    template <class Scalar>
    [[nodiscard]] auto operator()(logit_row<Scalar> z, std::size_t label) const noexcept -> double {
        std::size_t ahead = 0;
        for (std::size_t c = 0; c < z.classes; ++c) {
            ahead += c != label && z[c] >= z[label] ? 1u : 0u;
        }
        return ahead < k_ ? 1.0 : 0.0;
    }

private:
    std::size_t k_;
};
static_assert(signal<top_k_hit>);

/// 1 where the label's logit is larger than all others, else 0: the gap attack (Yeom et al. 2018). Ties are misses.
struct correct {
    template <class Scalar>
    [[nodiscard]] auto operator()(logit_row<Scalar> z, std::size_t label) const noexcept -> double {
        double best = 1.0;
        for (std::size_t c = 0; c < z.classes; ++c) {
            best = c != label && z[c] >= z[label] ? 0.0 : best;
        }
        return best;
    }
};
static_assert(signal<correct>);

}  // namespace hallmark::inline v0
