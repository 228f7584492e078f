// hallmark audit --scores: population and counterfactual audits from files.
#include "program.hpp"

namespace {
struct files {
    temp_folder folder;
    /// The option `--name FILE` for a new file.
    [[nodiscard]] auto with(std::string const& option, std::string const& content) const -> std::string {
        auto const file = folder / (option + ".csv");
        spill(file, content);
        return " --" + option + " '" + file + "' ";
    }
};
auto audit(std::string const& arguments) -> ran { return hallmark_program("audit --json " + arguments); }

/// 0, 1, …, count − 1, one a line.
auto ramp(int count) -> std::string {
    std::string out;
    for (int i = 0; i < count; ++i) {
        out += std::to_string(i) + "\n";
    }
    return out;
}
}  // namespace

TEST_CASE("population: shown, not shown, cannot be shown") {
    files const f;
    auto const  nulls = f.with("nulls", ramp(99));
    auto const  shown = audit("--kind score" + nulls + f.with("scores", "100\n102\n"));
    CHECK(shown.code == 0);
    auto const j = shown.json();
    CHECK(j["decision"] == "shown");
    CHECK(j["p_value"] == 0.01);
    CHECK(j["statistic"] == 101.0);
    CHECK(j["alpha"] == 0.05);
    CHECK(j["n"] == 2);
    CHECK(j["null_size"] == 99);
    CHECK(j["hits"] == 0);
    auto const not_shown = audit("--kind score" + nulls + f.with("scores", "50\n"));
    CHECK(not_shown.code == 1);
    CHECK(not_shown.json()["decision"] == "not shown");
    CHECK(not_shown.json()["p_value"] == 0.5);
    auto const strict = audit("--kind score --alpha 0.001" + nulls + f.with("scores", "100\n"));
    CHECK(strict.code == 1);
    CHECK(strict.json()["decision"] == "cannot be shown");
    CHECK(hallmark_program("audit --kind score" + nulls + f.with("scores", "100\n")).out.find("Trained on this set: shown at alpha = 0.05.\n") == 0);
}

// The most common mistake of this field: a loss taken for a score accuses the innocent of being clean, and the other way round.
TEST_CASE("a loss is turned round") {
    files const f;
    auto const  rest = f.with("nulls", ramp(99)) + f.with("scores", "-1\n");
    CHECK(audit("--kind loss" + rest).json()["p_value"] == 0.01);
    CHECK(audit("--kind score" + rest).json()["p_value"] == 1.0);
}

TEST_CASE("null sets by --per-set, by a column and by rows are the same sets") {
    files const f;
    auto const  set  = "--kind score --alpha 0.4" + f.with("scores", "4\n4.5\n");
    auto const  cut  = audit(set + " --per-set 2" + f.with("nulls", "1\n2\n3\n9\n"));
    auto const  by   = audit(set + f.with("nulls", "set,score\n1,1\n2,3\n1,2\n2,9\n"));
    auto const  rows = audit(set + f.with("nulls", "1,2\n3,9\n"));
    CHECK(cut.json()["p_value"] == 2.0 / 3.0);  // means 1.5 and 6 against 4.25
    CHECK(cut.json()["warnings"].empty());
    CHECK(by.out == cut.out);
    CHECK(rows.out == cut.out);
    auto const uneven = audit(set + " --per-set 4" + f.with("nulls", "1\n2\n3\n9\n"));
    CHECK(uneven.json()["decision"] == "not valid");
    CHECK(uneven.json()["warnings"][0] == "The self-check set-size failed: the set has 2 samples and the null sets have 4. The p-value must not be relied on.");
    CHECK(hallmark_program("audit " + set + " --per-set 4" + f.with("nulls", "1\n2\n3\n9\n"))
              .out.find("check            set-size failed: the set has 2 samples and the null sets have 4\n") != std::string::npos);
    CHECK(audit(set + " --silence set-size --per-set 4" + f.with("nulls", "1\n2\n3\n9\n")).json()["warnings"][1] ==
          "The set has 2 samples and the null sets have 4; the p-value is right only for sets of the same size.");
    CHECK(audit(set + f.with("nulls", ramp(9))).json()["warnings"].size() == 1);
    CHECK(audit("--kind score --alpha 0.3 --disjoint 4" + f.with("scores", "100\n") + f.with("nulls", ramp(99))).json()["warnings"].size() == 1);
}

