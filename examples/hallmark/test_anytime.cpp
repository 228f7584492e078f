// hallmark test sequential-rank|coin-process|betting-process: numbers taken one by one, in the order of the file.
#include "numbers.hpp"
#include "test_options.hpp"

#include <hallmark/stats/betting_process.hpp>
#include <hallmark/stats/coin_process.hpp>
#include <hallmark/stats/mean_sequence.hpp>
#include <hallmark/stats/sequential_rank.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace cli {
namespace {
/// An e-process that has seen every number, and after how many it first rejected.
template <hallmark::e_process Process>
struct watched {
    Process                    process;
    double                     alpha;
    std::optional<std::size_t> rejected_at = {};

    void push(typename Process::observation x) {
        process.push(x);
        if (!rejected_at && process.rejects(alpha)) {
            rejected_at = process.count();
        }
    }
    [[nodiscard]] auto answer_of(test_options const& o, std::string const& side) const -> answer {
        answer a;
        a.json["test"]        = o.name;
        a.json["statistic"]   = process.highest_log_e();
        a.json["p_value"]     = process.p_value();
        a.json["log_p_value"] = -process.highest_log_e();
        a.json["n"]           = process.count();
        a.json["alternative"] = side;
        a.json["e_value"]     = std::exp(process.log_e());  // null where infinite
        a.json["log_e_value"] = process.log_e();
        a.json["alpha"]       = alpha;
        a.json["rejected"]    = rejected_at.has_value();
        a.json["rejected_at"] = nullptr;
        a.text                = sentence(o.name, ", ", side, ": e = ", power_text(std::exp(process.log_e()), process.log_e()), " after ", process.count(),
                                         " numbers, p = ", power_text(process.p_value(), -process.highest_log_e()), "; ");
        if (rejected_at) {
            a.json["rejected_at"] = *rejected_at;
            a.text += sentence("rejected at ", alpha, " after ", *rejected_at, "\n");
        } else {
            a.text += sentence("not rejected at ", alpha, "\n");
        }
        return a;
    }
};
}  // namespace

auto run_sequential_rank(test_options const& o) -> answer {
    auto const  score = observed_score(o);
    auto        rank  = hallmark::sequential_rank(score, o.stop_hits, o.most);
    auto const  nulls = read_sequence(o.y, o.column);
    std::size_t hits  = 0;
    for (auto const null : nulls) {
        if (!rank.stopped()) {
            rank.push(null);
            hits += null >= score ? 1u : 0u;
        }
    }
    if (!rank.stopped()) {
        refuse(quote(o.y), " has ", nulls.size(), " nulls, fewer than --most ", o.most, ", and ", hits, " of the ", o.stop_hits,
               " of --stop-hits reach the score; supply more nulls or lower --most");
    }
    auto const r = rank.result();
    auto       a = answer_of(r, o.name);
    a.text = sentence("sequential-rank: stopped after ", r.nulls, " nulls, of which ", r.hits, " reach the score, p = ", r.p_value, " (the least possible is ",
                      r.smallest_p, ")\n");
    return a;
}

namespace {
void check_alpha(test_options const& o) {
    if (!(o.alpha > 0.0 && o.alpha < 1.0)) {
        refuse("--alpha is ", o.alpha, "; allowed is a number between 0 and 1, both left out");
    }
}
}  // namespace

auto run_coin_process(test_options const& o) -> answer {
    check_alpha(o);
    for (auto const& [name, value] : {std::pair("--prior-a", o.prior_a), std::pair("--prior-b", o.prior_b)}) {
        if (!(value >= 0.01 && value <= 1e6)) {
            refuse(name, " is ", value, "; allowed is 0.01 to 1000000");
        }
    }
    auto       coins = watched<hallmark::coin_process>{{o.prior_a, o.prior_b}, o.alpha};
    auto const x     = read_sequence(o.x, o.column);
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (x[i] != 0.0 && x[i] != 1.0) {
            refuse("element ", i, " of ", quote(o.x), " is ", x[i], "; allowed for coin-process are 1, a win, and 0, a loss");
        }
        coins.push(x[i] == 1.0);
    }
    auto a         = coins.answer_of(o, "greater");
    a.json["wins"] = coins.process.wins();
    return a;
}

auto run_betting_process(test_options const& o) -> answer {
    if (o.side == "two-sided") {
        refuse("--alternative is two-sided; allowed for betting-process are less and greater");
    }
    check_alpha(o);
    auto const less    = o.side == "less";
    auto       upward  = hallmark::betting_process(o.mean, o.lower, o.upper);
    auto       mean    = hallmark::mean_sequence(o.confidence, o.lower, o.upper);
    auto       process = watched<hallmark::betting_process>{less ? hallmark::betting_process(-o.mean, -o.upper, -o.lower) : upward, o.alpha};
    for (auto const x : read_sequence(o.x, o.column)) {
        mean.push(x);  // first: it complains of a number out of bounds as the file has it
        process.push(less ? -x : x);
    }
    auto       a         = process.answer_of(o, o.side);
    auto const range     = mean.interval();
    a.json["interval"]   = {{"lower", range.lower}, {"upper", range.upper}};
    a.json["confidence"] = o.confidence;
    a.text += sentence("mean between ", range.lower, " and ", range.upper, " with confidence ", o.confidence, ", whenever one looks\n");
    return a;
}

}  // namespace cli
