// The command line itself: help, usage errors, and where answers go.
#include "program.hpp"

// A script that misspells an option must not be told that a claim is not shown.
TEST_CASE("usage errors are bad input, in one sentence") {
    check_refused("", "a subcommand is needed (see hallmark --help)");
    check_refused("verfy", "The following argument was not expected: verfy (see hallmark --help)");
    check_refused("metric", "a subcommand is needed (see hallmark metric --help)");
    check_refused("version --frobnicate", "The following argument was not expected: --frobnicate (see hallmark version --help)");
    check_refused("key new", "--out is required (see hallmark key new --help)");
    check_refused("noise perlin --height x --width 2 --out a.npy", "--height: Value x not in range 1 to 65535 (see hallmark noise --help)");
}

TEST_CASE("every subcommand explains itself with an example and knows --json") {
    for (std::string const name : {"key new", "key show-commitment", "mark", "verify", "quality", "survive", "audit", "test", "metric roc", "correct", "noise", "version"}) {
        INFO(name);
        auto const r = hallmark_program(name + " --help");
        CHECK(r.code == 0);
        CHECK(r.out.find("Example:\n  hallmark " + name) != std::string::npos);
        CHECK(r.out.find("--json") != std::string::npos);
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
