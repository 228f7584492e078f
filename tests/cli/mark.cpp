// hallmark mark: whole folders, again and again, with nothing lost.
#include "program.hpp"

#include <algorithm>
#include <filesystem>

namespace {
namespace fs = std::filesystem;

auto files_below(std::string const& folder) -> std::vector<std::string> {
    std::vector<std::string> names;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            names.push_back(entry.path().lexically_relative(folder).string());
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}
}  // namespace

TEST_CASE("marks every picture, keeps names and folders, and writes the manifest") {
    owner const o;
    auto const  r = o.mark();
    CHECK(r.code == 0);
    CHECK(r.err == "");
    auto const j = r.json();
    CHECK(j["pictures"] == 6);
    CHECK(j["marked"] == 6);
    CHECK(j["kept"] == 0);
    CHECK(j["failed"].empty());
    CHECK(files_below(o.out) == std::vector<std::string>{"cat/0.bmp.png", "cat/1.bmp.png", "cat/2.bmp.png", "dog/0.bmp.png", "dog/1.bmp.png", "dog/2.bmp.png",
                                                         "hallmark-manifest.json"});
    auto const book = nlohmann::json::parse(slurp(o.book));
    CHECK(book["key_commitment"] == hallmark_program("key show-commitment --json '" + o.key + "'").json()["commitment"]);
    CHECK(book["user"] == "anna");
    REQUIRE(book["entries"].size() == 6);
    for (auto const& e : book["entries"]) {
        // The sample number comes from the file alone: the first 16 digits of its SHA-256.
        CHECK(e["sample"].get<std::uint64_t>() == std::stoull(e["original_sha256"].get<std::string>().substr(0, 16), nullptr, 16));
        CHECK(e["label"] == e["name"].get<std::string>().substr(0, 3));
    }
    CHECK(slurp(o.key).size() > 64);
    CHECK(slurp(o.book).find(slurp(o.key).substr(16, 64)) == std::string::npos);
}

// A mark that changed with a file's name or its neighbours could not be made again for an audit.
TEST_CASE("the mark depends on the file, the key, the user and the parameters, and on nothing else") {
    owner const o;
    REQUIRE(o.mark("--threads 1").code == 0);
    auto const first = slurp(o.out + "/cat/0.bmp.png");
    auto const once  = [&](std::string const& more, std::string const& key) {
        temp_folder const alone;
        spill(alone / "in/other name.bmp", slurp(o.originals + "/cat/0.bmp"));
        REQUIRE(hallmark_program("mark '" + (alone / "in") + "' --key '" + key + "' --out '" + (alone / "out") + "' " + more).code == 0);
        return slurp(alone / "out/other name.bmp.png");
    };
    CHECK(once("--user anna --threads 3", o.key) == first);
    CHECK(once("--user anna --epsilon 0.03137254901960784 --ratio 7/10", o.key) == first);
    CHECK(once("--user bert", o.key) != first);
    CHECK(once("--user anna --ratio 0.6", o.key) != first);
    CHECK(once("--user anna --epsilon 4/255", o.key) != first);
    CHECK(once("--user anna --stripes 5", o.key) != first);
    CHECK(once("--user anna --design independent", o.key) != first);
    make_key(o.folder / "other.key");
    CHECK(once("--user anna", o.folder / "other.key") != first);
}

TEST_CASE("a second run marks only what is missing or changed") {
    owner const o;
    REQUIRE(o.mark().code == 0);
    auto const book = slurp(o.book);
    CHECK(o.mark().json()["kept"] == 6);
    CHECK(slurp(o.book) == book);

    auto const picture = slurp(o.out + "/cat/1.bmp.png");
    fs::remove(o.out + "/cat/1.bmp.png");
    spill(o.out + "/dog/1.bmp.png", "spoiled");
    auto const again = o.mark().json();
    CHECK(again["marked"] == 2);
    CHECK(again["kept"] == 4);
    CHECK(slurp(o.out + "/cat/1.bmp.png") == picture);
    CHECK(slurp(o.book) == book);

    spill(o.originals + "/cat/0.bmp", bmp(20, 24, 77));
    spill(o.originals + "/cat/new.bmp", bmp(20, 24, 78));
    CHECK(o.mark().json()["marked"] == 2);
    CHECK(nlohmann::json::parse(slurp(o.book))["entries"].size() == 7);
}

