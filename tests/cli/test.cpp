// hallmark test.
#include "program.hpp"

#include <support/close.hpp>

#include <hallmark/stats/mean_sequence.hpp>

#include <cmath>

namespace {
auto test(std::string const& arguments) -> ran { return hallmark_program("test " + arguments + " --json"); }

/// Two small samples without ties, in the folder as x.csv and y.csv.
struct samples {
    temp_folder folder;
    std::string x = folder / "x.csv", y = folder / "y.csv";
    samples() {
        spill(x, "score\n1.5\n2.5\n4\n5.25\n");
        spill(y, "0.5\n1\n2\n3\n");
        spill(folder / "zero.csv", "0\n1\n2\n3\n");
    }
    [[nodiscard]] auto both() const -> std::string { return " --x '" + x + "' --y '" + y + "' "; }
};

void check(ran const& r, double statistic, double p, std::size_t n) {
    CHECK(r.code == 0);
    CHECK(r.err == "");
    auto const j = r.json();
    CHECK(close(j["statistic"].get<double>(), statistic, 1e-12));
    CHECK(close(j["p_value"].get<double>(), p, 1e-9));
    CHECK(j["n"] == n);
}
}  // namespace

// Exact p-values are counts over the 70 ways to split eight values; the two t tails come from a numerical integral of the density.
TEST_CASE("each test by name") {
    samples const s;
    check(test("welch --alternative greater" + s.both()), 1.697475456347215, 0.07378779342237472, 8);
    check(test("paired-t --alternative greater" + s.both()), 6.0883328268229135, 0.004449352695256368, 4);
    check(test("mann-whitney --alternative greater" + s.both()), 13.0, 7.0 / 70.0, 8);
    check(test("mann-whitney --alternative less" + s.both()), 13.0, 66.0 / 70.0, 8);
    check(test("ks --alternative less" + s.both()), 0.5, 28.0 / 70.0, 8);
    check(test("permutation --alternative greater" + s.both()), 1.6875, 6.0 / 70.0, 8);
    check(test("permutation --paired --alternative greater" + s.both()), 1.6875, 1.0 / 16.0, 4);
    check(test("sign --alternative greater" + s.both()), 4.0, 1.0 / 16.0, 4);
    check(test("sign --alternative two-sided" + s.both()), 4.0, 2.0 / 16.0, 4);
    check(test("wilcoxon --alternative greater" + s.both()), 10.0, 1.0 / 16.0, 4);
    check(test("wilcoxon --alternative two-sided --x '" + s.x + "'"), 10.0, 2.0 / 16.0, 4);
    check(test("wilcoxon --alternative greater --zeros rank --x '" + s.folder.path() + "/zero.csv'"), 9.0, 1.0 / 8.0, 3);
    check(test("wilcoxon --alternative greater --zeros drop --x '" + s.folder.path() + "/zero.csv'"), 6.0, 1.0 / 8.0, 3);
    check(test("twins --alternative greater" + s.both()), 4.0, 1.0 / 16.0, 4);
    check(test("dataset-inference --alternative greater" + s.both()), 1.697475456347215, 0.07378779342237472, 8);
    check(test("binomial --successes 18 --trials 25 --p0 0.5 --alternative greater"), 18.0, 0.021642625331878662, 25);
    check(test("rank --x 2.5 --y '" + s.y + "'"), 1.0, 2.0 / 5.0, 4);
}

TEST_CASE("one sample, a margin, a method, no continuity") {
    samples const s;
    check(test("sign --alternative less --x '" + s.x + "'"), 4.0, 1.0, 4);
    check(test("permutation --paired --alternative greater --x '" + s.x + "'"), 3.3125, 1.0 / 16.0, 4);
    CHECK(test("paired-t --alternative greater --margin 1 " + s.both()).json()["statistic"].get<double>() <
          test("paired-t --alternative greater" + s.both()).json()["statistic"].get<double>());
    auto const p = [&](std::string const& more) { return test("mann-whitney --alternative greater " + more + s.both()).json()["p_value"].get<double>(); };
    CHECK(p("--method auto") == p("--method exact"));
    CHECK(p("--method asymptotic") != p("--method exact"));
    CHECK(test("ks --alternative less --method asymptotic" + s.both()).json()["p_value"] !=
          test("ks --alternative less --method exact" + s.both()).json()["p_value"]);
    CHECK(p("--method asymptotic --continuity off") < p("--method asymptotic --continuity on"));
    for (std::string const name : {"ks --alternative less", "wilcoxon --alternative greater"}) {
        auto const q = [&](std::string const& more) { return test(name + " --method asymptotic --continuity " + more + s.both()).json()["p_value"]; };
        CHECK(q("on") != q("off"));
    }
}

