// The command line itself: help, usage errors, and where answers go.
#include "program.hpp"

// A script that misspells an option must not be told that a claim is not shown.
TEST_CASE("usage errors are bad input, in one sentence") {
    check_refused("", "a subcommand is needed (see hallmark --help)");
    check_refused(
        "verfy",
        "there is no hallmark \"verfy\"; allowed are key, mark, verify, questions, audit, test, metric, correct, noise, plan, quality, survive, version "
        "(see hallmark --help)");
    check_refused("metric fpr --json", "there is no hallmark metric \"fpr\"; allowed are roc, auc, curve, calibration, rate (see hallmark metric --help)");
    check_refused("metric fpr", "there is no hallmark metric \"fpr\"; allowed are roc, auc, curve, calibration, rate (see hallmark metric --help)");
    check_refused("key old", "there is no hallmark key \"old\"; allowed are new, show-commitment (see hallmark key --help)");
    check_refused("metric --frobnicate", "The following argument was not expected: --frobnicate (see hallmark metric --help)");
    check_refused("metric roc --members a --nulls b c", "The following argument was not expected: c (see hallmark metric roc --help)");
    check_refused("metric", "a subcommand is needed (see hallmark metric --help)");
    check_refused("version --frobnicate", "The following argument was not expected: --frobnicate (see hallmark version --help)");
    check_refused("key new", "--out is required (see hallmark key new --help)");
    check_refused("noise perlin --height x --width 2 --out a.npy", "--height: \"x\" is not a whole number from 1 to 65535 (see hallmark noise --help)");
}

// A shell variable that is not set, in quotes: `--p0 "$p0"` was a chance of 0 and a p-value of 0, and `--y "$file"` a test of one sample.
TEST_CASE("an empty value is no value") {
    check_refused("test binomial --successes 1 --trials 2 --p0 '' --alternative greater", "--p0 is empty; leave it out or give it a value");
    check_refused("test binomial --successes '' --trials 2 --p0 0.5 --alternative greater",
                  "--successes: \"\" is not a whole number from 0 to 18446744073709551615 (see hallmark test --help)");
    check_refused("test paired-t --x a.csv --y '' --alternative greater", "--y is empty; leave it out or give it a value");
    check_refused("metric roc --members a.csv --nulls ''", "--nulls is empty; give it a value");
    check_refused("plan twins --shift ''", "--shift is empty; leave it out or give it a value");
    check_refused("verify ''", "MANIFEST is empty; give it a value");
    check_refused("audit --report= --json", "--report is empty; leave it out or give it a value");
    check_refused("metric roc --members a.csv --nulls= --json", "--nulls is empty; give it a value");
}

// The same variable without quotes: the next option was the value, and a secret key went into a file named "--json".
TEST_CASE("an option is no value of another") {
    temp_folder const folder;
    auto const        refused = [&](std::string const& arguments, std::string const& option) {
        CAPTURE(arguments);
        check_refused(arguments, option +
                                            " is \"--json\", which looks like an option; allowed are values that do not begin with --, and \"./--json\" for a file of "
                                                   "that name");
    };
    refused("key new --out --json", "--out");
    refused("key new --out=--json", "--out");
    refused("mark photos --key k --user u --out --json", "--out");
    refused("mark photos --key k --out o --user --json", "--user");
    refused("audit --scores a.csv --report --json", "--report");
    refused("test welch --y y.csv --x --json", "--x");
    CHECK(!std::ifstream("--json"));
    check_refused("test welch --x --y y.csv",
                  "--x is \"--y\", which looks like an option; allowed are values that do not begin with --, and \"./--y\" for a file of "
                  "that name");
    check_refused("audit --alpha --json", "--alpha is \"--json\", which looks like an option; allowed are values that do not begin with --");
    check_refused("audit --kind --json", "--kind is \"--json\", which looks like an option; allowed are values that do not begin with --");
    auto const odd = folder / "--json";
    CHECK(hallmark_program("key new --out '" + odd + "' --json").json()["file"] == odd);
    CHECK(hallmark_program("key show-commitment -- '" + odd + "'").code == 0);
}

