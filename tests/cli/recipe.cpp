// Marks other than the default one: what hallmark mark can be asked for, that it is recorded, and that verify and audit mark with it again.
#include "program.hpp"

#include <hallmark/mark/image_marker.hpp>
#include <hallmark/mark/recipe.hpp>

#include <algorithm>
#include <filesystem>
#include <set>

namespace {
namespace fs = std::filesystem;

/// Every part of a recipe once, in the options that choose it.
std::string const recipes[] = {
    "--pattern stripes --stripes 5 --palette ff0000,#00FF00 --orientation diagonal --softening 1,0",
    "--pattern checkerboard --board 3x5 --blend multiply",
    "--pattern simplex --cells 3 --palette 101010,f0f0f0 --blend screen --light linear",
    "--pattern gabor --noise value --blend overlay --ratio 0.5",
    "--pattern cellular --noise cellular --octaves 2 --period 5-9 --half-cycles 3",
    "--pattern perlin --noise simplex --blend additive --linf 8/255",
    "--pattern value --noise uniform --l2 2.5",
    "--pattern uniform --noise gabor --keep-range",
    "--pattern none --noise simplex",
    "--noise none --blend overlay --linf 8/255 --band 1-4",
    "--pattern checkerboard --patch 6x4 --ratio 1/2",
    "--pixels 0.1 --design independent",
    "--blend convolution --filter-size 5 --filter-bound 0.2 --brightest kept --light linear --noise none",
};
}  // namespace

// A folder that was marked in a way that is not recorded could not be audited.
TEST_CASE("every recipe is recorded, goes on where it stopped, and is found again by verify") {
    std::set<std::string> marks;
    for (auto const& recipe : recipes) {
        INFO(recipe);
        owner const o(18, 21);
        auto const  first = o.mark(recipe);
        CHECK(first.err == "");
        REQUIRE(first.code == 0);
        CHECK(first.json()["marked"] == 6);
        auto const book = slurp(o.book);
        CHECK(nlohmann::json::parse(book)["major"] == 2);
        auto const one = slurp(o.out + "/cat/1.bmp.png");
        fs::remove(o.out + "/cat/1.bmp.png");
        auto const again = o.mark(recipe + " --threads 1").json();
        CHECK(again["marked"] == 1);
        CHECK(again["kept"] == 5);
        CHECK(slurp(o.out + "/cat/1.bmp.png") == one);
        CHECK(slurp(o.book) == book);

        auto const verify = "verify '" + o.book + "' --originals '" + o.originals + "' --key '" + o.key + "' --json";
        auto const intact = hallmark_program(verify);
        CHECK(intact.code == 0);
        CHECK(intact.json()["marked_again"] == 6);
        auto const other = o.mark();
        CHECK(other.code == 2);
        CHECK(other.err == "hallmark: \"" + fs::canonical(o.out).string() +
                               "/hallmark-manifest.json\" is of a run with other parameters; choose another --out, so " + "that neither is lost\n");
        CHECK(marks.insert(nlohmann::json::parse(book)["recipe"].dump()).second);
    }
}

TEST_CASE("the bytes are those of the library") {
    owner const o(18, 21);
    REQUIRE(o.mark("--pattern checkerboard --board 3x5 --palette ff0000,0000ff --softening 1/2,10 --noise uniform --blend overlay --ratio 0.6 --linf 0.1 "
                   "--band 0-5 --epsilon 0.05 --design independent")
                .code == 0);
    auto const book = nlohmann::json::parse(slurp(o.book));
    CHECK(book["recipe"] == nlohmann::json::parse(R"({"pattern": {"kind": "checkerboard", "rows": 3, "columns": 5, "palette": ["#ff0000", "#0000ff"],
        "softening": [0.5, 10.0]}, "noise": {"field": "uniform", "period": [30, 59], "octaves": [1, 4], "half_cycles": [20, 59]}, "epsilon": 0.05,
        "blend": {"mode": "overlay", "ratio": 0.6, "light": "encoded", "budget": 0.1, "greatest": "white"},
        "within": {"kind": "band", "first": 0, "last": 5}, "design": "independent"})"));
}

// What was written by every version so far is version 1, and stays it.
TEST_CASE("the default mark has the manifest and the bytes that it always had") {
    owner const plain, spelt;
    REQUIRE(plain.mark().code == 0);
    CHECK(nlohmann::json::parse(slurp(plain.book))["major"] == 1);
    CHECK(nlohmann::json::parse(slurp(plain.book))["parameters"]["stripes"] == 16);
    spill(spelt.folder / "same.key", slurp(plain.key));
    fs::permissions(spelt.folder / "same.key", fs::perms::owner_read);
    REQUIRE(
        hallmark_program("mark '" + spelt.originals + "' --key '" + (spelt.folder / "same.key") + "' --user anna --out '" + spelt.out +
                         "' --pattern stripes --orientation horizontal --softening 0.125,128 --noise perlin --period 30-59 --octaves 1-4 --half-cycles 20-59 "
                         "--blend convex --light encoded --linf 1")
            .code == 0);
    CHECK(slurp(spelt.book) == slurp(plain.book));
}