TEST_CASE("the answer names the test and its side") {
    samples const s;
    auto const    j = test("sign --alternative two-sided" + s.both()).json();
    CHECK(j["test"] == "sign");
    CHECK(j["alternative"] == "two-sided");
    CHECK(hallmark_program("test sign --alternative less" + s.both()).out == "sign, less: statistic = 4, p = 1, n = 4\n");
    CHECK(test("rank --x '" + s.x + "' --y '" + s.y + "'").err == "hallmark: --x of rank is one score, and \"" + s.x + "\" has 4\n");
}

// An option that is quietly ignored gives the p-value of another question.
TEST_CASE("what a caller can get wrong") {
    samples const s;
    auto const    file = " --x '" + s.x + "' ";
    check_refused("test welch" + s.both(), "--alternative is needed for welch: less, greater or two-sided");
    check_refused("test welch --alternative less" + file, "--y is needed for welch");
    check_refused("test permutation --alternative less" + file, "--y is needed for permutation without --paired");
    check_refused("test welch --alternative less --paired" + s.both(), "--paired is of no use for welch");
    check_refused("test sign --alternative less --method exact" + s.both(), "--method is of no use for sign");
    check_refused("test permutation --alternative less --continuity off" + s.both(), "--continuity is of no use for permutation");
    check_refused("test sign --alternative less --draws 9" + s.both(), "--draws is of no use for sign");
    check_refused("test permutation --alternative less --draws 0" + s.both(),
                  "--draws: \"0\" is not a whole number from 1 to 100000000 (see hallmark test --help)");
    check_refused("test sign --alternative less --margin 1" + s.both(), "--margin is of no use for sign");
    check_refused("test sign --alternative less --p0 0.5" + s.both(), "--p0 is of no use for sign");
    check_refused("test binomial --alternative less --trials 4 --p0 0.5", "--successes is needed for binomial");
    check_refused("test binomial --alternative less --trials 4 --p0 0.5 --successes 5", "binomial_test: successes is 5; allowed is 0 to trials = 4");
    check_refused("test rank --alternative less" + s.both(), "--alternative is less; allowed for rank is greater");
    for (std::string const name : {"mann-whitney", "ks", "wilcoxon"}) {
        check_refused("test " + name + " --alternative less --method exact --continuity off" + s.both(),
                      "--continuity is of no use with --method exact: it corrects the asymptotic tail");
    }
    auto const short_y = s.folder / "short.csv";
    spill(short_y, "1\n2\n");
    for (std::string const name : {"paired-t", "sign", "wilcoxon", "twins", "permutation --paired"}) {
        check_refused("test " + name + " --alternative less --x '" + s.x + "' --y '" + short_y + "'",
                      "--x has 4 numbers and --y 2; " + name.substr(0, name.find(' ')) + " takes pairs, so allowed are as many of one as of the other");
    }
    check_refused("test permutation --alternative less --draws 100000001" + s.both(),
                  "--draws: \"100000001\" is not a whole number from 1 to 100000000 (see hallmark test --help)");
    CHECK(test("binomial --alternative less --trials 4 --p0 0.5 --successes -1").code == 2);
    CHECK(test("student --alternative less" + s.both()).code == 2);
    CHECK(test("welch --alternative bigger" + s.both()).code == 2);
    check_refused("test sign --alternative less --x '" + s.x + "' --y '" + (s.folder / "none.csv") + "'",
                  "read_file: cannot open \"" + s.folder.path() + "/none.csv\": No such file or directory");
}

