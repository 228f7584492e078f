// hallmark verify: any later change is found.
#include "program.hpp"

#include <hallmark/io/manifest.hpp>

#include <filesystem>

namespace {
auto findings(ran const& r) -> std::vector<std::string> {
    std::vector<std::string> out;
    auto const               answer = r.json();
    for (auto const& f : answer["findings"]) {
        out.push_back(f["kind"].get<std::string>() + " " + f["name"].get<std::string>());
    }
    return out;
}
using list = std::vector<std::string>;
}  // namespace

TEST_CASE("an untouched folder is intact, also when marked again") {
    owner const o;
    REQUIRE(o.mark().code == 0);
    auto const r = hallmark_program("verify --json '" + o.book + "' --originals '" + o.originals + "' --key '" + o.key + "'");
    CHECK(r.code == 0);
    CHECK(r.json()["intact"] == true);
    CHECK(r.json()["pictures"] == 6);
    CHECK(r.json()["marked_again"] == 6);
    CHECK(r.json()["seal"] == nlohmann::json::parse(slurp(o.book))["seal"]);
    CHECK(findings(r) == list{});
    CHECK(hallmark_program("verify '" + o.book + "'").out.find("All 6 pictures are as the manifest says.\n") == 0);
}

TEST_CASE("missing, changed and unlisted files") {
    owner const o;
    REQUIRE(o.mark().code == 0);
    std::filesystem::remove(o.out + "/cat/0.bmp.png");
    spill(o.out + "/cat/1.bmp.png", slurp(o.out + "/cat/1.bmp.png") + "x");
    spill(o.out + "/cat/extra.png", "y");
    auto const r = hallmark_program("verify --json '" + o.book + "'");
    CHECK(r.code == 1);
    CHECK(r.json()["intact"] == false);
    CHECK(findings(r) == list{"missing cat/0.bmp.png", "changed cat/1.bmp.png", "unlisted cat/extra.png"});
    CHECK(hallmark_program("verify '" + o.book + "'").out.find("Not all is as it was: 3 findings.\n") == 0);

    // The same manifest beside an untouched copy.
    std::filesystem::copy(o.book, o.folder / "copy.json");
    CHECK(hallmark_program("verify '" + (o.folder / "copy.json") + "' --root '" + o.out + "' --json").json()["findings"].size() == 3);
}

TEST_CASE("an altered manifest") {
    owner const o;
    REQUIRE(o.mark().code == 0);
    auto text = slurp(o.book);
    text.replace(text.find("anna"), 4, "bert");
    spill(o.book, text);
    auto const r = hallmark_program("verify --json '" + o.book + "'");
    CHECK(r.code == 1);
    CHECK(findings(r) == list{"altered " + o.book});
    CHECK(r.json()["seal"].is_null());
    auto const text_answer = hallmark_program("verify '" + o.book + "'").out;
    CHECK(text_answer.find("Not all is as it was: 1 finding.\n") == 0);
    CHECK(text_answer.find("The pictures were not checked: a manifest that was altered says nothing about them.\n") != std::string::npos);
}

TEST_CASE("originals and key") {
    owner const o;
    REQUIRE(o.mark().code == 0);
    spill(o.originals + "/cat/0.bmp", bmp(20, 24, 55));
    std::filesystem::remove(o.originals + "/cat/1.bmp");
    auto const r = hallmark_program("verify --json '" + o.book + "' --originals '" + o.originals + "'");
    CHECK(r.code == 1);
    CHECK(findings(r) == list{"original_changed cat/0.bmp", "original_missing cat/1.bmp"});
    make_key(o.folder / "other.key");
    auto const other = hallmark_program("verify --json '" + o.book + "' --key '" + (o.folder / "other.key") + "'");
    CHECK(other.code == 1);
    CHECK(findings(other) == list{"wrong_key " + (o.folder / "other.key")});
}

// A manifest can be rewritten and sealed anew; only marking again shows that it does not belong to the pictures.
TEST_CASE("a forged manifest with a good seal") {
    owner const o;
    REQUIRE(o.mark().code == 0);
    auto const book  = hallmark::read_manifest(o.book);
    auto const check = [&](hallmark::manifest const& forged) {
        hallmark::write_manifest(o.book, forged);
        CHECK(hallmark_program("verify '" + o.book + "' --originals '" + o.originals + "'").code == 0);
        return hallmark_program("verify --json '" + o.book + "' --originals '" + o.originals + "' --key '" + o.key + "'");
    };
    auto forged               = book;
    forged.recipe.blend.ratio = 0.6;
    auto const ratio          = check(forged);
    CHECK(ratio.code == 1);
    CHECK(findings(ratio).size() == 6);
    CHECK(findings(ratio)[0] == "not_this_mark cat/0.bmp");
    forged = book;
    forged.entries[1].sample ^= 1u;
    CHECK(findings(check(forged)) == list{"not_this_mark cat/1.bmp"});
}

TEST_CASE("what is no manifest is bad input") {
    temp_folder const folder;
    auto const        file = folder / "m.json";
    check_refused("verify '" + file + "'", "read_file: cannot open \"" + file + "\": No such file or directory");
    spill(file, "");
    check_refused("verify '" + file + "'", "read_manifest: \"" + file + "\" is not JSON: the mistake is at byte 1");
    spill(file, "{}");
    CHECK(hallmark_program("verify '" + file + "'").code == 2);
    CHECK(hallmark_program("verify '" + folder.path() + "'").code == 2);
}
