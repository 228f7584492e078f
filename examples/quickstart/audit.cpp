// The two audits of quickstart, from hallmark's parts.
#include "audit.hpp"

#include "shuffle.hpp"

#include <hallmark/aggregate/mean.hpp>
#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/population.hpp>
#include <hallmark/signal/batched.hpp>
#include <hallmark/signal/cross_entropy.hpp>
#include <hallmark/stats/multiplicity.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace quickstart {
namespace {

constexpr auto        signal     = hallmark::neg_cross_entropy{};
constexpr std::size_t batch_size = 256;

/// The mean of each run of `k` scores; a shorter run at the end is left out.
auto means_of(std::span<double const> scores, std::size_t k) -> std::vector<double> {
    std::vector<double> out;
    for (std::size_t first = 0; first + k <= scores.size(); first += k) {
        hallmark::mean m;
        for (auto s : scores.subspan(first, k)) {
            m.push(s);
        }
        out.push_back(m.value());
    }
    return out;
}

/// Sets of held-out pictures of one class after another. A class is shuffled and cut into sets that share nothing; when it
/// is used up it is shuffled again.
auto score_nulls(classifier& model, dealt const& d, hallmark::marker const& mark, options const& o, progress& bar) -> null_scores {
    null_scores              out;
    hallmark::batched_scorer scorer(model, signal, batch_size);
    out.per_class = o.nulls_per_class;
    for (auto const label : out.classes = d.users_classes()) {
        auto const&                    pool   = d.held_out[label];
        auto const                     rounds = pool.samples() / o.per_user;  // sets in one round
        std::vector<std::size_t> const labels(o.per_user, label);
        std::vector<std::size_t>       order;
        for (std::size_t set = 0; set < o.nulls_per_class; ++set) {
            if (set % rounds == 0) {
                order = shuffled(pool.samples(), draws_for(o.seed, stage::null_sets, label * o.nulls_per_class + set));
            }
            auto const which  = std::span<std::size_t const>(order).subspan(set % rounds * o.per_user, o.per_user);
            auto const other  = "null " + std::to_string(label) + " " + std::to_string(set);  // a user of his own, so a pattern of his own
            auto const marked = mark(take(pool, which), other);
            scorer.push(marked.view(), labels);
            bar.advance();
        }
        out.disjoint.push_back(std::min(rounds, o.nulls_per_class));
    }
    out.pictures = scorer.take();
    out.sets     = means_of(out.pictures, o.per_user);
    return out;
}

/// Many users, many chances of a false alarm: the rate is kept over all of them.
void adjust(std::vector<user_findings>& users, finding user_findings::*which, double level) {
    std::vector<double> p;
    for (auto const& u : users) {
        p.push_back((u.*which).verdict.p_value);
    }
    auto const adjusted = hallmark::benjamini_hochberg(p);
    for (std::size_t i = 0; i < users.size(); ++i) {
        (users[i].*which).adjusted_p = adjusted[i];
        (users[i].*which).flagged    = adjusted[i] <= level;
    }
}

auto separation_of(std::string what, std::span<double const> members, std::span<double const> nulls) -> separation {
    return {std::move(what), members.size(), nulls.size(), hallmark::auc(members, nulls), hallmark::tpr_at_fpr(members, nulls, 0.0)};
}

}  // namespace

auto audit_steps(dealt const& d, options const& o) -> std::size_t { return d.users_classes().size() * o.nulls_per_class + d.users.size() * (o.withheld + 1); }

auto audit(classifier& model, dealt const& d, hallmark::marker const& mark, options const& o, progress& bar) -> audit_result {
    auto const choice = hallmark::counterfactual_options{o.level, static_cast<std::uint32_t>(o.withheld), batch_size, 0, {}};

    audit_result out{};
    out.nulls = score_nulls(model, d, mark, o, bar);
    for (std::size_t i = 0; i < d.users.size(); ++i) {
        auto const&                    u = d.users[i];
        std::vector<std::size_t> const labels(u.originals.samples(), u.label);

        auto const scores = hallmark::score_versions(model, mark, u.originals, labels, i, choice, signal, [&](std::size_t, std::size_t) { bar.advance(); });
        auto const exact  = hallmark::counterfactual_audit(scores, mark.design(), o.level);

        // Version 0 is what the user published, so its score is the user's score in the population audit as well.
        // He is compared with sets of his own class only: to a network some classes are easy, and a set of an easy class stands out
        // among sets of all classes without having been trained on.
        auto const at    = static_cast<std::size_t>(std::find(out.nulls.classes.begin(), out.nulls.classes.end(), u.label) - out.nulls.classes.begin());
        auto const nulls = std::span(out.nulls.sets).subspan(at * out.nulls.per_class, out.nulls.per_class);
        auto const rank  = hallmark::population_audit(exact.statistic, nulls, {o.level, u.originals.samples(), out.nulls.disjoint[at]});

        auto const published = scores.version(0);
        out.member_pictures.insert(out.member_pictures.end(), published.begin(), published.end());
        out.members.push_back(exact.statistic);
        out.users.push_back({{exact, 1.0, false}, {rank, 1.0, false}});
    }
    adjust(out.users, &user_findings::counterfactual, o.level);
    adjust(out.users, &user_findings::population, o.level);
    return out;
}

auto compare(classifier& model, dealt const& d, audit_result const& done, options const& o) -> std::vector<separation> {
    // Held-out pictures without a mark, as many of each class: whole sets, fifty at most.
    auto sets = std::size_t{50};
    for (auto const& pool : d.held_out) {
        sets = std::min(sets, pool.samples() / o.per_user);
    }
    auto const          per_class = sets * o.per_user;
    std::vector<double> members   = hallmark::score_samples(model, d.common.images, d.common.labels, signal, batch_size);
    std::vector<double> others;
    for (std::size_t label = 0; label < d.held_out.size(); ++label) {
        std::vector<std::size_t> const labels(per_class, label);
        auto const                     scores = hallmark::score_samples(model, d.held_out[label].view().slice(0, per_class), labels, signal, batch_size);
        others.insert(others.end(), scores.begin(), scores.end());
    }
    return {separation_of("unmarked pictures, one by one", members, others),
            separation_of("marked pictures, one by one", done.member_pictures, done.nulls.pictures),
            separation_of("unmarked pictures, in sets of " + std::to_string(o.per_user), means_of(members, o.per_user), means_of(others, o.per_user)),
            separation_of("marked pictures, in sets of " + std::to_string(o.per_user), done.members, done.nulls.sets)};
}

}  // namespace quickstart