// A killed run leaves pictures without a manifest, and perhaps half a file under a temporary name.
TEST_CASE("goes on after a run that was killed") {
    owner const o;
    REQUIRE(o.mark().code == 0);
    auto const book = slurp(o.book);
    fs::remove(o.book);
    fs::remove(o.out + "/dog/2.bmp.png");
    spill(o.out + "/dog/.hallmark-2147480000-3.tmp", "half a pict");
    auto const r = o.mark();
    CHECK(r.code == 0);
    CHECK(r.json()["kept"] == 5);
    CHECK(r.json()["marked"] == 1);
    CHECK(slurp(o.book) == book);
    CHECK(!fs::exists(o.out + "/dog/.hallmark-2147480000-3.tmp"));
}

TEST_CASE("the record of what was published outlives its original") {
    owner const o;
    REQUIRE(o.mark().code == 0);
    fs::remove(o.originals + "/cat/0.bmp");
    CHECK(o.mark().json()["pictures"] == 5);
    CHECK(nlohmann::json::parse(slurp(o.book))["entries"].size() == 6);
    CHECK(hallmark_program("verify '" + o.book + "'").code == 0);
}

TEST_CASE("a picture that cannot be read is named, and the others are marked") {
    owner const o;
    spill(o.originals + "/cat/broken.jpg", "\xff\xd8\xff no picture");
    spill(o.originals + "/cat/empty.png", "");
    auto const r = o.mark();
    CHECK(r.code == 2);
    CHECK(r.json()["marked"] == 6);
    CHECK(r.json()["failed"].size() == 2);
    CHECK(r.json()["failed"][0]["name"] == "cat/broken.jpg");
    CHECK(r.err == "hallmark: decode_image: \"" + fs::canonical(o.originals).string() + "/cat/broken.jpg\" ends before its picture does\n" +
                       "hallmark: decode_image: \"" + fs::canonical(o.originals).string() + "/cat/empty.png\" is empty\n");
    CHECK(nlohmann::json::parse(slurp(o.book))["entries"].size() == 6);
}

TEST_CASE("two pictures that differ in their extension alone stay two") {
    temp_folder const folder;
    make_key(folder / "k");
    spill(folder / "in/a.bmp", bmp(8, 8, 1));
    REQUIRE(hallmark_program("noise perlin --height 8 --width 8 --out '" + (folder / "in/a.png") + "'").code == 0);
    auto const mark = "mark '" + (folder / "in") + "' --key '" + (folder / "k") + "' --user u --out '" + (folder / "out") + "' --json";
    CHECK(hallmark_program(mark).code == 0);
    CHECK(files_below(folder / "out") == std::vector<std::string>{"a.bmp.png", "a.png", "hallmark-manifest.json"});
    // A grey file stays grey: the header of the PNG says colour type 0.
    CHECK(slurp(folder / "out/a.png")[25] == '\0');
    CHECK(slurp(folder / "out/a.bmp.png")[25] == '\2');

    spill(folder / "in/a.bmp.png", slurp(folder / "in/a.png"));
    check_refused(mark, "\"a.bmp\" and \"a.bmp.png\" would both be marked as \"a.bmp.png\"; rename one of them");
    CHECK(hallmark_program("verify '" + (folder / "out/hallmark-manifest.json") + "'").code == 0);
}

TEST_CASE("JPEG of a chosen quality, which a second run with another quality replaces") {
    owner const o;
    REQUIRE(o.mark("--quality 90").code == 0);
    CHECK(slurp(o.out + "/cat/0.bmp.jpg").substr(0, 3) == "\xff\xd8\xff");
    CHECK(o.mark("--quality 90").json()["kept"] == 6);
    CHECK(o.mark("--quality 40").json()["marked"] == 6);
    CHECK(hallmark_program("verify '" + o.book + "' --key '" + o.key + "' --originals '" + o.originals + "'").code == 0);
    CHECK(o.mark().err ==
          "hallmark: \"" + fs::canonical(o.book).string() + "\" is of a run with the other file format; choose another --out, so that neither is lost\n");
}

