// hallmark quality, hallmark survive, hallmark mark --preview: what a mark does to pictures, before it is published.
#include "program.hpp"

#include <hallmark/io/image.hpp>
#include <hallmark/mark/quality.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <map>

TEST_CASE("quality of one picture") {
    owner const o(24, 32);
    REQUIRE(o.mark().code == 0);
    auto const a = o.originals + "/cat/0.bmp", b = o.out + "/cat/0.bmp.png";
    auto const r = hallmark_program("quality '" + a + "' '" + b + "' --json");
    CHECK(r.err == "");
    REQUIRE(r.code == 0);
    auto const before = hallmark::read_image(a), after = hallmark::read_image(b);
    auto const q   = hallmark::compare(before.view(), after.view());
    auto const one = r.json()["each"][0];
    // The program and this test may round on different ways to it (-march=native -ffp-contract=fast).
    auto const ssim = doctest::Approx(q.ssim).epsilon(1e-14);
    CHECK(one["psnr"] == q.psnr);
    CHECK(one["ssim"].get<double>() == ssim);
    CHECK(one["largest_difference"] == q.largest_difference);
    CHECK(one["clipped"] == q.clipped);
    CHECK(one["range"]["original"][0] == q.least[0]);
    CHECK(one["range"]["marked"][1] == q.greatest[1]);
    CHECK(one["range_alarm"] == true);
    CHECK(one["phash"] == q.phash);
    CHECK(one["dhash"] == q.dhash);
    CHECK(r.json()["mean_ssim"].get<double>() == ssim);
    CHECK(r.json()["stealth"].is_null());
    CHECK(hallmark_program("quality '" + a + "' '" + a + "' --json").json()["each"][0]["psnr"].is_null());
    CHECK(hallmark_program("quality '" + a + "' '" + b + "'").out.find("(alarm)") != std::string::npos);
}

TEST_CASE("quality of a folder, and how easily the mark is noticed") {
    owner const o(24, 32);
    REQUIRE(o.mark().code == 0);
    auto const r = hallmark_program("quality '" + o.originals + "' '" + o.out + "' --json");
    REQUIRE(r.code == 0);
    CHECK(r.json()["pictures"] == 6);
    CHECK(r.json()["each"][3]["name"] == "dog/0.bmp");
    CHECK(r.json()["stealth"]["range"] == 1.0);  // nothing black and nothing white is left
    CHECK(r.json()["stealth"]["found"].get<double>() > 0.5);
    spill(o.originals + "/cat/new.bmp", bmp(30, 32, 8));
    check_refused("quality '" + o.originals + "' '" + o.out + "'", "\"cat/new.bmp\" has no marked picture in \"" + o.out + "\"");
    REQUIRE(o.mark().code == 0);
    CHECK(hallmark_program("quality '" + o.originals + "' '" + o.out + "' --json").json()["stealth"].is_null());  // not of one size
    check_refused("quality '" + o.originals + "' '" + o.key + "'",
                  "one of \"" + o.originals + "\" and \"" + o.key + "\" is a folder; allowed are two files or two folders");
    check_refused("quality '" + o.originals + "/cat/0.bmp' '" + o.originals + "/cat/new.bmp'",
                  "compare: the pictures have extents (1, 3, 24, 32) and (1, 3, 30, 32)");
}

