// hallmark questions, and the audit of what was answered.
#include "program.hpp"

#include <hallmark/io/image.hpp>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace {
auto questions(owner const& o, std::string const& out, std::string const& more = "") -> ran {
    return hallmark_program("questions '" + o.book + "' --originals '" + o.originals + "' --key '" + o.key + "' --out '" + out + "' --json " + more);
}
struct question {
    std::size_t picture, version;
};
auto list_of(std::string const& file) -> std::vector<question> {
    std::istringstream    in(slurp(file));
    std::string           header;
    std::vector<question> out;
    char                  comma = 0;
    std::getline(in, header);
    REQUIRE(header == "picture,version");
    for (question q{}; in >> q.picture >> comma >> q.version;) {
        out.push_back(q);
    }
    return out;
}
auto pixels(std::string const& file) { return hallmark::read_image(file); }
auto names_in(std::string const& folder) -> std::vector<std::string> {
    std::vector<std::string> out;
    for (auto const& f : std::filesystem::recursive_directory_iterator(folder)) {
        if (f.is_regular_file() && f.path().extension() != ".csv") {
            out.push_back(f.path().string());
        }
    }
    std::sort(out.begin(), out.end(),
              [](std::string const& a, std::string const& b) { return std::filesystem::path(a).filename() < std::filesystem::path(b).filename(); });
    return out;
}
}  // namespace

TEST_CASE("every version of every picture once; version 0 is what was published; both designs") {
    for (std::string const design : {"shared", "independent"}) {
        owner const o;
        REQUIRE(o.mark("--design " + design).code == 0);
        auto const out = o.folder / "questions";
        auto const r   = questions(o, out, "--withheld 4");
        CHECK(r.code == 0);
        CHECK(r.json()["count"] == 30);
        CHECK(r.json()["pictures"] == 6);
        CHECK(r.json()["design"] == design);
        auto const asked = list_of(out + "/questions.csv");
        auto const files = names_in(out);
        REQUIRE(asked.size() == 30);
        REQUIRE(files.size() == 30);
        std::vector<int>         seen(30);
        std::vector<std::string> names = {"cat/0", "cat/1", "cat/2", "dog/0", "dog/1", "dog/2"};
        for (std::size_t q = 0; q < 30; ++q) {
            ++seen[asked[q].version * 6 + asked[q].picture];
            auto const label = names[asked[q].picture].substr(0, 3);
            CHECK(std::filesystem::path(files[q]).parent_path().filename() == label);
            auto const published = pixels(o.out + "/" + names[asked[q].picture] + ".bmp.png");
            CHECK((pixels(files[q]) == published) == (asked[q].version == 0));
        }
        CHECK(std::count(seen.begin(), seen.end(), 1) == 30);
        bool one_place = true;  // of all published versions
        for (std::size_t q = 0; q < 30; ++q) {
            one_place = one_place && (asked[q].version == 0) == (asked[q - q % 6].version == 0);
        }
        CHECK(one_place == (design == "shared"));
    }
}

