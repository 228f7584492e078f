// Files of numbers, through hallmark metric roc and hallmark correct.
#include "program.hpp"

#include <support/close.hpp>

#include <cmath>

namespace {
/// A .npy file of doubles in one dimension.
auto npy(std::vector<double> const& values) -> std::string {
    auto header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + std::to_string(values.size()) + ",), }";
    header += std::string((118 + 64 - header.size() % 64 - 1) % 64, ' ') + "\n";
    auto out = std::string("\x93NUMPY\x01", 7) + '\0' + static_cast<char>(header.size() & 255u) + static_cast<char>(header.size() >> 8) + header;
    out.append(reinterpret_cast<char const*>(values.data()), 8 * values.size());
    return out;
}

struct scores {
    temp_folder folder;
    std::string members = folder / "m.npy", nulls = folder / "n.npy";
    scores() {
        spill(members, npy({3, 2, 1, 0.5}));
        spill(nulls, npy({2, 0, -1, -2, -3}));
    }
    [[nodiscard]] auto roc(std::string const& more = "") const -> ran {
        return hallmark_program("metric roc --json --members '" + members + "' --nulls '" + nulls + "' " + more);
    }
};
}  // namespace

TEST_CASE("roc: area, rates under the keys that were typed, and intervals beside them") {
    scores const s;
    auto const   r = s.roc("--fpr 0 0.20 1e-3");
    CHECK(r.code == 0);
    auto const j = r.json();
    CHECK(j["auc"] == 17.5 / 20.0);  // 20 pairs: 17 won, one tied
    CHECK(j["fpr_at_tpr_1"] == 0.2);
    CHECK(j["tpr_at_fpr"].size() == 3);
    CHECK(j["tpr_at_fpr"]["0"] == 0.25);
    CHECK(j["tpr_at_fpr"]["0.20"] == 1.0);
    CHECK(j["tpr_at_fpr"]["1e-3"] == 0.25);
    CHECK(j["members"] == 4);
    CHECK(j["nulls"] == 5);
    CHECK(j["confidence"] == 0.95);
    CHECK(close(j["tpr_at_fpr_interval"]["0"]["upper"].get<double>(), 0.8058795503167566, 1e-12));  // (1 - u)^4 + 4 u (1 - u)^3 = 0.025
    CHECK(j["fpr_at_tpr_1_interval"]["hits"] == 1);
    CHECK(j["fpr_at_tpr_1_interval"]["trials"] == 5);
    CHECK(s.roc().json()["tpr_at_fpr"].size() == 3);
    CHECK(!j.contains("fpr_at_tpr"));
    auto const t = s.roc("--tpr 0.50 1").json();  // above 2, which ties with a null, lies one member of four
    CHECK(t["fpr_at_tpr"]["0.50"] == 0.2);
    CHECK(t["fpr_at_tpr"]["1"] == t["fpr_at_tpr_1"]);
    CHECK(t["fpr_at_tpr_interval"]["1"] == t["fpr_at_tpr_1_interval"]);
    CHECK(s.roc("--tpr 0.25").json()["fpr_at_tpr"]["0.25"] == 0.0);
    CHECK(s.roc("--tpr x").err == "hallmark: --tpr is \"x\"; allowed are numbers from 0 to 1\n");
    CHECK(s.roc("--tpr 2").err == "hallmark: --tpr is \"2\"; allowed are numbers from 0 to 1\n");
    CHECK(s.roc("--kind loss").json()["auc"] == 2.5 / 20.0);
    CHECK(hallmark_program("metric roc --members '" + s.members + "' --nulls '" + s.nulls + "'").out.find("AUC           0.875 (4 members, 5 nulls)\n") == 0);
}

TEST_CASE("roc: what a caller can get wrong") {
    scores const s;
    CHECK(s.roc("--fpr x").err == "hallmark: --fpr is \"x\"; allowed are numbers from 0 to 1\n");
    CHECK(s.roc("--fpr 1.5").err == "hallmark: --fpr is \"1.5\"; allowed are numbers from 0 to 1\n");
    CHECK(s.roc("--confidence 1").code == 2);
    CHECK(hallmark_program("metric roc --members '" + s.members + "'").code == 2);
    CHECK(hallmark_program("metric").code == 2);
}