TEST_CASE("counterfactual: the first row is the published version") {
    files const f;
    std::string rows = "9,9\n";
    for (int i = 0; i < 19; ++i) {
        rows += std::to_string(i % 8) + ",1\n";
    }
    auto const shared = audit("--kind score --design shared" + f.with("scores", rows));
    CHECK(shared.code == 0);
    CHECK(shared.json()["p_value"] == 0.05);
    CHECK(shared.json()["audit"] == "counterfactual, shared key");
    CHECK(shared.json()["n"] == 2);
    auto const independent = audit("--kind score --design independent" + f.with("scores", rows));
    CHECK(independent.json()["p_value"].get<double>() == doctest::Approx(1.0 / 400.0));
    CHECK(independent.code == 0);
    CHECK(audit("--kind loss --design shared" + f.with("scores", rows)).json()["p_value"] == 1.0);
}

TEST_CASE("logits with labels") {
    files const f;
    auto const  labels = f.with("labels", "0\n1\n");
    // Both samples are sure of their label, the nulls of the wrong one.
    auto const all =
        "--kind logits --alpha 0.5 --per-set 2" + f.with("scores", "5,0\n0,5\n") + labels + f.with("nulls", "0,5\n5,0\n") + f.with("null-labels", "0\n1\n");
    CHECK(audit(all).json()["p_value"] == 0.5);
    CHECK(audit(all + "--signal logit-scaled").json()["statistic"] == 5.0);
    check_refused("audit --kind logits --design shared" + f.with("scores", "5,0\n0,5\n") + f.with("labels", "0\n2\n"),
                  "the label 2 in \"" + (f.folder / "labels.csv") + "\" is no class; \"" + (f.folder / "scores.csv") + "\" has logits for 2 classes");
    check_refused("audit --kind logits --design shared" + f.with("scores", "5,0\n0,5\n") + f.with("labels", "0\n"),
                  "\"" + (f.folder / "labels.csv") + "\" has 1 labels for 2 samples in \"" + (f.folder / "scores.csv") + "\"");
    check_refused("audit --kind logits --design shared" + f.with("scores", "5,0\n0,5\n") + f.with("labels", "0\n0.5\n"),
                  "the label 0.5 in \"" + (f.folder / "labels.csv") + "\" is not a class; allowed are whole numbers from 0 to 1000000000");
    check_refused("audit --kind logits --design shared" + f.with("scores", "5,0\n0,5\n") + f.with("labels", "0\n1000000001\n"),
                  "the label 1000000001 in \"" + (f.folder / "labels.csv") + "\" is not a class; allowed are whole numbers from 0 to 1000000000");
}

// The number of a picture beside its score is no score: it went into the mean, or made a set of two of it.
TEST_CASE("columns with names are no samples and no sets") {
    files const f;
    auto const  names = [&](std::string const& option) { return "\"" + (f.folder / (option + ".csv")) + "\" has 2 columns with names; allowed "; };
    auto const  nulls = f.with("nulls", ramp(99));
    check_refused("audit --kind score" + nulls + f.with("scores", "id,score\n7,0.5\n"), names("scores") + "is one, the scores of the set");
    check_refused("audit --kind score" + nulls + f.with("scores", "id,score\n7,0.5\n8,0.6\n"), names("scores") + "is one, the scores of the set");
    check_refused("audit --kind score --family bh" + nulls + f.with("scores", "id,score\n7,0.5\n8,0.6\n"),
                  names("scores") + "are rows without a header, one for each user");
    auto const set = f.with("scores", "0.5\n");
    auto const one = "are one column, beside it one named set, or rows without a header, one for each set";
    check_refused("audit --kind score" + set + f.with("nulls", "id,score\n7,0.5\n8,0.6\n"), names("nulls") + one);
    check_refused("audit --kind score" + set + f.with("nulls", "id,score\n7,0.5\n"), names("nulls") + one);
    check_refused("audit --kind score" + set + f.with("nulls", ramp(99)) + f.with("null-pictures", "id,p\n7,5\n8,6\n"), names("null-pictures") + one);
    check_refused("audit --kind score" + set + f.with("nulls", ramp(99)) + f.with("null-pictures", ramp(99)) + f.with("set-pictures", "id,p\n7,5\n"),
                  "\"" + (f.folder / "set-pictures.csv") + "\" has 2 columns; allowed is one");
    // A decimal comma makes sets of two of single scores.
    CHECK(audit("--kind score" + f.with("scores", "0.5\n") + f.with("nulls", "0,519\n0,523\n")).json()["checks"][3]["finding"] ==
          "the set has 1 samples and the null sets have 2");
}