// More than 2^20 arrangements are drawn, by seed; strata are kept apart.
TEST_CASE("permutation by lot and within strata") {
    temp_folder const folder;
    std::string const x = folder / "x.csv", y = folder / "y.csv", g = folder / "g.csv";
    std::string       a, b, groups;
    for (int i = 0; i < 30; ++i) {
        a += std::to_string(100 * (i % 3) + i % 7 + 2) + "\n";
        b += std::to_string(100 * (i % 3) + i % 7) + "\n";
        groups += std::to_string(i % 3) + "\n";
    }
    spill(x, a), spill(y, b), spill(g, groups);
    auto const files = " --x '" + x + "' --y '" + y + "' ";
    auto const p     = [&](std::string const& more) { return test("permutation --alternative greater " + more + files).json()["p_value"].get<double>(); };
    CHECK(p("--draws 999 --seed 4") == p("--draws 999 --seed 4"));
    CHECK(p("--draws 999 --seed 4") != p("--draws 999 --seed 5"));
    CHECK(p("--draws 99 --paired") == 0.01);
    CHECK(p("--draws 99") > 0.2);
    CHECK(p("--draws 999 --x-groups '" + g + "' --y-groups '" + g + "'") < 0.01);
    check_refused("test permutation --alternative less --x-groups '" + g + "'" + files, "--x-groups and --y-groups of permutation go together");
    check_refused("test permutation --paired --alternative less --x-groups '" + g + "' --y-groups '" + g + "'" + files,
                  "--x-groups is of no use for permutation with --paired");
}