// Files come from anywhere. Each of these would, read carelessly, be a crash, a huge allocation or a wrong number.
TEST_CASE("hostile files are refused in one sentence") {
    scores const s;
    auto const   bad  = s.folder / "bad.npy";
    auto const   code = [&](std::string const& content) {
        spill(bad, content);
        auto const r = hallmark_program("metric roc --members '" + bad + "' --nulls '" + s.nulls + "'");
        INFO(r.err);
        CHECK(r.out == "");
        CHECK(r.err.find("hallmark: ") == 0);
        CHECK(r.err.find('\n') == r.err.size() - 1);
        return r.code;
    };
    auto const good = npy({1, 2, 3});
    CHECK(code("") == 2);
    CHECK(code(good.substr(0, good.size() - 1)) == 2);
    CHECK(code(good + "x") == 2);
    CHECK(code(good.substr(0, 9)) == 2);
    auto huge = good;
    huge.replace(huge.find("(3,)"), 4, "(999999999999,)");
    CHECK(code(huge) == 2);
    CHECK(code(npy({})) == 2);
    CHECK(code(npy({1, 0.0 / 0.0 * 1.0})) == 2);
    check_refused("correct bh --p '" + s.folder.path() + "'", "read_file: cannot read \"" + s.folder.path() + "\": Is a directory");
    auto const csv = s.folder / "bad.csv";
    spill(csv, "");
    check_refused("correct bh --p '" + csv + "'", "read_csv: \"" + csv + "\" has no rows of numbers");
    spill(csv, "0.1\nnan\n");
    CHECK(hallmark_program("correct bh --p '" + csv + "'").code == 2);
    spill(csv, "a,b\n1,2\n3,4\n");
    check_refused("correct bh --p '" + csv + "'", "\"" + csv + "\" has 2 columns; name one of them with --column");
    check_refused("correct bh --column c --p '" + csv + "'", "\"" + csv + "\" has no column named \"c\"");
    // A row with names is a row of a table: one p-value, and not the two numbers of it.
    spill(csv, "user,p\n0.5,0.001\n");
    check_refused("correct bh --p '" + csv + "'", "\"" + csv + "\" has 2 columns; name one of them with --column");
    CHECK(hallmark_program("correct bh --json --column p --p '" + csv + "'").json()["adjusted"] == std::vector<double>{0.001});
    check_refused("correct stouffer --column p --p '" + csv + "' --weights '" + csv + "'", "\"" + csv + "\" has 2 columns; allowed is one");
    spill(csv, "0.5,0.001\n");  // a line of numbers
    CHECK(hallmark_program("correct bh --json --p '" + csv + "'").json()["n"] == 2);
}

// Of several files, which?
TEST_CASE("a file of numbers that cannot be taken is named") {
    scores const s;
    auto         big = npy({0, 0});
    big.replace(big.find("<f8"), 3, "<i8");
    big[big.size() - 1] = 1;  // 2^56
    spill(s.nulls, big);
    check_refused("metric roc --members '" + s.members + "' --nulls '" + s.nulls + "'",
                  "\"" + s.nulls + "\": element 1 is 72057594037927936; allowed is -9007199254740992 to 9007199254740992, where every integer is a double");
    auto structured = npy({1, 2});
    structured.replace(structured.find("'<f8'"), 5, "[('a', '<f8')]");
    spill(s.nulls, structured);
    auto const err = hallmark_program("metric roc --members '" + s.members + "' --nulls '" + s.nulls + "'").err;
    CAPTURE(err);
    CHECK(err.find(s.nulls) != std::string::npos);
}

