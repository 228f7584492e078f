// hallmark test: a hypothesis test on numbers from files.
#include "cli.hpp"
#include "numbers.hpp"

#include <hallmark/stats/binomial.hpp>
#include <hallmark/stats/kolmogorov_smirnov.hpp>
#include <hallmark/stats/mann_whitney.hpp>
#include <hallmark/stats/paired_t.hpp>
#include <hallmark/stats/permutation.hpp>
#include <hallmark/stats/rank.hpp>
#include <hallmark/stats/sign.hpp>
#include <hallmark/stats/welch.hpp>

#include <map>

namespace cli {
namespace {
struct test_options {
    CLI::App*     app = nullptr;
    std::string   name, x, y, column, side, method = "auto", continuity = "on";
    bool          paired    = false;
    double        margin    = 0.0;
    std::uint64_t successes = 0, trials = 0;
    double        p0 = 0.0;
};

/// What each test can be asked; anything else that is given is refused, not ignored.
struct abilities {
    bool two_samples, one_sample, method, continuity, margin, paired;
};
std::map<std::string, abilities> const all_tests = {
    {"welch", {true, false, false, false, false, false}},      {"paired-t", {true, true, false, false, true, false}},
    {"mann-whitney", {true, false, true, true, false, false}}, {"ks", {true, false, true, false, false, false}},
    {"permutation", {true, true, false, false, false, true}},  {"sign", {true, true, false, false, false, false}},
    {"binomial", {false, false, false, false, false, false}},  {"rank", {true, false, false, false, false, false}},
};

auto side_of(test_options const& o) -> hallmark::alternative {
    return o.side == "less" ? hallmark::alternative::less : o.side == "greater" ? hallmark::alternative::greater : hallmark::alternative::two_sided;
}
auto name_of_side(hallmark::alternative a) -> std::string {
    return a == hallmark::alternative::less ? "less" : a == hallmark::alternative::greater ? "greater" : "two-sided";
}

void check_options(test_options const& o) {
    auto const& can = all_tests.at(o.name);
    auto const  why = "for " + o.name;
    if (o.name == "binomial") {
        need(*o.app, {"--successes", "--trials", "--p0"}, why);
        forbid(*o.app, {"--x", "--y", "--column"}, why);
    } else {
        need(*o.app, {"--x"}, why);
        forbid(*o.app, {"--successes", "--trials", "--p0"}, why);
        if (!can.one_sample) {
            need(*o.app, {"--y"}, why);
        } else if (o.name == "permutation" && !o.paired) {
            need(*o.app, {"--y"}, "for permutation without --paired");
        }
    }
    if (o.name != "rank") {
        need(*o.app, {"--alternative"}, why + ": less, greater or two-sided");
    } else if (o.app->count("--alternative") > 0 && o.side != "greater") {
        refuse("--alternative is ", o.side, "; allowed for rank is greater");
    }
    if (!can.method) {
        forbid(*o.app, {"--method"}, why);
    }
    if (!can.continuity) {
        forbid(*o.app, {"--continuity"}, why);
    }
    if (!can.margin) {
        forbid(*o.app, {"--margin"}, why);
    }
    if (!can.paired) {
        forbid(*o.app, {"--paired"}, why);
    }
}

/// Of a test that takes one sample or two.
template <class Test>
auto one_or_two(Test const& t, std::vector<double> const& x, std::vector<double> const& y, bool two, hallmark::alternative side) -> hallmark::test_result {
    return two ? t(x, y, side) : t(x, side);
}

/// The number itself, or the one number in a file.
auto observed_score(test_options const& o) -> double {
    double value = 0.0;
    if (CLI::detail::lexical_cast(o.x, value)) {
        return value;
    }
    auto const x = read_sequence(o.x, o.column);
    if (x.size() != 1) {
        refuse("--x of rank is one score, and ", quote(o.x), " has ", x.size());
    }
    return x.front();
}

auto run_rank(test_options const& o) -> answer {
    auto const r = hallmark::rank_test(observed_score(o), read_sequence(o.y, o.column));
    answer     a;
    a.json["test"]        = o.name;
    a.json["statistic"]   = r.hits;
    a.json["p_value"]     = r.p_value;
    a.json["n"]           = r.nulls;
    a.json["alternative"] = "greater";
    a.json["smallest_p"]  = r.smallest_p;
    a.text = sentence("rank: ", r.hits, " of ", r.nulls, " nulls reach the score, p = ", r.p_value, " (the least possible is ", r.smallest_p, ")\n");
    return a;
}

auto compute(test_options const& o) -> hallmark::test_result {
    auto const side = side_of(o);
    if (o.name == "binomial") {
        return hallmark::binomial_test(o.successes, o.trials, o.p0, side);
    }
    auto const two    = !o.y.empty();
    auto const x      = read_sequence(o.x, o.column);
    auto const y      = two ? read_sequence(o.y, o.column) : std::vector<double>{};
    auto const method = o.method == "exact"        ? hallmark::tail_method::exact
                        : o.method == "asymptotic" ? hallmark::tail_method::asymptotic
                                                   : hallmark::tail_method::automatic;
    if (o.name == "welch") {
        return hallmark::welch_t{}(x, y, side);
    }
    if (o.name == "paired-t") {
        return one_or_two(hallmark::paired_t{o.margin}, x, y, two, side);
    }
    if (o.name == "mann-whitney") {
        return hallmark::mann_whitney{method, o.continuity == "on"}(x, y, side);
    }
    if (o.name == "ks") {
        return hallmark::kolmogorov_smirnov{method}(x, y, side);
    }
    if (o.name == "sign") {
        return one_or_two(hallmark::sign_test{}, x, y, two, side);
    }
    return o.paired ? one_or_two(hallmark::sign_flip_test{}, x, y, two, side) : hallmark::permutation_test{}(x, y, side);
}

auto run(test_options const& o) -> answer {
    check_options(o);
    if (o.name == "rank") {
        return run_rank(o);
    }
    auto const r = compute(o);
    answer     a;
    a.json["test"]        = o.name;
    a.json["statistic"]   = r.statistic;
    a.json["p_value"]     = r.p_value;
    a.json["n"]           = r.n;
    a.json["alternative"] = name_of_side(r.alt);
    a.text                = sentence(o.name, ", ", name_of_side(r.alt), ": statistic = ", r.statistic, ", p = ", r.p_value, ", n = ", r.n, "\n");
    return a;
}
}  // namespace

void add_test(CLI::App& app, session& s) {
    auto                     c = command<test_options>(app, s, "test", "Runs one hypothesis test on numbers from .npy or CSV files.",
                                   "hallmark test mann-whitney --x members.csv --y nulls.csv --alternative greater --json", run);
    std::vector<std::string> names;
    for (auto const& [name, unused] : all_tests) {
        names.push_back(name);
    }
    c.app->add_option("NAME", c->name, "Which test.")->required()->check(CLI::IsMember(names));
    c.app->add_option("--x", c->x, "The first sample; for rank the one observed score, as a number or a file.");
    c.app->add_option("--y", c->y, "The second sample; for rank the null scores. paired-t, sign and permutation --paired also take --x alone.");
    c.app->add_option("--column", c->column, "The column to take from CSV files that have several.");
    c.app->add_option("--alternative", c->side, "The side to look at: is x less, greater, or either. For ks the sides are those of the distribution functions.")
        ->check(CLI::IsMember({"less", "greater", "two-sided"}));
    c.app->add_option("--method", c->method, "How mann-whitney and ks find the tail.")
        ->check(CLI::IsMember({"exact", "asymptotic", "auto"}))
        ->capture_default_str();
    c.app->add_option("--continuity", c->continuity, "The continuity correction of mann-whitney's normal approximation.")
        ->check(CLI::IsMember({"on", "off"}))
        ->capture_default_str();
    c.app->add_flag("--paired", c->paired, "permutation: flip the signs of pairs instead of splitting the values anew.");
    c.app->add_option("--margin", c->margin, "paired-t: the mean difference under the null hypothesis.")->capture_default_str();
    c.app->add_option("--successes", c->successes, "binomial: how many trials came out.")->check(whole_number());
    c.app->add_option("--trials", c->trials, "binomial: how many there were.")->check(whole_number());
    c.app->add_option("--p0", c->p0, "binomial: the chance of each under the null hypothesis.");
}

}  // namespace cli