TEST_CASE("what survives, as a table and a plot") {
    temp_folder const folder;
    spill(folder / "a.bmp", bmp(40, 48, 3));
    auto const r = hallmark_program("survive '" + (folder / "a.bmp") + "' --json --plot '" + (folder / "a.svg") + "'");
    CHECK(r.err == "");
    REQUIRE(r.code == 0);
    std::map<std::string, int> count;
    auto const                 table = r.json();
    for (auto const& row : table["rows"]) {
        ++count[row["attack"].get<std::string>()];
        CHECK(row["correlation"].get<double>() <= 1.0);
        CHECK(row["correlation"].get<double>() > -0.2);
    }
    CHECK(count ==
          std::map<std::string, int>{{"jpeg", 6}, {"resize", 4}, {"crop", 4}, {"blur", 4}, {"median", 1}, {"noise", 4}, {"colour", 3}, {"palette", 4}});
    CHECK(r.json()["rows"][0]["strength"] == 95);
    CHECK(r.json()["rows"][0]["correlation"].get<double>() > r.json()["rows"][5]["correlation"].get<double>());
    CHECK(slurp(folder / "a.svg").find("<svg") == 0);
    CHECK(hallmark_program("survive '" + (folder / "a.bmp") + "'").out.find("palette") != std::string::npos);

    // A mark that is there already, and one of a key, are the marks that are followed.
    make_key(folder / "k");
    auto const own = hallmark_program("survive '" + (folder / "a.bmp") + "' --key '" + (folder / "k") + "' --user anna --json");
    CHECK(own.json()["rows"] != r.json()["rows"]);
    std::filesystem::create_directories(folder.path() + "/in");
    std::filesystem::copy(folder / "a.bmp", folder / "in/a.bmp");
    REQUIRE(hallmark_program("mark '" + (folder / "in") + "' --key '" + (folder / "k") + "' --user anna --out '" + (folder / "out") + "'").code == 0);
    CHECK(hallmark_program("survive '" + (folder / "a.bmp") + "' --marked '" + (folder / "out/a.bmp.png") + "' --json").json()["rows"] == own.json()["rows"]);

    check_refused("survive '" + (folder / "a.bmp") + "' --marked b --key k", "--key is of no use with --marked");
    check_refused("survive '" + (folder / "a.bmp") + "' --plot a.png", "--plot is \"a.png\"; allowed are names that end in .svg");
    check_refused("survive '" + (folder / "a.bmp") + "' --marked '" + (folder / "a.bmp") + "'",
                  "survival: the marked pictures differ from the originals by a constant at most, so there is no mark to follow");
}

TEST_CASE("a contact sheet before anything is marked") {
    owner const o(20, 24);
    auto const  sheet = o.folder / "sheet.png";
    auto const  mark  = "mark '" + o.originals + "' --key '" + o.key + "' --user anna ";
    auto const  r     = hallmark_program(mark + "--preview '" + sheet + "' --json");
    CHECK(r.err == "");
    REQUIRE(r.code == 0);
    CHECK(r.json()["pictures"] == 6);
    CHECK(r.json()["shown"] == 6);
    CHECK(!std::filesystem::exists(o.out));
    auto const made = hallmark::read_image(sheet);
    REQUIRE(made.height() == 8 + 6 * 168);
    REQUIRE(made.width() == 8 + 3 * 168);
    // Small pictures stand in the middle of their cells, as they are: the original, its mark, and 128 plus the difference.
    REQUIRE(o.mark().code == 0);
    auto const before = hallmark::read_image(o.originals + "/cat/0.bmp"), after = hallmark::read_image(o.out + "/cat/0.bmp.png");
    for (std::size_t h = 0; h < 20; ++h) {
        for (std::size_t w = 0; w < 24; ++w) {
            auto const at = [&](std::size_t column) { return int{made.view().at(0, 1, 8 + 70 + h, 8 + 168 * column + 68 + w)}; };
            auto const a = int{before.view().at(0, 1, h, w)}, b = int{after.view().at(0, 1, h, w)};
            REQUIRE(at(0) == a);
            REQUIRE(at(1) == b);
            REQUIRE(at(2) == std::clamp(128 + b - a, 0, 255));
        }
    }
    check_refused(mark + "--preview sheet.jpg", "--preview is \"sheet.jpg\"; allowed are names that end in .png");
    check_refused(mark + "--preview a.png --out b", "--out is of no use with --preview, which marks nothing");
    check_refused(mark, "--out is needed for the marked pictures");
}
