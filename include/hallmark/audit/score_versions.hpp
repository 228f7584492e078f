// Scores of the versions of a set, by asking a model about each of them in an order that the key decides.
#pragma once

#include <hallmark/audit/self_check.hpp>
#include <hallmark/audit/version_scores.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/random/key_tree.hpp>
#include <hallmark/random/uniform.hpp>
#include <hallmark/signal/batched.hpp>
#include <hallmark/signal/concept.hpp>
#include <hallmark/signal/cross_entropy.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

struct counterfactual_options {
    double                         alpha        = 0.05;  ///< accepted rate of false alarms
    std::uint32_t                  withheld     = 999;   ///< B: how many other marks to compare with; the least p is 1/(B + 1)
    std::size_t                    batch_size   = 256;   ///< pictures the model is asked about at a time
    std::uint64_t                  first_sample = 0;     ///< as in mark_options when the pictures were published
    std::span<std::uint64_t const> samples      = {};    ///< likewise
    silenced_checks                silenced     = {};
};

/// Versions 0 to `withheld` in the order in which a model is asked about them: 1, 2, …, with the published one, 0, at a place that the key decides for this
/// user and sample. Asked about first, it could be told by any model that answers its first question differently; so, it stands anywhere with equal chance.
/// `withheld` is below 2^32 − 1.
[[nodiscard]] inline auto asking_order(secret_key const& key, user_id user, std::uint32_t withheld, std::uint64_t sample = 0) -> std::vector<std::uint32_t> {
    auto       draws = user_key(key, user).open(0, purpose::audit, sample);
    auto const place = uniform_between(draws, 0, withheld);

    std::vector<std::uint32_t> order;
    for (std::uint32_t v = 1; v <= withheld; ++v) {
        order.push_back(v);
    }
    order.insert(order.begin() + place, 0);
    return order;
}

namespace detail {
/// Of all pixels, as they are: what a version looks like to somebody who does not ask the model.
template <class Scalar>
[[nodiscard]] auto mean_level(tensor_view<Scalar> v) noexcept -> double {
    double sum = 0.0;
    for (std::size_t n = 0; n < v.samples(); ++n) {
        for (std::size_t c = 0; c < v.channels(); ++c) {
            for (std::size_t h = 0; h < v.height(); ++h) {
                for (std::size_t w = 0; w < v.width(); ++w) {
                    sum += static_cast<double>(v.at(n, c, h, w));
                }
            }
        }
    }
    return sum / static_cast<double>(v.size());
}

/// Scores in the order of asking, put in the order of the versions.
[[nodiscard]] inline auto by_version(std::span<double const> asked, std::span<std::uint32_t const> order) -> std::vector<double> {
    std::vector<double> out(asked.size());
    auto const          samples = asked.size() / order.size();
    for (std::size_t i = 0; i < asked.size(); ++i) {
        out[order[i / samples] * samples + i % samples] = asked[i];
    }
    return out;
}

struct no_progress {
    void operator()(std::size_t, std::size_t) const noexcept {}
};
}  // namespace detail

/// Scores versions that `make(version)` makes: a batch of labels.size() pictures for each version in `order`, which holds 0 to its length − 1 in any order. The
/// scores come back by version, not by order. `progress(done, total)` is called after each version. Cost: versions · labels.size() queries; memory for one
/// version and one batch.
template <model Model, class Make, signal Signal, class Progress = detail::no_progress>
[[nodiscard]] auto score_versions(Model&& m, std::span<std::uint32_t const> order, Make&& make, std::span<std::size_t const> labels, std::size_t batch_size,
                                  Signal const& s, Progress&& progress = {}) -> version_scores {
    batched_scorer scorer(m, s, batch_size);
    version_scores out{labels.size(), {}, std::vector<double>(order.size())};
    std::size_t    done = 0;
    for (auto const version : order) {
        auto const& pictures = make(version);
        detail::with_view(pictures, [&](auto v) {
            scorer.push(v, labels);
            out.blind[version] = detail::mean_level(v);
        });
        progress(++done, order.size());
    }
    out.values = detail::by_version(scorer.take(), order);
    return out;
}

/// Scores the published and options.withheld other versions of the originals: `marker` marks them again and again, and the model is asked about each, in the
/// order of asking_order.
template <class Marker, model Model, tensor Pictures, signal Signal = neg_cross_entropy, class Progress = detail::no_progress>
[[nodiscard]] auto score_versions(Model&& m, Marker const& marker, Pictures const& originals, std::span<std::size_t const> labels, user_id user,
                                  counterfactual_options const& options, Signal const& s = {}, Progress&& progress = {}) -> version_scores {
    constexpr std::string_view who = "hallmark::score_versions";
    detail::require(options.withheld >= 1, errc::out_of_domain, who, ": options.withheld is 0; allowed is 1 or more withheld keys");
    detail::require(options.withheld < 0xffffffffu, errc::out_of_domain, who, ": options.withheld is ", options.withheld, "; allowed is up to 4294967294");
    return detail::with_view(originals, [&](auto v) {
        image_batch<typename std::remove_cvref_t<decltype(v)>::value_type> marked(v.samples(), v.channels(), v.height(), v.width());
        auto const                                                         make = [&](std::uint32_t version) -> auto const& {
                                                                    marker.into(marked, v, user, mark_options{version, options.first_sample, options.samples});
                                                                    return marked;
        };
        return score_versions(m, asking_order(marker.key(), user, options.withheld), make, labels, options.batch_size, s, progress);
    });
}

}  // namespace hallmark::inline v0
