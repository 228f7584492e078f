// hallmark audit --model: the whole audit, with models that are written for the occasion.
#include "program.hpp"

#include <filesystem>

namespace {
auto audit(owner const& o, std::string const& more) -> std::string {
    return "audit --originals '" + o.originals + "' --manifest '" + o.book + "' --key '" + o.key + "' " + more;
}
/// An owner whose pictures are marked, and the names of his classes.
struct marked_owner : owner {
    std::string classes = folder / "classes.txt";
    explicit marked_owner(std::string const& how = "") {
        REQUIRE(mark(how).code == 0);
        spill(classes, "bird\ncat\ndog\n");
    }
};
}  // namespace

TEST_CASE("bad input is found before the model is opened") {
    marked_owner const o;
    auto const         with = "--model none.pt --classes '" + o.classes + "' ";
    check_refused("audit --model none.pt", "--originals is needed with --model");
    check_refused(audit(o, with + "--kind loss"), "--kind is of no use with --model");
    check_refused(audit(o, "--model none.pt"), "the class \"cat\" of \"cat/0.bmp\" is no number; give the names in the order of the logits with --classes");
    check_refused(audit(o, with + "--size 0"), "--size is \"0\"; allowed is a number of pixels, or rows x columns such as 224x160, each from 1 to 65535");
    CHECK(hallmark_program(audit(o, with + "--withheld 0")).code == 2);
    spill(o.classes, "bird\ncat\n");
    check_refused(audit(o, with), "the class \"dog\" of \"dog/0.bmp\" is not in \"" + o.classes + "\"");
    spill(o.classes, "cat\ncat\ndog\n");
    check_refused(audit(o, with), "\"" + o.classes + "\" has the class \"cat\" twice");
    spill(o.classes, "cat\n\ndog\n");
    check_refused(audit(o, with), "line 2 of \"" + o.classes + "\" is empty; a class name is needed on each line");
    spill(o.classes, "cat\ndog\n");

    make_key(o.folder / "other.key");
    check_refused("audit " + with + "--originals '" + o.originals + "' --manifest '" + o.book + "' --key '" + (o.folder / "other.key") + "'",
                  "the key in \"" + (o.folder / "other.key") + "\" is not the one that \"" + o.book + "\" commits to");
    auto const picture = o.originals + "/cat/1.bmp";
    auto const before  = slurp(picture);
    spill(picture, bmp(20, 24, 99));
    check_refused(audit(o, with), "\"" + picture + "\" is not the file that was marked: its SHA-256 differs from the manifest's");
    spill(picture, before);
    spill(o.originals + "/cat/3.bmp", bmp(10, 10, 5));
    REQUIRE(o.mark().code == 0);
    check_refused(audit(o, with), "the pictures have different sizes (\"cat/0.bmp\" and \"cat/3.bmp\"); say with --size what the trainer resized them to");
    spill(o.originals + "/alone.bmp", bmp(20, 24, 6));
    REQUIRE(o.mark().code == 0);
    check_refused(audit(o, with), "the picture \"alone.bmp\" lies in no class folder; say with --label which class it has");
    check_refused(audit(o, with + "--label cow"), "the class \"cow\" of \"alone.bmp\" is not in \"" + o.classes + "\"");
    std::filesystem::remove(picture);
    check_refused(audit(o, with + "--label cat"), "read_file: cannot open \"" + picture + "\": No such file or directory");
}

#if defined(HALLMARK_CLI_MAKE_MODEL)
namespace {
/// A TorchScript file: `thief` knows the published pictures by heart, `innocent` gives every picture the same logits.
auto model(owner const& o, std::string const& kind, std::string const& published) -> std::string {
    auto const file = o.folder / (kind + ".pt");
    REQUIRE(std::system(("'" HALLMARK_CLI_MAKE_MODEL "' " + kind + " '" + file + "' " + published).c_str()) == 0);
    return "--model '" + file + "' ";
}
}  // namespace