TEST_CASE("a check that the audit does not have cannot be silenced") {
    files const f;
    check_refused("audit --kind score --silence independent-coins" + f.with("nulls", ramp(99)) + f.with("scores", "1\n"),
                  "--silence independent-coins is of no use for this audit (population rank), which has no such check");
    check_refused("audit --kind score --family bh --silence independent-coins" + f.with("nulls", ramp(99)) + f.with("scores", "1,2\n3,4\n"),
                  "--silence independent-coins is of no use for this audit (population rank), which has no such check");
    check_refused("audit --kind score --design shared --silence class-mismatch" + f.with("scores", "1,2\n3,4\n"),
                  "--silence class-mismatch is of no use for this audit (counterfactual, shared key), which has no such check");
    CHECK(audit("--kind score --design independent --silence independent-coins" + f.with("scores", "1,2\n3,4\n")).code == 1);
}

TEST_CASE("the report is one page with the verdict") {
    files const f;
    auto const  page = f.folder / "report.html";
    CHECK(audit("--kind score --report '" + page + "'" + f.with("nulls", ramp(99)) + f.with("scores", "100\n")).code == 0);
    auto const html = slurp(page);
    CHECK(html.find("<!DOCTYPE html>") == 0);
    CHECK(html.find("Shown: the model was trained on") != std::string::npos);
    CHECK(html.find("<svg") != std::string::npos);
    check_refused("audit --kind score --report '" + f.folder.path() + "/no/r.html'" + f.with("nulls", ramp(99)) + f.with("scores", "100\n"),
                  "--report is \"" + f.folder.path() + "/no/r.html\", and there is no folder \"" + f.folder.path() + "/no\"");
}

TEST_CASE("what a caller can get wrong") {
    files const f;
    auto const  scores = f.with("scores", "1\n2\n");
    auto const  nulls  = f.with("nulls", "1\n2\n3\n");
    check_refused("audit", "an audit needs either --scores or --model");
    check_refused("audit --model x" + scores, "an audit needs either --scores or --model");
    check_refused("audit" + scores + nulls, "--kind is needed with --scores: score if larger means member, loss if smaller does, or logits");
    check_refused("audit --kind score" + scores,
                  "an audit from scores needs one of --nulls (population), --design (counterfactual, twins, sequential) and --subject (rounds)");
    check_refused("audit --kind score --design shared" + scores + nulls,
                  "an audit from scores needs one of --nulls (population), --design (counterfactual, twins, sequential) and --subject (rounds)");
    check_refused("audit --kind score --design shared --per-set 2" + scores, "--per-set is of no use without --nulls");
    check_refused("audit --kind score --withheld 9" + scores + nulls, "--withheld is of no use with --scores");
    check_refused("audit --kind score --signal logit-scaled" + scores + nulls, "--signal is of no use with --kind score");
    check_refused("audit --kind logits" + scores + nulls, "--labels is needed with --kind logits");
    check_refused("audit --kind score --alpha 0" + scores + nulls, "--alpha is 0; allowed is a number between 0 and 1, both left out");
    check_refused("audit --kind score --alpha nan" + scores + nulls, "--alpha is nan; allowed is a number between 0 and 1, both left out");
    check_refused("audit --kind score --per-set 2" + scores + nulls,
                  "\"" + (f.folder / "nulls.csv") + "\" has 3 samples, which is not a multiple of --per-set 2");
    check_refused("audit --kind score" + nulls + f.with("scores", "1,2\n3,4\n"),
                  "\"" + (f.folder / "scores.csv") + "\" holds more than one set; for a population audit --scores are the scores of one");
    check_refused("audit --kind score --design shared" + f.with("scores", "1,2\n"),
                  "counterfactual_audit: there are 1 versions; allowed is the published one and at least one withheld");
}

TEST_CASE("self-checks are in the answer, and are silenced by name") {
    files const f;
    auto const  rest   = "--kind score" + f.with("nulls", ramp(199)) + f.with("scores", "-1\n");
    auto const  failed = audit(rest);
    CHECK(failed.code == 1);
    CHECK(failed.json()["decision"] == "not valid");
    auto const one = [](nlohmann::json const& j, std::string const& name) {
        for (auto const& c : j["checks"]) {
            if (c["check"] == name) {
                return c["state"].get<std::string>();
            }
        }
        return std::string("missing");
    };
    CHECK(one(failed.json(), "orientation") == "failed");
    CHECK(one(failed.json(), "null-homogeneity") == "not run");  // the nulls are sorted
    auto const quiet = audit(rest + " --silence orientation --silence class-mismatch");
    CHECK(quiet.json()["decision"] == "not shown");
    CHECK(one(quiet.json(), "orientation") == "silenced");
    CHECK(one(quiet.json(), "class-mismatch") == "silenced");
    CHECK(audit(rest + " --silence all").code == 2);
}

