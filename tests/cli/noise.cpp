// hallmark noise.
#include "program.hpp"

#include <hallmark/io/image.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>

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
    CHECK(r.json()["least"].get<double>() == static_cast<double>(*std::min_element(a.begin(), a.end())));
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

TEST_CASE("what a caller can get wrong") {
    temp_folder const folder;
    check_refused("noise perlin --height 2 --width 2 --out a.gif", "--out is \"a.gif\"; allowed are names that end in .npy or .png");
    check_refused("noise perlin --height 2 --width 2 --sign --out a.npy", "--sine-map is needed with --sign");
    check_refused("noise perlin --height 65535 --width 65535 --out a.npy", "the field would have 65535 x 65535 pixels; allowed are at most 134217728 in all");
    for (std::string const bad :
         {"gabor --height 2 --width 2", "perlin --height 0 --width 2", "perlin --height 2 --width -1", "perlin --height 2 --width 2 --octaves 17",
          "perlin --height 2 --width 2 --period 0", "perlin --height 2 --width 2 --seed -1"}) {
        INFO(bad);
        CHECK(noise(bad, folder / "a.npy").code == 2);
    }
    CHECK(noise("perlin --height 2 --width 2", folder.path() + "/no/such/folder/a.npy").code == 2);
    CHECK(folder.count() == 0);
}