TEST_CASE("a model that learned the published pictures is found, one that did not is not") {
    for (std::string const design : {"shared", "independent"}) {
        INFO(design);
        marked_owner const o("--design " + design);
        auto const         rest  = "--classes '" + o.classes + "' --withheld 19 --json ";
        auto const         page  = o.folder / "report.html";
        auto const         thief = hallmark_program(audit(o, model(o, "thief", "'" + o.out + "'") + rest + "--report '" + page + "'"));
        INFO(thief.err);
        CHECK(thief.code == 0);
        auto const j = thief.json();
        CHECK(j["p_value"].get<double>() == doctest::Approx(j["smallest_p"].get<double>()).epsilon(1e-12));
        CHECK(j["p_value"].get<double>() <= 0.05);
        CHECK(j["design"] == design);
        CHECK(j["decision"] == "shown");
        CHECK(j["pictures"] == 6);
        CHECK(j["queries"] == 120);
        CHECK(j["withheld"] == 19);
        CHECK(j["key_commitment"] == nlohmann::json::parse(slurp(o.book))["key_commitment"]);
        CHECK(slurp(page).find("Shown: the model was trained on") != std::string::npos);
        CHECK(slurp(page).find(slurp(o.key).substr(16, 64)) == std::string::npos);

        auto const small = hallmark_program(audit(o, "--model '" + (o.folder / "thief.pt") + "' " + rest + "--size 10x12"));
        CHECK(small.code == 2);
        CHECK(small.err.find("hallmark: torchscript: the model failed on pictures of 10 x 12 pixels and 3 channels: RuntimeError: ") == 0);

        auto const innocent = hallmark_program(audit(o, model(o, "innocent", "") + rest));
        CHECK(innocent.code == 1);
        CHECK(innocent.json()["p_value"] == 1.0);
        CHECK(innocent.json()["decision"] == "not shown");
        CHECK(
            hallmark_program(audit(o, "--model '" + (o.folder / "innocent.pt") + "' " + rest + "--size 10x12 --channels 1 --mean 0.5 --std 0.25 --quality 80"))
                .code == 1);
        check_refused(audit(o, "--model '" + (o.folder / "innocent.pt") + "' --classes '" + o.classes + "' --mean 0.5 --std 0.25"),
                      "--mean has 1 and --std 1 numbers; allowed is one for each of the 3 channels");
    }
    owner const o;
    // The same file under two names has one mark and counts once.
    spill(o.originals + "/cat/copy.bmp", slurp(o.originals + "/cat/0.bmp"));
    REQUIRE(o.mark().code == 0);
    spill(o.folder / "classes.txt", "bird\ncat\ndog\n");
    auto const classes = o.folder / "classes.txt";
    auto const twice   = hallmark_program(audit(o, model(o, "innocent", "") + "--withheld 19 --json --classes '" + classes + "'")).json();
    CHECK(twice["pictures"] == 6);
    CHECK(twice["copies"] == 1);
    CHECK(twice["warnings"][0] == "1 picture is a copy of another and was asked about once.");
    auto const junk = hallmark_program(audit(o, "--model '" + o.key + "' --classes '" + classes + "'"));
    CHECK(junk.code == 2);
    CHECK(junk.err.find("hallmark: load_torchscript: " + o.key + " is not a TorchScript module: ") == 0);
}

// Six pictures, each a coin: e is 63/6 = 10.5 after five wins, enough for one in ten.
TEST_CASE("in sequence: no more questions than the evidence needs") {
    marked_owner const o("--design independent");
    auto const         rest  = "--classes '" + o.classes + "' --sequential --alpha 0.1 --json ";
    auto const         thief = hallmark_program(audit(o, model(o, "thief", "'" + o.out + "'") + rest));
    INFO(thief.err);
    REQUIRE(thief.code == 0);
    auto const j = thief.json();
    CHECK(j["audit"] == "sequential, coins");
    CHECK(j["n"] == 5);
    CHECK(j["queries"] == 10);
    CHECK(j["withheld"] == 1);
    CHECK(j["e_value"].get<double>() == doctest::Approx(10.5));
    auto const ranks = hallmark_program(audit(o, "--model '" + (o.folder / "thief.pt") + "' " + rest + "--withheld 3"));
    CHECK(ranks.json()["audit"] == "sequential, ranks");
    CHECK(ranks.json()["withheld"] == 3);
    auto const innocent = hallmark_program(audit(o, model(o, "innocent", "") + rest));
    CHECK(innocent.code == 1);
    CHECK(innocent.json()["queries"] == 12);  // all of them tie
    check_refused(audit(o, "--model '" + (o.folder / "innocent.pt") + "' " + rest + "--silence null-homogeneity"),
                  "--silence null-homogeneity is of no use for this audit (sequential, coins), which has no such check");
    marked_owner const shared;
    check_refused(audit(shared, "--model none.pt --classes '" + shared.classes + "' --silence independent-coins"),
                  "--silence independent-coins is of no use for this audit (counterfactual, shared key), which has no such check");
    check_refused(audit(shared, "--model '" + (o.folder / "innocent.pt") + "' --classes '" + shared.classes + "' --sequential"),
                  "--sequential needs pictures marked with --design independent, and \"" + shared.book + "\" says shared");
}
#endif
