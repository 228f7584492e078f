// hallmark test.
#include "program.hpp"

#include <support/close.hpp>

namespace {
auto test(std::string const& arguments) -> ran { return hallmark_program("test " + arguments + " --json"); }

/// Two small samples without ties, in the folder as x.csv and y.csv.
struct samples {
    temp_folder folder;
    std::string x = folder / "x.csv", y = folder / "y.csv";
    samples() {
        spill(x, "score\n1.5\n2.5\n4\n5.25\n");
        spill(y, "0.5\n1\n2\n3\n");
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
    check_refused("test ks --alternative less --continuity off" + s.both(), "--continuity is of no use for ks");
    check_refused("test sign --alternative less --margin 1" + s.both(), "--margin is of no use for sign");
    check_refused("test sign --alternative less --p0 0.5" + s.both(), "--p0 is of no use for sign");
    check_refused("test binomial --alternative less --trials 4 --p0 0.5", "--successes is needed for binomial");
    check_refused("test binomial --alternative less --trials 4 --p0 0.5 --successes 5", "binomial_test: successes is 5; allowed is 0 to trials = 4");
    check_refused("test rank --alternative less" + s.both(), "--alternative is less; allowed for rank is greater");
    CHECK(test("binomial --alternative less --trials 4 --p0 0.5 --successes -1").code == 2);
    CHECK(test("student --alternative less" + s.both()).code == 2);
    CHECK(test("welch --alternative bigger" + s.both()).code == 2);
    check_refused("test sign --alternative less --x '" + s.x + "' --y '" + (s.folder / "none.csv") + "'",
                  "read_file: cannot open \"" + s.folder.path() + "/none.csv\": No such file or directory");
}