// Who names a column believes that it was taken.
TEST_CASE("a column of arrays is refused, one of a CSV file beside an array is taken") {
    scores const s;
    auto const   files   = " --members '" + s.members + "' --nulls '" + s.nulls + "' ";
    auto const   refusal = "--column is of no use where none of the files it is for is a CSV file: an .npy array has no names";
    check_refused("metric roc --column zzz" + files, refusal);
    check_refused("metric auc --column zzz" + files, refusal);
    check_refused("metric curve --column zzz" + files, refusal);
    check_refused("metric calibration --column zzz --p '" + s.nulls + "'", refusal);
    check_refused("correct bh --column zzz --p '" + s.nulls + "'", refusal);
    check_refused("test welch --alternative less --column zzz --x '" + s.members + "' --y '" + s.nulls + "'", refusal);
    check_refused("test rank --column zzz --x 1.5 --y '" + s.nulls + "'", refusal);
    auto const table = s.folder / "table.csv";  // tables are taken whole
    spill(table, "zzz,b\n1,2\n3,4\n");
    check_refused("test rank-sum --column zzz --x '" + s.members + "' --y '" + table + "'", refusal);
    check_refused("test lira --column zzz --x '" + s.members + "' --out '" + table + "'", refusal);
    auto const csv = s.folder / "n.csv";
    spill(csv, "a,zzz\n7,2\n7,0\n7,-1\n7,-2\n7,-3\n");
    CHECK(hallmark_program("metric roc --json --column zzz --members '" + s.members + "' --nulls '" + csv + "'").json()["auc"] == 17.5 / 20.0);
}

TEST_CASE("correct: each method, and what is rejected") {
    temp_folder const folder;
    auto const        file = folder / "p.csv";
    spill(file, "user,p\n1,0.01\n2,0.04\n3,0.03\n4,0.5\n");
    auto const adjusted = [&](std::string const& name) {
        auto const r = hallmark_program("correct " + name + " --json --column p --p '" + file + "'");
        CHECK(r.code == 0);
        CHECK(r.json()["method"] == name);
        return r.json()["adjusted"].get<std::vector<double>>();
    };
    auto const same = [](std::vector<double> const& a, std::vector<double> const& b) {
        REQUIRE(a.size() == b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            CHECK(close(a[i], b[i], 1e-14));
        }
    };
    same(adjusted("bonferroni"), {0.04, 0.16, 0.12, 1.0});
    same(adjusted("holm"), {0.04, 0.09, 0.09, 0.5});
    same(adjusted("bh"), {0.04, 0.16 / 3.0, 0.16 / 3.0, 0.5});
    same(adjusted("by"), {0.04 * 25.0 / 12.0, 0.16 / 3.0 * 25.0 / 12.0, 0.16 / 3.0 * 25.0 / 12.0, 1.0});
    auto const j = hallmark_program("correct bh --json --alpha 0.06 --column p --p '" + file + "'").json();
    CHECK(j["rejected"] == nlohmann::json::array({true, true, true, false}));
    CHECK(j["alpha"] == 0.06);
    check_refused("correct bh --alpha 1 --column p --p '" + file + "'", "--alpha is 1; allowed is a number between 0 and 1, both left out");
    check_refused("correct bh --column user --p '" + file + "'", "benjamini_hochberg: p[1] is 2; allowed is 0 to 1");
    CHECK(hallmark_program("correct median --column p --p '" + file + "'").code == 2);
    same(adjusted("hochberg"), {0.04, 0.08, 0.08, 0.5});
    same(adjusted("hommel"), {0.04, 0.08, 0.06, 0.5});
    same(adjusted("storey"), {0.02, 0.16 / 6.0, 0.16 / 6.0, 0.25});
    auto const storey = hallmark_program("correct storey --lambda 0.02 --json --column p --p '" + file + "'").json();
    CHECK(storey["pi0"] == 1.0);
    check_refused("correct bh --column p --lambda 0.2 --p '" + file + "'", "--lambda is of no use for bh");
    check_refused("correct storey --column p --lambda 1 --p '" + file + "'", "storey_pi0: lambda is 1; allowed is more than 0 and less than 1");
    check_refused("correct bh --e '" + file + "'", "--p is needed for bh");
    check_refused("correct e-bh --p '" + file + "'", "--e is needed for e-bh");
    auto const e = folder / "e.csv";
    spill(e, "100\n0\n25\n2\n");
    auto const r = hallmark_program("correct e-bh --alpha 0.1 --json --e '" + e + "'").json();
    same(r["adjusted"].get<std::vector<double>>(), {0.04, 1.0, 0.08, 2.0 / 3.0});
    CHECK(r["rejected"] == nlohmann::json::array({true, false, true, false}));
    spill(e, "1\n-1\n");
    check_refused("correct e-bh --e '" + e + "'", "the e-value -1 in \"" + e + "\" is negative; allowed are numbers from 0 on");
}