// Where the command line could not say which pictures the sets have and how they look, these two checks never ran.
TEST_CASE("pictures of the sets, and a score made without the model") {
    files const f;
    auto const  state = [](nlohmann::json const& j, std::string const& name) {
        for (auto const& c : j["checks"]) {
            if (c["check"] == name) {
                return c["state"].get<std::string>() + ": " + c["finding"].get<std::string>();
            }
        }
        return std::string("missing");
    };
    auto const rest = "--kind score --alpha 0.4" + f.with("scores", "5\n7\n") + f.with("nulls", "set,score\n1,1\n1,2\n2,3\n2,4\n3,5\n3,6\n");
    auto const sets = [&](std::string const& more) { return audit(rest + more).json(); };
    CHECK(state(sets(""), "shared-pictures") == "not run: it needs to know which pictures the null sets and the set consist of");
    auto const apart = sets(f.with("null-pictures", "11,12\n13,14\n15,16\n") + f.with("set-pictures", "17\n18\n"));
    CHECK(state(apart, "shared-pictures") == "passed: 0 null sets share a picture with the set");
    CHECK(apart["p_value"] == 0.25);
    auto const shared = sets(f.with("null-pictures", "set,picture\n3,15\n3,16\n1,11\n1,12\n2,13\n2,14\n") + f.with("set-pictures", "14\n9007199254740991\n"));
    CHECK(state(shared, "shared-pictures") == "failed: 1 null sets share a picture with the set");
    CHECK(shared["decision"] == "not valid");
    auto const family = sets(f.with("null-pictures", "11,12\n12,14\n15,16\n"));
    CHECK(family["null_size"] == 2);
    CHECK(family["p_value"] == 1.0 / 3.0);
    files const g;
    // As the nulls: K of a set after one another.
    auto const cut =
        audit("--kind score --alpha 0.4 --per-set 2" + g.with("scores", "5\n7\n") + g.with("nulls", ramp(6)) + g.with("null-pictures", "1\n2\n2\n3\n4\n5\n"));
    CHECK(cut.json()["null_size"] == 2);

    // Losses are turned round, looks are not.
    auto const many  = "--kind loss" + g.with("scores", "-1\n") + g.with("nulls", ramp(399));
    auto const looks = [&](std::string const& set) {
        return state(audit(many + g.with("blind", set) + g.with("blind-nulls", ramp(399))).json(), "blind-baseline");
    };
    CHECK(state(audit(many).json(), "blind-baseline").rfind("not run: it needs a score that was made without the model", 0) == 0);
    CHECK(looks("200\n") == "passed: by a score made without the model, the published set stands out from the null sets with p = 1");
    CHECK(looks("300\n600\n") == "failed: by a score made without the model, the published set stands out from the null sets with p = 0.005");
    CHECK(looks("-1\n").rfind("failed", 0) == 0);

    auto const nulls = f.folder / "nulls.csv", pictures = f.folder / "null-pictures.csv";
    check_refused("audit " + rest + f.with("null-pictures", "1,2\n3,4\n"), "\"" + pictures + "\" is of 2 null sets, and \"" + nulls + "\" of 3");
    check_refused("audit " + rest + f.with("null-pictures", "set,p\n1,1\n2,2\n4,3\n"),
                  "\"" + pictures + "\" and \"" + nulls + "\" have different numbers in the column set");
    check_refused("audit " + rest + f.with("null-pictures", "1,2\n3,4\n5,9007199254740992\n"),
                  "the picture 9.0072e+15 in \"" + pictures + "\" is no number of a picture; allowed are whole numbers from 0 to 9007199254740991");
    check_refused("audit " + rest + f.with("blind-nulls", "1,2\n3,4\n") + f.with("blind", "1\n"),
                  "\"" + (f.folder / "blind-nulls.csv") + "\" is of 2 null sets, and \"" + nulls + "\" of 3");
    check_refused("audit " + rest + f.with("blind", "1\n"),
                  "--blind and --blind-nulls belong together: a score made without the model, of the set and of the null sets");
    check_refused("audit " + rest + f.with("set-pictures", "1\n"), "--set-pictures is of no use without --null-pictures");
    check_refused("audit --disjoint 2 " + rest + f.with("null-pictures", "1,2\n3,4\n5,6\n"), "--disjoint is of no use with --null-pictures, which tell it");
    check_refused("audit --family bh " + rest + f.with("blind", "1\n") + f.with("blind-nulls", "1\n"),
                  "--blind is of no use with --family: they are of one set");
    check_refused("audit --kind score --design shared --null-pictures x" + f.with("scores", "1,2\n3,4\n"), "--null-pictures is of no use without --nulls");
    check_refused("audit --null-pictures x --model x", "--null-pictures is of no use with --model");
}