TEST_CASE("a file to read is not written over") {
    owner const o;
    auto const  refused = [](std::string const& arguments, std::string const& option, std::string const& file, std::string const& input) {
        auto const before = slurp(file);
        check_refused(arguments, option + " is \"" + file + "\", which is there to be read (" + input + "); allowed is a file that is no input");
        CHECK(slurp(file) == before);
    };
    auto const scores = o.folder / "dump.csv", nulls = o.folder / "nulls.csv", other = o.folder / "photos/../nulls.csv";
    spill(scores, "1\n"), spill(nulls, "1\n2\n3\n");
    auto const audit = "audit --scores '" + scores + "' --nulls '" + nulls + "' --kind score --report '";
    refused(audit + scores + "'", "--report", scores, "--scores");
    refused(audit + other + "'", "--report", other, "--nulls");
    CHECK(hallmark_program(audit + (o.folder / "report.html") + "'").code == 1);
    CHECK(hallmark_program(audit + (o.folder / "report.html") + "'").code == 1);  // a report of its own it writes again
    auto const photo = o.originals + "/cat/sheet.png";
    spill(photo, bmp(4, 4, 1));
    refused("mark '" + o.originals + "' --key '" + o.key + "' --user anna --preview '" + photo + "'", "--preview", photo, "DIR");
    refused("survive '" + photo + "' --plot '" + photo + "'", "--plot", photo, "IMG");
}

// The option parser says what it did; people need what is allowed.
TEST_CASE("a value that is none, and a value too many") {
    check_refused("audit --alpha abc", "--alpha is \"abc\"; allowed is a number (see hallmark audit --help)");
    check_refused("audit --mean 1 x", "--mean is \"1,x\"; allowed is a number (see hallmark audit --help)");
    check_refused("key new --out", "--out has no value; give it one (see hallmark key new --help)");
    check_refused("metric roc --members a --nulls b --fpr", "--fpr has no value; give it one (see hallmark metric roc --help)");
    check_refused("audit --channels x", "--channels: x not in {1,3} (see hallmark audit --help)");
    check_refused("test welch --x a --x b", "--x has 2 values; allowed is one (see hallmark test --help)");
}

// What comes from outside and is said back must not move a cursor or change a colour.
TEST_CASE("control characters do not reach the terminal") {
    auto const err = hallmark_program("audit --kind \"$(printf 'a\\033[31mb\\302\\233c')\"").err;
    CHECK(err.find("--kind: a?[31mb?c not in {") != std::string::npos);
    for (char const c : err.substr(0, err.size() - 1)) {
        CHECK((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
    }
}

// Read by strtoull with base 0, "010" is 8, and what does not fit into 64 bits is the largest number that does.
TEST_CASE("whole numbers are what they look like") {
    for (std::string const text : {"010", "-1", "1.5", "1e3", "99999999999999999999", "0x10", "+1"}) {
        check_refused("test binomial --successes 1 --trials=" + text + " --p0 0.5 --alternative greater",
                      "--trials: \"" + text + "\" is not a whole number from 0 to 18446744073709551615 (see hallmark test --help)");
    }
    check_refused("audit --scores a.csv --kind score --nulls a.csv --disjoint 0",
                  "--disjoint: \"0\" is not a whole number from 1 to 18446744073709551615 (see hallmark audit --help)");
    check_refused("plan twins --effect large --most-pictures 0", "--most-pictures: \"0\" is not a whole number from 1 to 10000 (see hallmark plan --help)");
}

TEST_CASE("every subcommand explains itself with an example and knows --json") {
    for (std::string const name : {"key", "key new", "key show-commitment", "mark", "verify", "quality", "survive", "audit", "test", "metric", "metric roc",
                                   "correct", "noise", "version"}) {
        INFO(name);
        auto const r = hallmark_program(name + " --help");
        CHECK(r.code == 0);
        CHECK(r.out.find("Example:\n  hallmark " + name) != std::string::npos);
        CHECK((name == "key" || name == "metric" || r.out.find("--json") != std::string::npos));
        CHECK(r.err == "");
    }
    CHECK(hallmark_program("--help").code == 0);
}

TEST_CASE("version") {
    auto const j = hallmark_program("version --json").json();
    CHECK(j["version"].get<std::string>() + "\n" == hallmark_program("--version").out.substr(9));
    CHECK(j["compiler"].is_string());
    for (auto const* name : {"stb", "json", "sodium", "torch"}) {
        CHECK(j["components"][name].is_boolean());
    }
    CHECK(hallmark_program("version").out.find("hallmark " + j["version"].get<std::string>()) == 0);
}

// A full disk behind stdout would otherwise be an answer that nobody got and a code that says all is well.
TEST_CASE("an answer that cannot be written is an error") {
    if (std::ifstream("/dev/full")) {
        auto const r = hallmark_program("version --json >/dev/full #");
        CHECK(r.code == 2);
    }
}