// mpmath, as in tests/stats/combine.cpp.
TEST_CASE("correct: one p-value from several") {
    temp_folder const folder;
    auto const        file = folder / "p.csv", weights = folder / "w.csv";
    spill(file, "0.01\n0.2\n0.5\n0.9\n");
    spill(weights, "1\n2\n0\n4\n");
    auto const p_of = [&](std::string const& name) {
        auto const r = hallmark_program("correct " + name + " --json --p '" + file + "'");
        CHECK(r.code == 0);
        auto const j = r.json();
        CHECK(j["n"] == 4);
        CHECK(close(std::exp(j["log_p_value"].get<double>()), j["p_value"].get<double>(), 1e-12));
        return j["p_value"].get<double>();
    };
    CHECK(close(p_of("fisher"), 0.081084256618302323, 1e-10));
    CHECK(close(p_of("stouffer"), 0.17278706396087247, 1e-10));
    CHECK(close(p_of("cauchy"), 0.042027399777831668, 1e-10));
    CHECK(close(p_of("harmonic"), 0.11909011220979489, 1e-10));
    CHECK(close(p_of("min-p"), 0.03940399, 1e-10));
    CHECK(close(p_of("stouffer --weights '" + weights + "'"), 0.59625507974338138, 1e-10));
    CHECK(close(p_of("cauchy --weights '" + weights + "'"), 0.096970462614655731, 1e-10));
    CHECK(hallmark_program("correct min-p --p '" + file + "'").out == "min-p of 4 p-values: statistic = 0.01, p = 0.039404\n");
    check_refused("correct fisher --weights '" + weights + "' --p '" + file + "'", "--weights is of no use for fisher");
    check_refused("correct fisher --alpha 0.1 --p '" + file + "'", "--alpha is of no use for fisher");
    spill(weights, "1\n");
    check_refused("correct stouffer --weights '" + weights + "' --p '" + file + "'",
                  "stouffer_combination: there are 1 weights for 4 p-values; allowed is one for each, or none");
}