TEST_CASE("a preview shows the recipe, and survive measures it") {
    owner const o;
    auto const  sheet = [&](std::string const& recipe) {
        auto const file = o.folder / "sheet.png";
        REQUIRE(hallmark_program("mark '" + o.originals + "' --key '" + o.key + "' --user u --preview '" + file + "' " + recipe).code == 0);
        return slurp(file);
    };
    CHECK(sheet("--pattern checkerboard") != sheet(""));
    // After a blur: low frequencies stay.
    auto const left = [&](std::string const& recipe) {
        return hallmark_program("survive --json '" + o.originals + "/cat/0.bmp' " + recipe).json()["rows"][15]["correlation"].get<double>();
    };
    CHECK(left("--band 1-3 --noise none") > left("--pattern none --noise uniform"));
    check_refused("survive '" + o.originals + "/cat/0.bmp' --marked x --band 1-3", "--band is of no use with --marked");
}

TEST_CASE("a pattern that is one of the owner's pictures") {
    owner const o;
    auto const  one = o.folder / "secret/a.bmp", secret = o.folder / "secret";
    spill(one, bmp(9, 7, 500));
    spill(o.folder / "secret/deep/b.bmp", bmp(8, 8, 501));
    auto const with = "--pattern pictures --pictures '" + secret + "'";
    REQUIRE(o.mark(with).code == 0);
    CHECK(slurp(o.book).find("secret") == std::string::npos);

    auto const verify = "verify '" + o.book + "' --originals '" + o.originals + "' ";
    auto const key    = "--key '" + o.key + "' ";
    CHECK(hallmark_program("verify '" + o.book + "' " + key).code == 0);
    check_refused(verify + key, "the pattern of \"" + o.book + "\" is one of a set of pictures; say with --pictures where they are");
    check_refused(verify + "--pictures x", "--pictures is of no use without --key and --originals");
    check_refused(verify + key + "--pictures '" + one + "'",
                  "--pictures \"" + one + "\" does not hold the pictures that \"" + o.book + "\" was marked with: their digest differs");
    // Names and folders have no part in it.
    spill(o.folder / "moved/z.bmp", bmp(9, 7, 500));
    spill(o.folder / "moved/y.bmp", bmp(8, 8, 501));
    CHECK(hallmark_program(verify + key + "--json --pictures '" + (o.folder / "moved") + "'").json()["marked_again"] == 6);
    check_refused("audit --model none.pt --originals '" + o.originals + "' --manifest '" + o.book + "' " + key,
                  "the pattern of \"" + o.book + "\" is one of a set of pictures; say with --pictures where they are");
    fs::create_directories(o.folder / "void");
    owner const p;
    check_refused("mark '" + p.originals + "' --key '" + p.key + "' --user u --out '" + p.out + "' --pattern pictures --pictures '" + (o.folder / "void") + "'",
                  "--pictures: there are no pictures (jpg, jpeg, png, bmp) in \"" + (o.folder / "void") + "\"");
    REQUIRE(p.mark().code == 0);
    check_refused("verify '" + p.book + "' --originals '" + p.originals + "' --key '" + p.key + "' --pictures x",
                  "--pictures is of no use for \"" + p.book + "\", whose pattern is not one of a set of pictures");
}