TEST_CASE("an out folder inside the originals is not marked again") {
    owner const o;
    auto const  mark = "mark '" + o.originals + "' --key '" + o.key + "' --user anna --out '" + o.originals + "/marked/' --json";
    CHECK(hallmark_program(mark).json()["marked"] == 6);
    CHECK(hallmark_program(mark).json()["pictures"] == 6);
    CHECK(!fs::exists(o.originals + "/marked/marked"));
}

TEST_CASE("what could lose something is refused") {
    owner const o;
    auto const  mark = [&](std::string const& out, std::string const& user = "anna") {
        return "mark '" + o.originals + "' --key '" + o.key + "' --user '" + user + "' --out '" + out + "'";
    };
    for (auto const& out : {o.originals, o.folder.path()}) {
        check_refused(mark(out), "--out \"" + out + "\" holds the originals, which a marked picture could overwrite; choose another folder");
    }
    check_refused(mark(o.key), "--out \"" + o.key + "\" is not a folder");
    REQUIRE(o.mark().code == 0);
    auto const book = fs::canonical(o.book).string();
    check_refused(mark(o.out, "bert"), "\"" + book + "\" is of a run with another user; choose another --out, so that neither is lost");
    check_refused(mark(o.out) + " --ratio 0.5", "\"" + book + "\" is of a run with other parameters; choose another --out, so that neither is lost");
    make_key(o.folder / "other.key");
    check_refused("mark '" + o.originals + "' --key '" + (o.folder / "other.key") + "' --user anna --out '" + o.out + "'",
                  "\"" + book + "\" is of a run with another key; choose another --out, so that neither is lost");

    // Somebody's own file under the name of a marked picture.
    spill(o.folder / "elsewhere/cat/0.bmp.png", "mine");
    auto const r = hallmark_program(mark(o.folder / "elsewhere") + " --json");
    CHECK(r.code == 2);
    CHECK(r.json()["marked"] == 5);
    CHECK(r.err.find("exists, is in no manifest and is not this mark of") != std::string::npos);
    CHECK(slurp(o.folder / "elsewhere/cat/0.bmp.png") == "mine");
}

TEST_CASE("what a caller can get wrong") {
    owner const o;
    auto const  mark = "mark '" + o.originals + "' --key '" + o.key + "' --out '" + o.out + "' --user ";
    check_refused(mark + "''", "--user is empty; leave it out or give it a value");
    check_refused(mark + "u --ratio 1.5", "mark_recipe: ratio is 1.5; allowed is 0 to 1");
    check_refused(mark + "u --epsilon 8/0", "--epsilon is \"8/0\"; allowed is a number or a fraction such as 8/255");
    check_refused(mark + "u --ratio nan", "--ratio is \"nan\"; allowed is a number or a fraction such as 8/255");
    check_refused(mark + "u --epsilon 8/inf", "--epsilon is \"8/inf\"; allowed is a number or a fraction such as 8/255");
    check_refused(mark + "u --period 010", "--period is \"010\"; allowed is a whole number, or a range such as 30-59");
    for (auto const& [options, why] :
         {std::pair{"--pattern none --noise none", "neither pattern nor noise"}, std::pair{"--ratio 1 --epsilon 0", "neither pattern nor noise"},
          std::pair{"--linf 0", "--linf 0"}, std::pair{"--l2 0", "--l2 0"}, std::pair{"--pixels 0", "--pixels 0"}}) {
        check_refused(mark + "u " + options, std::string("a mark with ") + why + " changes no picture, so that nothing could be shown later");
    }
    check_refused(mark + "u --stripes 0", "colour_bands: count is 0; allowed is 1 to 65536");
    CHECK(hallmark_program(mark + "u --quality 0").code == 2);
    CHECK(hallmark_program(mark + "u --design twins").code == 2);
    check_refused("mark '" + o.folder.path() + "/nowhere' --key '" + o.key + "' --user u --out '" + o.out + "'",
                  "cannot use \"" + o.folder.path() + "/nowhere\": No such file or directory");
    fs::create_directories(o.folder.path() + "/void");
    check_refused("mark '" + o.folder.path() + "/void' --key '" + o.key + "' --user u --out '" + o.out + "'",
                  "there are no pictures (jpg, jpeg, png, bmp) in \"" + o.folder.path() + "/void\"");
    CHECK(!fs::exists(o.out));
}