TEST_CASE("correct: e-values from p-values, and back, and one from several") {
    temp_folder const folder;
    auto const        p = folder / "p.csv", e = folder / "e.csv";
    spill(p, "1\n0.36787944117144233\n0\n");  // exp(-1)
    spill(e, "20\n0.5\n3\n0\n");
    auto const j = hallmark_program("correct p-to-e --json --p '" + p + "'").json();
    CHECK(j["method"] == "p-to-e");
    CHECK(j["n"] == 3);
    CHECK(close(j["e_values"][0].get<double>(), 0.5, 1e-14));
    CHECK(close(j["e_values"][1].get<double>(), 0.71828182845904524, 1e-13));  // (1 - p + p ln p)/(p ln² p) = e - 2
    CHECK(close(j["log_e_values"][1].get<double>(), std::log(0.71828182845904524), 1e-13));
    CHECK(j["e_values"][2].is_null());
    CHECK(close(hallmark_program("correct p-to-e --kappa 0.5 --json --p '" + p + "'").json()["e_values"][1].get<double>(), 0.5 * std::exp(0.5), 1e-13));
    auto const back = hallmark_program("correct e-to-p --json --e '" + e + "'").json()["p_values"];
    CHECK(close(back[0].get<double>(), 0.05, 1e-14));
    CHECK(back[1] == 1.0);
    CHECK(hallmark_program("correct e-to-p --e '" + e + "'").out == "0.05\n1\n0.333333\n1\n");
    auto const mean = hallmark_program("correct e-mean --json --e '" + e + "'").json();
    CHECK(close(mean["e_value"].get<double>(), 5.875, 1e-14));
    CHECK(close(mean["log_e_value"].get<double>(), std::log(5.875), 1e-14));
    CHECK(close(mean["p_value"].get<double>(), 1.0 / 5.875, 1e-14));
    auto const product = hallmark_program("correct e-product --json --e '" + e + "'").json();
    CHECK(product["e_value"] == 0.0);
    CHECK(product["p_value"] == 1.0);
    CHECK(product["n"] == 4);
    spill(e, "20\n0.5\n3\n");
    CHECK(hallmark_program("correct e-product --e '" + e + "'").out == "e-product of 3 e-values: e = 30, p = 0.0333333\n");
    check_refused("correct e-mean --p '" + p + "'", "--e is needed for e-mean");
    check_refused("correct p-to-e --e '" + e + "'", "--p is needed for p-to-e");
    check_refused("correct e-product --alpha 0.1 --e '" + e + "'", "--alpha is of no use for e-product");
    check_refused("correct bh --kappa 0.5 --p '" + p + "'", "--kappa is of no use for bh");
    check_refused("correct p-to-e --kappa 1 --p '" + p + "'", "p_to_log_e: kappa is 1; allowed is more than 0 and less than 1");
}