// p is 0 in JSON here; the logarithm beside it is what can still be compared.
TEST_CASE("the logarithm of p") {
    auto const j = test("binomial --successes 2000 --trials 2000 --p0 0.5 --alternative greater").json();
    CHECK(j["p_value"] == 0.0);
    CHECK(close(j["log_p_value"].get<double>(), -1386.2943611198907, 1e-13));

    temp_folder const folder;
    std::string       low, high, shadows, far;
    for (int i = 0; i < 1200; ++i) {
        low += std::to_string(i) + "\n", high += std::to_string(10'000 + i) + "\n";
    }
    for (int i = 0; i < 200; ++i) {
        shadows += "-1,0,1,-0.5,0.5,-2,2,0.1\n", far += "1e6\n";
    }
    spill(folder / "low.csv", low), spill(folder / "high.csv", high), spill(folder / "shadows.csv", shadows), spill(folder / "far.csv", far);
    auto const two = " --alternative two-sided --x '" + (folder / "high.csv") + "' --y '" + (folder / "low.csv") + "'";
    // Of the C(2400, 1200) orders two are as far apart.
    CHECK(close(test("ks --method exact" + two).json()["log_p_value"].get<double>(), std::log(2.0) + 2.0 * std::lgamma(1201.0) - std::lgamma(2401.0), 1e-9));
    CHECK(test("dataset-inference" + two).json()["log_p_value"].get<double>() < -700.0);
    auto const lira = test("lira --alternative greater --x '" + (folder / "far.csv") + "' --out '" + (folder / "shadows.csv") + "'").json();
    CHECK(lira["p_value"] == 0.0);
    CHECK(lira["log_p_value"].get<double>() < -700.0);
}

TEST_CASE("conformal") {
    samples const s;
    auto const    both = " --x '" + s.x + "' --y '" + s.y + "' ";
    CHECK(test("conformal" + both).json()["p_values"].get<std::vector<double>>() == std::vector<double>{0.6, 0.4, 0.2, 0.2});
    CHECK(hallmark_program("test conformal" + both).out == "0.6\n0.4\n0.2\n0.2\n");
    auto const smooth = test("conformal --smoothed --seed 3" + both).json()["p_values"].get<std::vector<double>>();
    CHECK(smooth[3] < 0.2);
    CHECK(smooth == test("conformal --smoothed --seed 3" + both).json()["p_values"].get<std::vector<double>>());
    std::string const g = s.folder / "g.csv";
    spill(g, "1\n1\n0\n0\n");
    auto const groups = " --x-groups '" + g + "' --y-groups '" + g + "' ";
    CHECK(test("conformal" + both + groups).json()["p_values"][0].get<double>() == 1.0 / 3.0);
    check_refused("test conformal --y-groups '" + g + "'" + both, "--x-groups and --y-groups of conformal go together");
    check_refused("test conformal --smoothed" + both + groups, "--smoothed is of no use for conformal with --x-groups");
    check_refused("test conformal --seed 1" + both, "--seed is of no use for conformal without --smoothed");
    check_refused("test conformal --alternative less" + both, "--alternative is less; allowed for conformal is greater");
}

TEST_CASE("lira") {
    temp_folder const folder;
    std::string const x = folder / "x.csv", in = folder / "in.csv", out = folder / "out.csv";
    spill(x, "4\n1\n"), spill(in, "4,6\n0,4\n"), spill(out, "1,3\n0,2\n");
    auto const files  = " --x '" + x + "' --out '" + out + "' ";
    auto const online = test("lira --in '" + in + "'" + files).json();
    CHECK(online["form"] == "online");
    CHECK(close(online["statistic"].get<double>(), 1.5 - 0.125 - 0.69314718055994531, 1e-13));
    CHECK(online["scores"].size() == 2);
    CHECK(!online.contains("p_value"));
    // Scores without a p-value: log Phi of 2 and 0, and with one variance (that of both samples is 1) and about the medians, the same.
    constexpr double phi_of_two = -0.023012909328963490, phi_of_zero = -0.69314718055994531;
    for (std::string const more : {"", " --variance fixed --centre median"}) {
        auto const offline = test("lira" + more + files).json();
        CHECK(offline["form"] == "offline");
        CHECK(close(offline["scores"][0].get<double>(), phi_of_two, 1e-13));
        CHECK(close(offline["scores"][1].get<double>(), phi_of_zero, 1e-13));
        CHECK(close(offline["statistic"].get<double>(), phi_of_two + phi_of_zero, 1e-13));
        CHECK(!offline.contains("p_value"));
    }
    // With a p-value the statistic is the one that p belongs to: F is Student's t with one degree of freedom, 1/2 + atan(t)/pi, at t = 2/sqrt(3) and 0;
    // half of -2 log F is gamma of shape 2, whose lower tail at s is 1 - (1 + s) exp(-s).
    auto const log_f = std::log(0.5 + std::atan(2.0 / std::sqrt(3.0)) / 3.14159265358979323846);
    auto const s     = -(log_f + phi_of_zero);
    auto const p     = test("lira --alternative greater" + files).json();
    CHECK(p["form"] == "offline");
    CHECK(close(p["statistic"].get<double>(), -s, 1e-12));
    CHECK(close(p["p_value"].get<double>(), 1.0 - (1.0 + s) * std::exp(-s), 1e-10));
    CHECK(close(test("lira --alternative less" + files).json()["p_value"].get<double>(), (1.0 + s) * std::exp(-s), 1e-10));
    CHECK(close(p["scores"][0].get<double>(), log_f, 1e-12));
    CHECK(close(p["scores"][1].get<double>(), phi_of_zero, 1e-12));
    CHECK(p["alternative"] == "greater");
    CHECK(p["n"] == 2);
    CHECK(hallmark_program("test lira --alternative greater" + files).out.rfind("lira, offline, greater: statistic = -0.95", 0) == 0);
    CHECK(hallmark_program("test lira" + files).out == "lira, offline: sum of the log probabilities = -0.71616, n = 2\n");
    CHECK(hallmark_program("test lira --in '" + in + "'" + files).out.rfind("lira, online: sum of the log ratios = 0.68", 0) == 0);
    for (std::string const more : {"--variance fixed", "--centre median"}) {
        check_refused("test lira --alternative greater " + more + files,
                      more.substr(0, more.find(' ')) +
                          " is of no use for lira with --alternative: its p-value is by Student's t from each sample's own mean and variance");
    }
    check_refused("test lira --alternative less --in '" + in + "'" + files, "--alternative is of no use for lira with --in: the online ratio has no p-value");
    check_refused("test lira --alternative less --x '" + x + "'", "--out is needed for lira");
}

TEST_CASE("taggants, duci, privleak") {
    auto const t = test("taggants --hits 2 --keys 2 --classes 10").json();
    CHECK(close(t["p_value"].get<double>(), 0.01, 1e-13));
    CHECK(t["chance"] == 0.1);
    CHECK(close(test("taggants --hits 1 --keys 3 --classes 4 --top-k 2").json()["p_value"].get<double>(), 0.875, 1e-13));
    check_refused("test taggants --keys 2 --classes 10", "--hits is needed for taggants");
    check_refused("test taggants --hits 1 --keys 2 --classes 0",
                  "--classes: \"0\" is not a whole number from 1 to 18446744073709551615 (see hallmark test --help)");
    check_refused("test taggants --hits 1 --keys 2 --classes 3 --top-k 4",
                  "--top-k is 4 and --classes is 3; allowed is a --top-k from 1 to the number of classes");
    check_refused("test taggants --hits 3 --keys 2 --classes 3", "--hits is 3 and --keys is 2; allowed are hits from 0 to the number of keys");

    samples const s;
    auto const    d = test("duci --threshold 2 --tpr 0.9 --fpr 0.1 --x '" + s.x + "'").json();
    CHECK(d["hits"] == 3);
    CHECK(close(d["raw"].get<double>(), 0.8125, 1e-13));
    CHECK(d["lower"].get<double>() < 0.8);
    CHECK(d["upper"].get<double>() == 1.0);
    auto const c = test("duci --threshold 2 --x '" + s.x + "' --members '" + s.x + "' --nulls '" + s.y + "'").json();
    CHECK(c["estimate"].get<double>() == 1.0);
    check_refused("test duci --threshold 2 --x '" + s.x + "'", "--tpr is needed for duci without --members and --nulls");
    check_refused("test duci --threshold 2 --x '" + s.x + "' --nulls '" + s.y + "'", "--members is needed for duci with counted rates");
    check_refused("test duci --threshold 2 --tpr 1 --x '" + s.x + "' --members '" + s.x + "' --nulls '" + s.y + "'",
                  "--tpr is of no use for duci with --members and --nulls");

    auto const l = test("privleak --x '" + s.x + "' --y '" + s.y + "' --x-retrained '" + s.y + "' --y-retrained '" + s.y + "'").json();
    CHECK(close(l["auc_model"].get<double>(), 13.0 / 16.0, 1e-14));
    CHECK(l["auc_retrained"] == 0.5);
    CHECK(close(l["percent"].get<double>(), 62.5, 1e-13));
    check_refused("test privleak --x '" + s.x + "' --y '" + s.y + "' --x-retrained '" + s.y + "'", "--y-retrained is needed for privleak");
}

// By hand: with one reference and a = 1 the ratios are differences of log-probabilities.
TEST_CASE("rmia") {
    temp_folder const folder;
    std::string const x = folder / "x.csv", y = folder / "y.csv", of_x = folder / "of_x.csv", of_y = folder / "of_y.csv";
    spill(x, "-1\n-2\n"), spill(of_x, "-3\n-2\n"), spill(y, "-1\n-2\n-3\n"), spill(of_y, "-2\n-1\n-3\n");
    auto const files = "rmia --x '" + x + "' --y '" + y + "' --x-references '" + of_x + "' --y-references '" + of_y + "' ";
    auto const j     = test(files + "--gamma 1 --offline-a 1").json();
    CHECK(j["scores"] == nlohmann::json::array({1.0, 1.0 / 3.0}));
    CHECK(j["p_values"] == nlohmann::json::array({0.25, 0.75}));
    CHECK(j["n"] == 3);
    CHECK(j["alternative"] == "greater");
    CHECK(hallmark_program("test " + files + "--gamma 1 --offline-a 1").out == "score,p\n1,0.25\n0.333333,0.75\n");
    // 2 e^1 is more than the second sample can beat: its ratio is 0 and the lowest is -1. Below gamma = 1 p would be too small, and is not given.
    CHECK(test(files + "--gamma 5.5 --offline-a 1").json()["scores"][1] == 0.0);
    auto const below = test(files + "--gamma 0.5 --offline-a 1").json();
    CHECK(below["scores"] == nlohmann::json::array({1.0, 2.0 / 3.0}));
    CHECK(!below.contains("p_values"));
    CHECK(hallmark_program("test " + files + "--gamma 0.5 --offline-a 1").out == "score\n1\n0.666667\n");
    // A row is a sample: -1 - log((e^-3 + e^-4)/2) is 2.4, above the 2 of the one it is compared with; with columns for rows it would be 1.4.
    spill(of_x, "-3,-4\n-2,-2\n"), spill(y, "-1\n"), spill(of_y, "-3,-3\n");
    CHECK(test(files + "--gamma 1 --offline-a 1").json()["scores"] == nlohmann::json::array({1.0, 0.0}));
    spill(of_x, "-3\n");
    check_refused("test " + files, "\"" + of_x + "\" has 1 rows for 2 samples in \"" + x + "\"");
    spill(of_x, "-3\n-2\n"), spill(x, "-1\n0.5\n");
    check_refused("test " + files, "rmia: samples.target[1] is 0.5; allowed is a log-probability, 0 or less");
    check_refused("test rmia --x '" + x + "' --y '" + y + "' --x-references '" + of_x + "'", "--y-references is needed for rmia");
    check_refused("test --alternative less " + files, "--alternative is less; allowed for rmia is greater");
}

TEST_CASE("rank-sum and friedman take tables") {
    temp_folder const folder;
    std::string const x = folder / "x.csv", y = folder / "y.csv";
    spill(x, "3\n0\n"), spill(y, "1,2\n0,-1\n");  // a tie counts against
    auto const both = " --x '" + x + "' --y '" + y + "' ";
    check(test("rank-sum" + both), 3.0, 3.0 / 9.0, 2);
    CHECK(test("rank-sum" + both).json()["withheld"] == 2);
    CHECK(test("rank-sum" + both).json()["smallest_p"] == 1.0 / 9.0);
    CHECK(hallmark_program("test rank-sum" + both).out == "rank-sum: 3 of 4 withheld scores are below, p = 0.333333\n");
    check_refused("test rank-sum --x '" + y + "' --column a --y '" + x + "'", "\"" + y + "\" has no column named \"a\"");
    spill(y, "1,2\n0,-1\n7,7\n");
    check_refused("test rank-sum" + both, "\"" + y + "\" has 3 rows for 2 samples in \"" + x + "\"");
    // Three rows that agree: 3 · 2, and chi-squared with two degrees of freedom.
    spill(x, "1,2,3\n4,5,6\n7,8,9\n");
    check(test("friedman --x '" + x + "'"), 6.0, std::exp(-3.0), 3);
    CHECK(test("friedman --x '" + x + "'").json()["columns"] == 3);
    CHECK(close(test("friedman --x '" + x + "'").json()["log_p_value"], -3.0, 1e-14));
    std::string rows;
    for (int i = 0; i < 500; ++i) {
        rows += "0,1,2,3,4,5\n";
    }
    spill(x, rows);  // chi-squared 2500 with 5 degrees of freedom
    CHECK(test("friedman --x '" + x + "'").json()["p_value"] == 0.0);
    CHECK(close(test("friedman --x '" + x + "'").json()["log_p_value"], -1239.5871348652199, 1e-10));
    CHECK(hallmark_program("test friedman --x '" + x + "'").out == "friedman: statistic = 2500, p = 10^-538.346, n = 500 rows of 6\n");
    check_refused("test friedman --alternative greater --x '" + x + "'", "--alternative is of no use for friedman");
}

// Numbers are taken in the order of the file; what came after the answer must not change it.
TEST_CASE("sequential-rank") {
    temp_folder const folder;
    std::string const y = folder / "y.csv";
    spill(y, "3\n1\n4\n1\n5\n9\n");
    auto const rank = "sequential-rank --x 2.5 --y '" + y + "' ";
    check(test(rank + "--stop-hits 2 --most 9"), 2.0, 2.0 / 3.0, 3);
    check(test(rank + "--stop-hits 3 --most 4"), 2.0, 3.0 / 5.0, 4);
    CHECK(test(rank + "--stop-hits 3 --most 4").json()["smallest_p"] == 0.2);
    check_refused("test " + rank + "--stop-hits 9 --most 9",
                  "\"" + y + "\" has 6 nulls, fewer than --most 9, and 4 of the 9 of --stop-hits reach the score; supply more nulls or lower --most");
    check_refused("test " + rank + "--most 9", "--stop-hits is needed for sequential-rank");
    check_refused("test " + rank + "--stop-hits 0 --most 9",
                  "--stop-hits: \"0\" is not a whole number from 1 to 18446744073709551615 (see hallmark test --help)");
}

// (2^(n+1) - 1)/(n + 1) after n wins: the mixture over Beta(1, 1) in closed form.
TEST_CASE("coin-process") {
    temp_folder const folder;
    std::string const x = folder / "x.csv";
    spill(x, "1\n1\n1\n1\n1\n1\n1\n0\n");
    auto const coins = "coin-process --x '" + x + "' ";
    auto const j     = test(coins).json();
    CHECK(close(j["statistic"].get<double>(), std::log(255.0 / 8.0), 1e-12));
    CHECK(close(j["p_value"].get<double>(), 8.0 / 255.0, 1e-12));
    CHECK(close(j["log_p_value"].get<double>(), std::log(8.0 / 255.0), 1e-12));
    CHECK(close(j["e_value"].get<double>(), 512.0 * (255.0 / 256.0 / 8.0 - 511.0 / 512.0 / 9.0), 1e-12));
    CHECK(close(std::exp(j["log_e_value"].get<double>()), j["e_value"].get<double>(), 1e-12));
    CHECK(j["n"] == 8);
    CHECK(j["wins"] == 7);
    CHECK(j["alternative"] == "greater");
    CHECK(j["alpha"] == 0.05);
    CHECK(j["rejected"] == true);
    CHECK(j["rejected_at"] == 7);  // 127/7 is less than 20, 255/8 is more
    auto const strict = test(coins + "--alpha 0.01").json();
    CHECK(strict["rejected"] == false);
    CHECK(strict["rejected_at"].is_null());
    CHECK(test(coins + "--prior-a 9 --prior-b 1").json()["e_value"] > j["e_value"]);
    CHECK(hallmark_program("test " + coins + "--alpha 0.01").out ==
          "coin-process, greater: e = 6.97222 after 8 numbers, p = 0.0313725; not rejected at 0.01\n");
    check_refused("test " + coins + "--alternative less", "--alternative is less; allowed for coin-process is greater");
    check_refused("test " + coins + "--mean 0.5", "--mean is of no use for coin-process");
    check_refused("test " + coins + "--alpha 1", "--alpha is 1; allowed is a number between 0 and 1, both left out");
    check_refused("test " + coins + "--prior-a 0", "--prior-a is 0; allowed is 0.01 to 1000000");
    check_refused("test " + coins + "--prior-b nan", "--prior-b is nan; allowed is 0.01 to 1000000");
    spill(x, "1\n0.5\n");
    check_refused("test " + coins, "element 1 of \"" + x + "\" is 0.5; allowed for coin-process are 1, a win, and 0, a loss");
}

// By hand: before the first number the bet is 0; after a 1 the past mean is 3/4 and the past variance 5/32, so that the stake is 8/7.
TEST_CASE("betting-process") {
    temp_folder const folder;
    std::string const x = folder / "x.csv";
    spill(x, "1\n1\n");
    auto const bets = "betting-process --x '" + x + "' ";
    auto const j    = test(bets + "--mean 0.5 --alternative greater").json();
    CHECK(close(j["e_value"].get<double>(), 11.0 / 7.0, 1e-12));
    CHECK(close(j["p_value"].get<double>(), 7.0 / 11.0, 1e-12));
    CHECK(j["n"] == 2);
    CHECK(j["rejected"] == false);
    CHECK(j["confidence"] == 0.95);
    CHECK(j["interval"]["upper"] == 1.0);
    CHECK(test(bets + "--mean 0.5 --alternative greater --alpha 0.65").json()["rejected_at"] == 2);
    CHECK(test(bets + "--mean 0.5 --alternative less").json()["p_value"] == 1.0);
    auto        mean = hallmark::mean_sequence(0.9, -2.0, 4.0);
    std::string numbers;
    for (int i = 0; i < 40; ++i) {
        mean.push(i % 3);
        numbers += std::to_string(i % 3) + "\n";
    }
    spill(x, numbers);
    auto const range = test(bets + "--mean 1 --lower -2 --upper 4 --confidence 0.9 --alternative greater").json()["interval"];
    CHECK(range["lower"] == mean.interval().lower);
    CHECK(range["upper"] == mean.interval().upper);
    // The other side is that of the numbers turned round.
    spill(x, "-1\n-1\n");
    auto const turned = test(bets + "--mean -0.5 --lower -1 --upper 0 --alternative less").json();
    CHECK(close(turned["e_value"].get<double>(), 11.0 / 7.0, 1e-12));
    CHECK(turned["alternative"] == "less");
    check_refused("test " + bets + "--mean 0.5 --alternative greater", "mean_sequence::push: x is -1; allowed is lower = 0 to upper = 1");
    check_refused("test " + bets + "--mean 2 --alternative less", "betting_process: mean is 2; allowed is more than lower = 0 and less than upper = 1");
    check_refused("test " + bets + "--mean 0.5 --alternative two-sided", "--alternative is two-sided; allowed for betting-process are less and greater");
    check_refused("test " + bets + "--mean 0.5", "--alternative is needed for betting-process: less or greater");
}
