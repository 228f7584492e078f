// hallmark plan: sizes that reach a power.
#include "program.hpp"

TEST_CASE("a plan by effect size, numbers and pilot is the same plan") {
    temp_folder const folder;
    auto const        plan   = [](std::string const& more) { return hallmark_program("plan --json " + more); };
    auto const        medium = plan("twins --effect medium");
    REQUIRE(medium.code == 0);
    auto const j = medium.json();
    CHECK(j["rows"].size() == 1);
    CHECK(j["rows"][0]["power"].get<double>() >= 0.9);
    CHECK(j["rows"][0]["queries"] == 2 * j["rows"][0]["pictures"].get<int>());
    CHECK(plan("twins --shift 0.5").json()["rows"] == j["rows"]);
    CHECK(plan("twins --shift 1 --within 2").json()["rows"] == j["rows"]);
    // A pilot of one picture: 0.5 above withheld scores of deviation 1. As losses, everything turned round.
    auto const file = folder / "pilot.csv";
    spill(file, "a,b\n2.5,2.5\n1,2\n2,3\n3,1\n");
    auto const score = plan("twins --pilot '" + file + "' --kind score").json();
    spill(file, "a,b\n-2.5,-2.5\n-1,-2\n-2,-3\n-3,-1\n");
    CHECK(plan("twins --pilot '" + file + "' --kind loss").json() == score);
    CHECK(score["effect"]["shift"] == 0.5);
    auto const set = folder / "set.csv", nulls = folder / "nulls.csv";
    spill(set, "3\n");
    spill(nulls, "-1\n0\n1\n");
    CHECK(plan("population --pilot '" + set + "' --pilot-nulls '" + nulls + "' --pilot-pictures 25 --kind score").json()["effect"]["within"] == 5.0);
}

TEST_CASE("every kind of audit, in JSON and in words") {
    for (std::string const kind : {"population", "shared-key", "independent-keys", "twins", "sequential"}) {
        CAPTURE(kind);
        auto const words = hallmark_program("plan " + kind + " --effect large --power 0.8");
        CHECK(words.code == 0);
        CHECK(words.out.find(kind + ", alpha = 0.05, power = 0.8, effect of one picture = 0.8 deviations\n") == 0);
        CHECK(words.out.find(" questions: power 0.") != std::string::npos);
        CHECK((words.out.find(", on average ") != std::string::npos) == (kind == "sequential"));
    }
    auto const none = hallmark_program("plan twins --effect small --most-pictures 10");
    CHECK(none.code == 1);
    CHECK(none.out.find("No audit of this kind and within these limits reaches the power.\n") != std::string::npos);
}

TEST_CASE("what is refused") {
    temp_folder const folder;
    auto const        file = folder / "pilot.csv";
    spill(file, "1,2,3\n");
    check_refused("plan twins", "a plan needs one of --effect, --pilot and --shift");
    check_refused("plan twins --effect small --shift 1", "a plan needs one of --effect, --pilot and --shift");
    check_refused("plan twins --effect small --within 1", "--within is of no use without --shift");
    check_refused("plan twins --effect small --kind score", "--kind is of no use without --pilot");
    check_refused("plan twins --pilot '" + file + "'", "--kind is needed with --pilot: score if larger means member, loss if smaller does");
    check_refused("plan population --pilot '" + file + "' --kind score",
                  "--pilot-nulls is needed with --pilot for population: null sets differ by their pictures, too, versions of a picture by their keys alone");
    check_refused("plan shared-key --pilot '" + file + "' --kind score --pilot-nulls x --pilot-pictures 2",
                  "--pilot-nulls is of no use for shared-key: versions of a picture differ by their keys alone, null sets by their pictures, too");
    check_refused("plan twins --pilot '" + file + "' --kind score --pilot-pictures 2", "--pilot-pictures is of no use without --pilot-nulls");
    check_refused("plan population --pilot '" + file + "' --kind score --pilot-nulls x",
                  "--pilot-pictures is needed with --pilot-nulls: how many pictures each set of the pilot has");
    check_refused("plan population --pilot '" + file + "' --kind score --pilot-nulls '" + file + "' --pilot-pictures 2",
                  "\"" + file + "\" has 3 numbers; with --pilot-nulls it is the score of one set");
    spill(file, "1\n");
    auto const table = folder / "table.csv";
    for (std::string const text : {"set,score\n1,0.2\n2,0.3\n", "set,score\n1,0.2\n", "0,519\n0,520\n"}) {
        spill(table, text);
        check_refused("plan population --pilot '" + file + "' --kind score --pilot-nulls '" + table + "' --pilot-pictures 2",
                      "\"" + table + "\" has 2 columns; --pilot-nulls is one score for each null set, the mean over its samples");
    }
    check_refused("plan twins --effect small --most-compared 5", "--most-compared is of no use for twins, which compares each picture with one other version");
    check_refused("plan sequential --effect small --most-compared 5",
                  "--most-compared is of no use for sequential, which compares each picture with one other version");
    check_refused("plan twins --effect small --most-pictures 10001",
                  "--most-pictures: \"10001\" is not a whole number from 1 to 10000 (see hallmark plan --help)");
    check_refused("plan twins --effect small --alpha 2", "plan_audit: alpha is 2; allowed is more than 0 and less than 1");
    CHECK(hallmark_program("plan nothing --effect small").code == 2);
}