TEST_CASE("metric auc, curve, calibration, rate") {
    scores const s;
    auto const   files = " --members '" + s.members + "' --nulls '" + s.nulls + "' ";
    auto const   d     = hallmark_program("metric auc --json" + files).json();
    CHECK(d["auc"] == 17.5 / 20.0);
    CHECK(d["method"] == "delong");
    // By DeLong's definition: placements 1, .9, .8, .8 and .625, .75... of the nulls; the interval is cut at 1.
    CHECK(close(d["standard_error"].get<double>(),
                std::sqrt((0.125 * 0.125 + 0.025 * 0.025 + 2 * 0.075 * 0.075) / 12.0 + (0.5 * 0.5 + 4 * 0.125 * 0.125) / 20.0), 1e-12));
    CHECK(d["interval"]["upper"] == 1.0);
    auto const b = hallmark_program("metric auc --json --method bootstrap --replicates 400 --seed 7" + files);
    CHECK(b.code == 0);
    CHECK(b.json()["auc"] == 17.5 / 20.0);
    CHECK(b.out == hallmark_program("metric auc --json --method bootstrap --replicates 400 --seed 7" + files).out);
    check_refused("metric auc --replicates 200" + files, "--replicates is of no use for delong");
    check_refused("metric auc --method bootstrap --replicates 0" + files, "auc_bootstrap: replicates is 0; allowed is 400 or more for confidence = 0.95");
    CHECK(hallmark_program("metric auc --members '" + s.nulls + "' --nulls '" + s.nulls + "' --json").json()["auc"] == 0.5);

    auto const tied = s.folder / "tied.csv";
    spill(tied, "7\n7\n7\n");
    for (std::string const method : {"delong", "bootstrap"}) {
        check_refused("metric auc --method " + method + " --members '" + tied + "' --nulls '" + tied + "'",
                      "auc_" + method + ": the variance is 0 at an AUC of 0.5; allowed are scores of members and nulls that overlap and are not all equal");
    }

    auto const c = hallmark_program("metric curve --json" + files).json();
    CHECK(c["tpr"] == nlohmann::json::array({0.0, 0.25, 0.5, 0.75, 1.0, 1.0, 1.0, 1.0, 1.0}));
    CHECK(c["threshold"][0].is_null());
    CHECK(c["threshold"][1] == 3.0);
    CHECK(hallmark_program("metric curve --json --points bends" + files).json()["tpr"].size() < 9);
    auto const l = hallmark_program("metric curve --json --points log-log" + files).json();
    CHECK(l["log10_fpr"][0] == -1.0);
    CHECK(l["log10_tpr"].size() == l["log10_fpr"].size());
    CHECK(hallmark_program("metric curve" + files).out.find("threshold,fpr,tpr\ninf,0,0\n3,0,0.25\n") == 0);
    auto const few_members = s.folder / "m.csv", few_nulls = s.folder / "n.csv";
    spill(few_members, "1000000.1\n1000000.2\n");
    spill(few_nulls, "1000000.3\n-0.1\n");
    auto const few = " --members '" + few_members + "' --nulls '" + few_nulls + "'";
    CHECK(hallmark_program("metric curve" + few).out == "threshold,fpr,tpr\ninf,0,0\n1000000.3,0.5,0\n1000000.2,0.5,0.5\n1000000.1,0.5,1\n-0.1,1,1\n");
    CHECK(hallmark_program("metric curve --kind loss" + few).out ==
          "threshold,fpr,tpr\n-inf,0,0\n-0.1,0.5,0\n1000000.1,0.5,0.5\n1000000.2,0.5,1\n1000000.3,1,1\n");

    temp_folder const folder;
    auto const        p = folder / "p.csv";
    spill(p, "0.1\n0.3\n0.5\n0.7\n0.9\n");
    auto const good = hallmark_program("metric calibration --json --p '" + p + "'");
    CHECK(good.code == 0);
    CHECK(good.json()["valid"] == true);
    CHECK(close(good.json()["excess"].get<double>(), 0.1, 1e-12));
    CHECK(good.json()["rejected"][0]["rate"] == 0.2);
    spill(p, "0.001\n0.002\n0.003\n0.004\n0.005\n");
    auto const bad = hallmark_program("metric calibration --json --p '" + p + "'");
    CHECK(bad.code == 1);
    CHECK(bad.json()["valid"] == false);
    CHECK(hallmark_program("metric calibration --p '" + p + "'").out.find("Not valid, as 5 p-values tell: too small by 0.995 at most (at p = 0.005), which ") ==
          0);
    spill(p, "0.5\n");
    CHECK(hallmark_program("metric calibration --p '" + p + "'").out.find("Valid, as far as 1 p-value tells: too small by 0.5 at most (at p = 0.5), which ") ==
          0);
    spill(p, "0.1\n0.2\n");  // within the band of two values, 0.865, and yet p is 0.04
    auto const narrow = hallmark_program("metric calibration --json --p '" + p + "'");
    CHECK(narrow.json()["valid"] == false);
    CHECK(narrow.code == 1);
    CHECK(close(narrow.json()["p_value"].get<double>(), 0.04, 1e-12));
    CHECK(hallmark_program("metric calibration --confidence 0.97 --p '" + p + "'").code == 0);

    auto const w = hallmark_program("metric rate --json --method wilson --successes 7 --trials 25").json();
    CHECK(w["rate"] == 0.28);
    CHECK(close(w["lower"].get<double>(), 0.14283853850956558, 1e-12));
    CHECK(close(hallmark_program("metric rate --json --successes 0 --trials 5000 --confidence 0.9").json()["upper"].get<double>(), 5.9896749e-4, 1e-6));
    check_refused("metric rate --successes 3 --trials 2", "clopper_pearson: successes is 3; allowed is 0 to trials = 2");
    check_refused("metric rate --successes 0 --trials 0", "clopper_pearson: trials is 0; allowed is 1 or more");
    check_refused("metric rate --successes 3", "--trials is needed for rate");
    check_refused("metric roc --fpr 2" + files, "--fpr is \"2\"; allowed are numbers from 0 to 1");
    check_refused("metric roc --tpr nan" + files, "--tpr is \"nan\"; allowed are numbers from 0 to 1");
}