TEST_CASE("only nulls of the set's class") {
    files const f;
    auto const  rest = "--kind score --alpha 0.3" + f.with("nulls", "1\n9\n2\n9\n3\n") + f.with("scores", "5\n") + f.with("null-classes", "1\n2\n1\n2\n1\n");
    CHECK(audit(rest + " --class 1").json()["p_value"] == 0.25);
    CHECK(audit(rest + " --class 2").json()["p_value"] == 1.0);
    check_refused("audit " + rest, "--null-classes and --class belong together: only null sets of the set's class are nulls");
}

TEST_CASE("twins, and the same picture by picture") {
    files const f;
    auto const  rows = f.with("scores", "1,1,1,1,1,1,1,1\n0,0,0,0,0,0,0,0\n");
    auto const  t    = audit("--kind score --design twins" + rows).json();
    CHECK(t["audit"] == "twins");
    CHECK(t["p_value"] == 1.0 / 256.0);
    auto const s = audit("--kind score --design sequential" + rows).json();
    CHECK(s["audit"] == "sequential, coins");
    CHECK(s["n"] == 7);
    CHECK(s["queries"] == 14);
    CHECK(s["e_value"].get<double>() == doctest::Approx(255.0 / 8.0));
    check_refused("audit --kind score --design twins" + f.with("scores", "1,2\n1,2\n3,4\n"),
                  "\"" + (f.folder / "scores.csv") + "\" has 3 rows; for twins the first is the published version and the second the withheld one");
}

TEST_CASE("unlearning, distillation and subjects over rounds") {
    files const f;
    auto const  after = f.with("scores", "2.5\n1\n2\n3\n4\n");
    // One sample a version is a column; a header makes it a matrix of one column.
    auto const u =
        audit("--kind score --alpha 0.3 --design shared" + f.with("scores", "2.5,2.5\n1,1\n2,2\n3,3\n4,4\n") + f.with("before", "9,9\n1,1\n2,2\n3,3\n4,4\n"));
    CHECK(u.json()["audit"] == "unlearning, counterfactual, shared key");
    CHECK(u.json()["p_value"] == 0.6);
    auto const p = audit("--kind score --alpha 0.3" + after + f.with("before", "9\n") + f.with("scores", "2.5\n") + f.with("nulls", "1\n2\n3\n4\n") +
                         f.with("nulls-before", "1\n2\n3\n4\n"));
    CHECK(p.code == 2);  // --scores was given twice
    auto const q = audit("--kind score --alpha 0.3" + f.with("before", "9\n") + f.with("scores", "2.5\n") + f.with("nulls", "1\n2\n3\n4\n") +
                         f.with("nulls-before", "1\n2\n3\n4\n"));
    CHECK(q.json()["audit"] == "unlearning, population rank");
    CHECK(q.json()["p_value"] == 0.6);
    auto const both = "audit --kind score" + f.with("nulls", "1\n2\n3\n4\n") + f.with("scores", "2.5\n");
    check_refused(
        both + f.with("before", "9\n9\n") + f.with("nulls-before", "1\n2\n3\n4\n"),
        "\"" + (f.folder / "before.csv") + "\" has 2 samples and \"" + (f.folder / "scores.csv") + "\" has 1; allowed are scores of one set by both models");
    check_refused(both + f.with("before", "9\n") + f.with("nulls-before", "1\n2\n3\n"),
                  "\"" + (f.folder / "nulls-before.csv") + "\" and \"" + (f.folder / "nulls.csv") +
                      "\" have other numbers of null sets or of samples in them; allowed are scores of the same ones by both models");
    auto const d = audit("--kind score --alpha 0.5 --design shared" + f.with("scores", "3,4,5,1\n1,1,7,9\n0,0,0,2\n") + f.with("groups", "0\n3\n4\n"));
    CHECK(d.json()["audit"] == "distillation, counterfactual, shared key");
    CHECK(d.json()["n"] == 2);
    CHECK(d.json()["p_value"] == 2.0 / 3.0);
    auto const r = audit("--kind score --subject slope" + f.with("scores", "1,3,0\n2,3,1\n3,3,2\n"));
    CHECK(r.json()["audit"] == "subject, slope over 3 rounds");
    CHECK(hallmark_program("audit --kind score --subject slope" + f.with("scores", "1,3,0\n2,3,1\n3,3,2\n")).out.find("  statistic        1\n") !=
          std::string::npos);
    CHECK(r.json()["p_value"] == 2.0 / 3.0);
}