// A model that was trained on the published pictures, and one that was not: the first answers highest where the version is 0.
TEST_CASE("answers in the order of asking are audited as the matrix they are") {
    owner const o;
    REQUIRE(o.mark().code == 0);
    auto const out = o.folder / "questions";
    REQUIRE(questions(o, out, "--withheld 19 --quality 80").code == 0);
    CHECK(names_in(out).front().substr(names_in(out).front().size() - 10) == "000001.jpg");
    auto const  asked = list_of(out + "/questions.csv");
    std::string thief, matrix, loss;
    for (auto const& q : asked) {
        auto const score = static_cast<double>(q.picture) + (q.version == 0 ? 3.0 : 0.01 * static_cast<double>(q.version));
        thief += std::to_string(score) + "\n";
        loss += std::to_string(-score) + "\n";
    }
    for (std::size_t v = 0; v < 20; ++v) {
        for (std::size_t p = 0; p < 6; ++p) {
            matrix += (p == 0 ? "" : ",") + std::to_string(static_cast<double>(p) + (v == 0 ? 3.0 : 0.01 * static_cast<double>(v)));
        }
        matrix += "\n";
    }
    spill(o.folder / "thief.csv", thief);
    spill(o.folder / "loss.csv", loss);
    spill(o.folder / "matrix.csv", matrix);
    auto const with = " --design shared --json --scores '";
    auto const list = "' --questions '" + out + "/questions.csv'";
    auto const r    = hallmark_program("audit --kind score" + (with + (o.folder / "thief.csv") + list));
    CHECK(r.code == 0);
    CHECK(r.json()["p_value"] == 0.05);
    CHECK(r.json() == hallmark_program("audit --kind score" + (with + (o.folder / "matrix.csv") + "'")).json());
    CHECK(r.json() == hallmark_program("audit --kind loss" + (with + (o.folder / "loss.csv") + list)).json());

    auto const audit = "audit --kind score --design shared --scores '" + (o.folder / "thief.csv") + "' --questions '";
    check_refused("audit --kind score --scores '" + (o.folder / "thief.csv") + list,
                  "an audit from scores needs one of --nulls (population), --design (counterfactual, twins, sequential) and --subject (rounds)");
    check_refused("audit --kind score --design shared --scores '" + (o.folder / "matrix.csv") + list,
                  "\"" + (o.folder / "matrix.csv") + "\" is a matrix; with --questions it is one answer for each question");
    auto const broken = [&](std::string const& text, std::string const& sentence) {
        spill(o.folder / "list.csv", text);
        spill(o.folder / "few.csv", "1\n2\n3\n4\n");
        check_refused("audit --kind score --design shared --scores '" + (o.folder / "few.csv") + "' --questions '" + (o.folder / "list.csv") + "'",
                      "\"" + (o.folder / "list.csv") + "\" " + sentence + "; it is no list that hallmark questions wrote");
    };
    broken("picture\n0\n1\n0\n1\n", "has not two columns");
    broken("picture,version\n0,0\n1,0\n0,1\n0,1\n", "has version 1 of picture 0 on line 5");
    broken("picture,version\n0,0\n1,0\n0,1\n1,2\n", "has version 2 of picture 1 on line 5");
    broken("picture,version\n0,0\n1,0\n0,1\n-1,1\n", "has the picture -1 on line 5");
    broken("picture,version\n0,0\n1,0.5\n0,1\n1,1\n", "has version 0.5 of picture 1 on line 3");
    spill(o.folder / "few.csv", "1\n2\n3\n");
    spill(o.folder / "list.csv", "picture,version\n0,0\n1,0\n0,1\n1,1\n");
    check_refused("audit --kind score --design shared --scores '" + (o.folder / "few.csv") + "' --questions '" + (o.folder / "list.csv") + "'",
                  "\"" + (o.folder / "few.csv") + "\" has 3 answers, and \"" + (o.folder / "list.csv") + "\" lists 4 questions");
    check_refused(audit + out + "/questions.csv' --groups g.csv", "--groups is of no use with --questions");
}

TEST_CASE("a folder with something in it, another's key and a changed original are refused") {
    owner const o;
    REQUIRE(o.mark().code == 0);
    check_refused("questions '" + o.book + "' --originals '" + o.originals + "' --key '" + o.key + "' --out '" + o.out + "'",
                  "--out is \"" + o.out + "\", which is there and not empty; choose another folder, so that nothing in it is taken for a question");
    make_key(o.folder / "other.key");
    check_refused("questions '" + o.book + "' --originals '" + o.originals + "' --key '" + (o.folder / "other.key") + "' --out '" + (o.folder / "q") + "'",
                  "the key in \"" + (o.folder / "other.key") + "\" is not the one that \"" + o.book + "\" commits to");
    spill(o.originals + "/cat/1.bmp", bmp(20, 24, 99));
    check_refused("questions '" + o.book + "' --originals '" + o.originals + "' --key '" + o.key + "' --out '" + (o.folder / "q") + "'",
                  "\"" + o.originals + "/cat/1.bmp\" is not the file that was marked: its SHA-256 differs from the manifest's");
    CHECK(!std::filesystem::exists(o.folder / "q"));
}
