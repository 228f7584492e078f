// hallmark noise.
#include "program.hpp"

#include <hallmark/io/image.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <string>
#include <vector>

namespace {
auto noise(std::string const& options, std::string const& file) -> ran { return hallmark_program("noise " + options + " --json --out '" + file + "'"); }

/// The elements of a file that `noise` wrote: version 1.0, float32.
auto floats(std::string const& file) -> std::vector<float> {
    auto const         text  = slurp(file);
    auto const         start = 10 + static_cast<unsigned char>(text[8]) + 256u * static_cast<unsigned char>(text[9]);
    std::vector<float> out((text.size() - start) / 4);
    std::memcpy(out.data(), text.data() + start, 4 * out.size());
    return out;
}
}  // namespace

TEST_CASE("an array in [-1, 1], the same each time, another for another seed") {
    temp_folder const folder;
    auto const        r = noise("perlin --height 30 --width 40 --period 9 --octaves 3 --seed 7", folder / "a.npy");
    CHECK(r.code == 0);
    auto const a = floats(folder / "a.npy");
    REQUIRE(a.size() == 1200);
    CHECK(slurp(folder / "a.npy").find("'descr': '<f4'") != std::string::npos);
    CHECK(slurp(folder / "a.npy").find("(30, 40)") != std::string::npos);
    CHECK(a[0] == 0.0f);  // Perlin noise is 0 at lattice points
    for (auto const v : a) {
        REQUIRE(std::abs(v) <= 1.0f);
    }
    CHECK(static_cast<float>(r.json()["least"].get<double>()) == *std::min_element(a.begin(), a.end()));  // the array has 24 bits
    noise("perlin --height 30 --width 40 --period 9 --octaves 3 --seed 7", folder / "b.npy");
    CHECK(slurp(folder / "b.npy") == slurp(folder / "a.npy"));
    for (std::string const other :
         {"perlin --height 30 --width 40 --period 9 --octaves 3 --seed 8", "perlin --height 30 --width 40 --period 9 --octaves 3 --seed 4294967303",
          "perlin --height 30 --width 40 --period 9 --octaves 2 --seed 7", "perlin --height 30 --width 40 --period 8 --octaves 3 --seed 7",
          "uniform --height 30 --width 40 --period 9 --octaves 3 --seed 7", "perlin --height 30 --width 40 --period 9 --octaves 3 --seed 7 --sine-map 5"}) {
        INFO(other);
        CHECK(noise(other, folder / "c.npy").code == 0);
        CHECK(slurp(folder / "c.npy") != slurp(folder / "a.npy"));
    }
}

// A lattice hashes its seeds with its cells: with the seeds of the command line, 0, 1 and 2 had the same values in other places.
TEST_CASE("seeds in a row have nothing in common") {
    temp_folder const  folder;
    std::vector<float> of[3];
    for (int seed = 0; seed < 3; ++seed) {
        REQUIRE(noise("uniform --period 1 --height 32 --width 32 --seed " + std::to_string(seed), folder / "n.npy").code == 0);
        of[seed] = floats(folder / "n.npy");
        std::sort(of[seed].begin(), of[seed].end());
    }
    std::vector<float> both;
    std::set_intersection(of[0].begin(), of[0].end(), of[1].begin(), of[1].end(), std::back_inserter(both));
    std::set_intersection(of[0].begin(), of[0].end(), of[2].begin(), of[2].end(), std::back_inserter(both));
    CHECK(both.size() < 4);
}

TEST_CASE("the sign of the sine is -1 or 1, and a picture shows it as black or white") {
    temp_folder const folder;
    REQUIRE(noise("perlin --height 16 --width 16 --period 5 --sine-map 6 --sign", folder / "s.npy").code == 0);
    for (auto const v : floats(folder / "s.npy")) {
        REQUIRE(std::abs(v) == 1.0f);
    }
    REQUIRE(noise("perlin --height 16 --width 16 --period 5 --sine-map 6 --sign", folder / "s.png").code == 0);
    // -1 is black and 1 is white, and what lies between is rounded to the nearest of 255 steps.
    auto const compare = [&](std::string const& array, std::string const& png) {
        auto const  values  = floats(folder / array);
        auto const  picture = hallmark::read_image(folder / png, 1);
        auto const& pixels  = picture.elements();
        REQUIRE(pixels.size() == values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            REQUIRE(static_cast<int>(pixels[i]) == static_cast<int>(std::floor((static_cast<double>(values[i]) + 1.0) / 2.0 * 255.0 + 0.5)));
        }
    };
    compare("s.npy", "s.png");
    REQUIRE(noise("uniform --height 40 --width 30 --period 1 --seed 3", folder / "u.npy").code == 0);
    REQUIRE(noise("uniform --height 40 --width 30 --period 1 --seed 3", folder / "u.png").code == 0);
    compare("u.npy", "u.png");
}