TEST_CASE("many users: a row each, and one rate for all") {
    files const f;
    auto const  rest = "--kind score --per-set 2" + f.with("scores", "200,200\n5,5\n300,300\n") + f.with("nulls", ramp(198));
    auto const  a    = audit(rest + " --family holm");
    CHECK(a.code == 0);
    CHECK(a.json()["users"].size() == 3);
    CHECK(a.json()["shown"] == 2);
    CHECK(a.json()["family"] == "Holm");
    CHECK(a.json()["users"][0]["p_value"] == 0.03);  // 3 · 1/100
    CHECK(a.json()["users"][1]["decision"] == "not shown");
    CHECK(audit(rest + " --family bh").json()["users"][0]["p_value"] == 0.015);
    CHECK(audit(rest + " --family by --alpha 0.001").code == 1);
    CHECK(hallmark_program("audit " + rest + " --family holm").out ==
          "Training is shown for 2 of 3 users, by Holm at alpha = 0.05.\n"
          "user 1: shown, adjusted p = 0.03\nuser 2: not shown, adjusted p = 0.97\nuser 3: shown, adjusted p = 0.03\n");
}

// What the JSON says about a user must not be lost in the text: an answer that was taken away, and what it hangs on.
TEST_CASE("many users in text: why there is no answer, and what to beware of") {
    files const f;
    auto const  users = "audit --kind score --family holm" + f.with("scores", "200,200\n300,300\n");
    CHECK(hallmark_program(users + " --per-set 4" + f.with("nulls", ramp(396))).out ==
          "Training is shown for 0 of 2 users, by Holm at alpha = 0.05.\n"
          "user 1: not valid, adjusted p = 1\n  check set-size failed: the set has 2 samples and the null sets have 4\n"
          "user 2: not valid, adjusted p = 1\n  check set-size failed: the set has 2 samples and the null sets have 4\n");
    CHECK(
        hallmark_program(users + f.with("nulls", ramp(9))).out ==
        "Training is shown for 0 of 2 users, by Holm at alpha = 0.05.\n"
        "user 1: cannot be shown, adjusted p = 0.2\n  check too-few-nulls failed: the least possible p-value is 0.2 and alpha is 0.05\n"
        "user 2: cannot be shown, adjusted p = 0.2\n  check too-few-nulls failed: the least possible p-value is 0.2 and alpha is 0.05\n"
        "warning for 2 of 2 users: With 9 null sets no outcome gives a p-value below 0.1; for alpha = 0.05 there must be at least 19.\n"
        "warning for 2 of 2 users: Each null score is taken as the mean of a whole set of 2 samples; if the nulls are single samples, say how many make a set "
        "with --per-set.\n");
}

TEST_CASE("options that do not go together") {
    files const f;
    auto const  one = "audit --kind score" + f.with("scores", "1,2\n3,4\n");
    check_refused(one, "an audit from scores needs one of --nulls (population), --design (counterfactual, twins, sequential) and --subject (rounds)");
    check_refused(one + " --design shared --subject sum",
                  "an audit from scores needs one of --nulls (population), --design (counterfactual, twins, sequential) and --subject (rounds)");
    check_refused(one + " --design shared --family bh", "--family is of no use without --nulls");
    check_refused(one + " --design twins --before x", "--before is of no use with --design twins");
    check_refused(one + " --design shared --before x --groups y", "--before and --groups cannot be had together");
    check_refused(one + " --nulls n --before x", "--before and --nulls-before belong together: both models score the set and the nulls");
    check_refused(one + " --nulls n --groups x", "--groups is of no use with --nulls");
    check_refused(one + " --subject sum --groups x", "--groups is of no use with --subject");
}