TEST_CASE("what cannot go together, or is no recipe") {
    owner const o;
    auto const  check = [&](std::string const& options, std::string const& sentence) {
        check_refused("mark '" + o.originals + "' --key '" + o.key + "' --user u --out '" + o.out + "' " + options, sentence);
    };
    check("--pattern checkerboard --stripes 3", "--stripes is of no use without --pattern stripes");
    check("--pattern simplex --orientation vertical", "--orientation is of no use without --pattern stripes");
    check("--board 3x3", "--board is of no use without --pattern checkerboard");
    check("--cells 3", "--cells is of no use without a noise field as --pattern");
    check("--pictures x", "--pictures is of no use without --pattern pictures");
    check("--pattern pictures", "--pictures is needed with --pattern pictures");
    check("--pattern pictures --pictures x --palette 000000", "--palette is of no use with --pattern pictures");
    check("--pattern none --palette 000000", "--palette is of no use with --pattern none");
    check("--pattern none --ratio 0.5", "--ratio is of no use with --pattern none");
    check("--noise none --epsilon 0.1", "--epsilon is of no use with --noise none");
    check("--noise uniform --period 3", "--period is of no use with --noise uniform");
    check("--filter-size 3", "--filter-size is of no use without --blend convolution");
    check("--brightest kept", "--brightest is of no use without --blend convolution");
    check("--blend convolution --pattern stripes", "--pattern is of no use with --blend convolution, which filters whole pictures");
    check("--blend convolution --ratio 0.5", "--ratio is of no use with --blend convolution, which filters whole pictures");
    check("--blend convolution --band 1-2", "--band is of no use with --blend convolution, which filters whole pictures");
    check("--keep-range --patch 2x2", "--keep-range and --patch cannot both be had; a mark takes one of --keep-range, --l2, --band, --patch and --pixels");
    check("--keep-range --linf 0.1", "mark_recipe: a range that is kept stretches the picture after the budget, which would not be kept");
    check("--blend additive --light linear", "mark_recipe: the additive blend adds encoded values; linear light is for layers and convolutions");
    check("--band 1-4 --light linear", "mark_recipe: a band of frequencies is one of encoded values; linear light has none");

    check("--stripes 0", "colour_bands: count is 0; allowed is 1 to 65536");
    check("--pattern checkerboard --board 8", "--board is \"8\"; allowed is rows x columns such as 8x8");
    check("--pattern checkerboard --board 8x8x8", "--board is \"8x8x8\"; allowed is rows x columns such as 8x8");
    check("--pattern checkerboard --board 0x8", "colour_boards: the board has 0 x 8 fields; allowed is 1 to 4096 rows and columns");
    check("--palette red", "--palette has the colour \"red\"; allowed are six hexadecimal digits each, with commas in between: ffffff,ff8000");
    check("--palette ffffff,", "--palette has the colour \"\"; allowed are six hexadecimal digits each, with commas in between: ffffff,ff8000");
    check("--pattern perlin --palette ffffff", "--palette has 1 colour; a noise field as --pattern takes two, for its least and its greatest values");
    check("--pattern perlin --cells 0", "noise_patterns: cells is 0; allowed is 1 to 65535");
    check("--softening 1/8", "--softening is \"1/8\"; allowed is a scale and an offset such as 1/8,128");
    check("--softening 2,0", "softening: scale is 2; allowed is 0 to 1");
    check("--period 5-3", "mark_recipe: period is 5 to 3; allowed is a range within 1 to 65535");
    check("--period fast", "--period is \"fast\"; allowed is a whole number, or a range such as 30-59");
    check("--octaves 1-17", "mark_recipe: octaves is 1 to 17; allowed is a range within 1 to 16");
    check("--linf 2", "mark_recipe: budget is 2; allowed is 0 to 1");
    check("--l2 many", "--l2 is \"many\"; allowed is a number or a fraction such as 8/255");
    check("--l2 -1", "l2_bounded: budget is -1; allowed is 0 to 65535");
    check("--band 3-15", "band_limited: the band is 3 to 15; allowed is a range within 0 to 14");
    check("--patch 0x2", "patch: the patch has 0 x 2 pixels; allowed is 1 or more rows and columns");
    check("--pixels 2", "scattered: density is 2; allowed is 0 to 1");
    check("--blend convolution --filter-size 4", "keyed_filters: size is 4; allowed is an odd number from 1 to 15");
    check("--blend convolution --filter-bound 2", "keyed_filters: bound is 2; allowed is 0 to 1");
    for (auto const* wrong : {"--pattern spots", "--noise loud", "--blend more", "--light dark", "--orientation up", "--brightest pixel", "--cells -1"}) {
        CHECK(hallmark_program("mark '" + o.originals + "' --key '" + o.key + "' --user u --out '" + o.out + "' " + wrong).code == 2);
    }
    CHECK(!fs::exists(o.out));
    auto const parity = "mark '" + o.originals + "' --schedule parity --out '" + o.out + "' ";
    for (std::string const option : {"--pattern none", "--palette 000000", "--noise none", "--blend screen", "--keep-range", "--light linear", "--pixels 1"}) {
        check_refused(parity + option, option.substr(0, option.find(' ')) + " is of no use with --schedule parity, whose marks follow from the pictures alone");
    }
}

#if defined(HALLMARK_CLI_MAKE_MODEL)
// Marked again in any other way, the published version would not be the one that the thief knows.
TEST_CASE("a model that learned pictures of another recipe is found") {
    owner const o;
    spill(o.folder / "secret/a.bmp", bmp(9, 7, 500));
    spill(o.folder / "secret/b.bmp", bmp(8, 8, 501));
    auto const pictures = " --pictures '" + (o.folder / "secret") + "'";
    for (std::string const recipe : {"--pattern checkerboard --noise simplex --blend overlay --linf 16/255 --band 1-6", "--pattern pictures"}) {
        INFO(recipe);
        auto const more = recipe == "--pattern pictures" ? pictures : std::string();
        fs::remove_all(o.out);
        REQUIRE(o.mark(recipe + more).code == 0);
        spill(o.folder / "classes.txt", "bird\ncat\ndog\n");
        auto const audit = [&](std::string const& kind, std::string const& published) {
            auto const file = o.folder / (kind + ".pt");
            REQUIRE(std::system(("'" HALLMARK_CLI_MAKE_MODEL "' " + kind + " '" + file + "' " + published).c_str()) == 0);
            return hallmark_program("audit --originals '" + o.originals + "' --manifest '" + o.book + "' --key '" + o.key + "' --model '" + file +
                                    "' --withheld 19 --json --classes '" + (o.folder / "classes.txt") + "'" + more);
        };
        auto const thief = audit("thief", "'" + o.out + "'");
        INFO(thief.err);
        CHECK(thief.code == 0);
        CHECK(thief.json()["p_value"].get<double>() == doctest::Approx(0.05).epsilon(1e-12));
        CHECK(audit("innocent", "").code == 1);
    }
}
#endif