// One field that the program forgot, or took for another, would be found by nobody else.
TEST_CASE("every field, and every option of one, gives another picture") {
    temp_folder const        folder;
    std::vector<std::string> seen;
    auto const               fresh = [&](std::string const& options) {
        INFO(options);
        REQUIRE(noise(options + " --height 24 --width 24 --period 9 --seed 7", folder / "f.npy").code == 0);
        auto const bytes = slurp(folder / "f.npy");
        CHECK(std::find(seen.begin(), seen.end(), bytes) == seen.end());
        seen.push_back(bytes);
    };
    for (std::string const field : {"perlin", "perlin-classic", "simplex", "value", "cellular", "gabor", "uniform", "blue", "gabor-sparse-field", "perlin-3d",
                                    "simplex-3d", "value-3d", "cellular-3d"}) {
        fresh(field);
        fresh(field + " --octaves 3 --fractal fbm");
        fresh(field + " --warp 0.5");
    }
    for (std::string const options : {"simplex --octaves 3",
                                      "simplex --octaves 3 --fractal ridged",
                                      "simplex --octaves 3 --fractal billow",
                                      "simplex --octaves 3 --fractal ping-pong",
                                      "simplex --octaves 3 --fractal ping-pong --strength 3",
                                      "simplex --octaves 3 --fractal fbm --lacunarity 2.5",
                                      "simplex --octaves 3 --fractal fbm --gain 0.6",
                                      "cellular --metric manhattan",
                                      "cellular --metric chebyshev",
                                      "cellular --value f2",
                                      "cellular --value f2-f1",
                                      "cellular --value f2 --metric manhattan",
                                      "cellular --value f2 --metric chebyshev",
                                      "cellular --value f2-f1 --metric manhattan",
                                      "cellular --value f2-f1 --metric chebyshev",
                                      "cellular-3d --metric manhattan",
                                      "cellular-3d --value f2-f1 --metric chebyshev",
                                      "gabor --frequency 2",
                                      "gabor --orientation 0",
                                      "gabor --orientation 30",
                                      "gabor --impulses 4",
                                      "gabor --poisson",
                                      "gabor --weights signs",
                                      "value-3d --z 0.5",
                                      "value-3d --z 7",
                                      "gabor-sparse --size 9",
                                      "gabor-sparse --size 9 --sigma 3",
                                      "gabor-sparse --size 9 --wavelength 5",
                                      "gabor-sparse --size 9 --ratio 0.5",
                                      "gabor-sparse --size 9 --sides 3",
                                      "gabor-sparse --size 9 --orientation 30",
                                      "gabor-sparse --size 9 --impulses 3",
                                      "gabor-sparse-field --size 9",
                                      "gabor-sparse-field --size 9 --impulses 3",
                                      "gabor-sparse-field --size 9 --orientation 30",
                                      "value --scale 2",
                                      "value --rotate 30",
                                      "value --threshold 0.1",
                                      "value --normalise range",
                                      "value --normalise variance --deviation 0.2"}) {
        fresh(options);
    }
}

TEST_CASE("a threshold gives -1 and 1; a normalised picture has the whole range") {
    temp_folder const folder;
    REQUIRE(noise("value --height 16 --width 16 --period 5 --threshold 0", folder / "t.npy").code == 0);
    for (auto const v : floats(folder / "t.npy")) {
        REQUIRE(std::abs(v) == 1.0f);
    }
    auto const r = noise("value --height 16 --width 16 --period 5 --normalise range", folder / "n.npy");
    CHECK(r.json()["noise"] == "value");
    CHECK(r.json()["least"] == -1.0);
    CHECK(r.json()["greatest"] == 1.0);
}

TEST_CASE("options that the field would ignore") {
    auto const with = [](std::string const& options) { return "noise " + options + " --height 2 --width 2 --out a.npy"; };
    check_refused(with("perlin --metric manhattan"), "--metric is of no use but for cellular noise");
    check_refused(with("gabor --value f2"), "--value is of no use but for cellular noise");
    check_refused(with("perlin --frequency 3"), "--frequency is of no use but for gabor noise");
    check_refused(with("perlin --poisson"), "--poisson is of no use but for gabor noise");
    check_refused(with("perlin --octaves 3 --gain 0.5"), "--gain is of no use without --fractal");
    check_refused(with("perlin --octaves 3 --fractal fbm --strength 3"), "--strength is of no use without --fractal ping-pong");
    check_refused(with("gabor --sigma 3"), "--sigma is of no use but for gabor-sparse and gabor-sparse-field");
    check_refused(with("gabor-sparse --octaves 3"), "--octaves is of no use for gabor-sparse, which is no field");
    check_refused(with("perlin --z 3"), "--z is of no use but for fields in space");
    check_refused(with("value-3d --octaves 3"), "--fractal is needed with --octaves of a field in space");
    check_refused(with("value --normalise variance"), "--deviation is needed with --normalise variance");
    check_refused(with("value --deviation 0.5"), "--deviation is of no use without --normalise variance");
    check_refused(with("gabor --frequency nan"), "make_gabor: frequency is nan; allowed is 0 to 64");
    check_refused(with("value --octaves 2 --fractal fbm --lacunarity 5"), "fbm: lacunarity is 5; allowed is more than 1, at most 4");
    check_refused(with("value --warp -1"), "domain_warp: amount is -1; allowed is 0 to 64");
    check_refused(with("value --scale 0"), "scale: factor is 0; allowed is 1/1024 to 1024");
}

TEST_CASE("what a caller can get wrong") {
    temp_folder const folder;
    check_refused("noise perlin --height 2 --width 2 --out a.gif", "--out is \"a.gif\"; allowed are names that end in .npy or .png");
    check_refused("noise perlin --height 2 --width 2 --sign --out a.npy", "--sine-map is needed with --sign");
    check_refused("noise perlin --height 65535 --width 65535 --out a.npy", "the field would have 65535 x 65535 pixels; allowed are at most 134217728 in all");
    for (std::string const bad :
         {"marble --height 2 --width 2", "perlin --height 0 --width 2", "perlin --height 2 --width -1", "perlin --height 2 --width 2 --octaves 17",
          "perlin --height 2 --width 2 --period 0", "perlin --height 2 --width 2 --seed -1"}) {
        INFO(bad);
        CHECK(noise(bad, folder / "a.npy").code == 2);
    }
    CHECK(noise("perlin --height 2 --width 2", folder.path() + "/no/such/folder/a.npy").code == 2);
    CHECK(folder.count() == 0);
}
