// Files of numbers, through hallmark metric roc and hallmark correct.
#include "program.hpp"

#include <support/close.hpp>

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
    CHECK(s.roc("--kind loss").json()["auc"] == 2.5 / 20.0);
    CHECK(hallmark_program("metric roc --members '" + s.members + "' --nulls '" + s.nulls + "'").out.find("AUC           0.875 (4 members, 5 nulls)\n") == 0);
}

TEST_CASE("roc: what a caller can get wrong") {
    scores const s;
    CHECK(s.roc("--fpr x").err == "hallmark: --fpr is \"x\"; allowed are numbers from 0 to 1\n");
    CHECK(s.roc("--fpr 1.5").err == "hallmark: tpr_at_fpr: most_fpr is 1.5; allowed is 0 to 1\n");
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
    CHECK(hallmark_program("correct storey --p '" + file + "'").code == 2);
}
