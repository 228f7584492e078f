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

/// Which version of each picture a model is asked about in each of withheld + 1 rounds. A set with one key stands at one place: all pictures in the order of
/// asking_order. Pictures with keys of their own each have a place of their own: asked about version after version, a model that answers higher from one round
/// to the next would give all pictures to one side, and it would look like as many independent coins.
class asking_rounds {
public:
    /// `samples`: the number of each picture, as when it was marked. `withheld` is at most 2^32 - 2. Throws errc::out_of_domain.
    asking_rounds(secret_key const& key, user_id user, key_design design, std::uint32_t withheld, std::span<std::uint64_t const> samples)
        : withheld_(withheld), place_(samples.size()) {
        detail::require(withheld < 0xffffffffu, errc::out_of_domain, "hallmark::asking_rounds: withheld is ", withheld, "; allowed is up to 4294967294");
        auto const of_user = user_key(key, user);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            auto draws = of_user.open(0, purpose::audit, design == key_design::shared ? 0 : samples[i]);
            place_[i]  = uniform_between(draws, 0, withheld);
        }
    }
    [[nodiscard]] auto rounds() const noexcept -> std::uint32_t { return withheld_ + 1; }
    [[nodiscard]] auto pictures() const noexcept -> std::size_t { return place_.size(); }
    /// The version of picture i in round `round`.
    [[nodiscard]] auto version(std::size_t i, std::uint32_t round) const noexcept -> std::uint32_t {
        return round == place_[i] ? 0 : round < place_[i] ? round + 1 : round;
    }

private:
    std::uint32_t              withheld_;
    std::vector<std::uint32_t> place_;  // the round of the published version
};

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

/// Scores versions that `make(round)` makes: a batch of all pictures, each in the version of `rounds`. The scores come back by version. Else as above; memory
/// besides for one more number for each score.
template <model Model, class Make, signal Signal, class Progress = detail::no_progress>
[[nodiscard]] auto score_versions(Model&& m, asking_rounds const& rounds, Make&& make, std::span<std::size_t const> labels, std::size_t batch_size,
                                  Signal const& s, Progress&& progress = {}) -> version_scores {
    detail::require(rounds.pictures() == labels.size(), errc::shape_mismatch, "hallmark::score_versions: the rounds are of ", rounds.pictures(),
                    " pictures and there are ", labels.size(), " labels");
    batched_scorer      scorer(m, s, batch_size);
    auto const          samples = labels.size();
    version_scores      out{samples, std::vector<double>(samples * rounds.rounds()), std::vector<double>(rounds.rounds(), 0.0)};
    std::vector<double> looks(out.values.size());
    for (std::uint32_t round = 0; round < rounds.rounds(); ++round) {
        auto const& pictures = make(round);
        detail::with_view(pictures, [&](auto v) {
            scorer.push(v, labels);
            for (std::size_t i = 0; i < samples; ++i) {
                looks[rounds.version(i, round) * samples + i] = detail::mean_level(v.slice(i, 1));
            }
        });
        progress(std::size_t{round} + 1, std::size_t{rounds.rounds()});
    }
    auto const asked = scorer.take();
    for (std::uint32_t round = 0; round < rounds.rounds(); ++round) {
        for (std::size_t i = 0; i < samples; ++i) {
            out.values[rounds.version(i, round) * samples + i] = asked[round * samples + i];
        }
    }
    for (std::size_t at = 0; at < looks.size(); ++at) {
        out.blind[at / samples] += looks[at] / static_cast<double>(samples);
    }
    return out;
}

/// Scores the published and options.withheld other versions of the originals: `marker` marks them again and again, and the model is asked about each, in the
/// order of asking_order, or where pictures have keys of their own that of asking_rounds.
template <class Marker, model Model, tensor Pictures, signal Signal = neg_cross_entropy, class Progress = detail::no_progress>
[[nodiscard]] auto score_versions(Model&& m, Marker const& marker, Pictures const& originals, std::span<std::size_t const> labels, user_id user,
                                  counterfactual_options const& options, Signal const& s = {}, Progress&& progress = {}) -> version_scores {
    constexpr std::string_view who = "hallmark::score_versions";
    detail::require(options.withheld >= 1, errc::out_of_domain, who, ": options.withheld is 0; allowed is 1 or more withheld keys");
    detail::require(options.withheld < 0xffffffffu, errc::out_of_domain, who, ": options.withheld is ", options.withheld, "; allowed is up to 4294967294");
    return detail::with_view(originals, [&](auto v) {
        image_batch<typename std::remove_cvref_t<decltype(v)>::value_type> marked(v.samples(), v.channels(), v.height(), v.width());
        if (marker.design() == key_design::independent) {
            detail::require(options.samples.empty() || options.samples.size() == v.samples(), errc::shape_mismatch, who, ": options.samples has ",
                            options.samples.size(), " numbers for ", v.samples(), " pictures");
            std::vector<std::uint64_t> numbers(options.samples.begin(), options.samples.end());
            for (std::size_t i = numbers.size(); i < v.samples(); ++i) {
                numbers.push_back(options.first_sample + i);
            }
            detail::require_unit_pixels(v, who);  // here, where a sentence can say which picture it is: they are marked one at a time
            auto const rounds = asking_rounds(marker.key(), user, key_design::independent, options.withheld, numbers);
            auto const make   = [&](std::uint32_t round) -> auto const& {
                  for (std::size_t i = 0; i < numbers.size(); ++i) {
                      marker.into(marked.view().slice(i, 1), v.slice(i, 1), user, mark_options{rounds.version(i, round), numbers[i], {}});
                }
                  return marked;
            };
            return score_versions(m, rounds, make, labels, options.batch_size, s, progress);
        }
        auto const make = [&](std::uint32_t version) -> auto const& {
            marker.into(marked, v, user, mark_options{version, options.first_sample, options.samples});
            return marked;
        };
        return score_versions(m, asking_order(marker.key(), user, options.withheld), make, labels, options.batch_size, s, progress);
    });
}

}  // namespace hallmark::inline v0
