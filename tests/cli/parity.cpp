// hallmark noise perlin-parity, hallmark mark --schedule parity: what the published program made.
#include "program.hpp"

#include <hallmark/io/image.hpp>
#include <hallmark/io/npy.hpp>
#include <hallmark/parity/marker.hpp>

#include <support/golden.hpp>

#include <algorithm>
#include <filesystem>

namespace {
using pictures = hallmark::image_batch<std::uint8_t>;

auto some_pictures(std::size_t n, std::size_t h, std::size_t w) -> pictures {
    pictures      out(n, 3, h, w);
    std::uint32_t state = 9;
    for (auto& e : out.elements()) {
        state = state * 1664525u + 1013904223u;
        e     = static_cast<std::uint8_t>(state >> 24);
    }
    return out;
}
auto slice(pictures const& all, std::size_t n) { return hallmark::tensor_view<std::uint8_t const>(all.view()).slice(n, 1); }

void spill_png(std::string const& path, hallmark::tensor_view<std::uint8_t const> picture) {
    auto const bytes = hallmark::encode_png(picture);
    spill(path, {reinterpret_cast<char const*>(bytes.data()), bytes.size()});
}

/// A folder of PNG files 0.png, 1.png, …
struct published {
    temp_folder folder;
    std::string in = folder / "in", out = folder / "out";

    explicit published(pictures const& all) {
        for (std::size_t n = 0; n < all.samples(); ++n) {
            spill_png(folder / ("in/" + std::to_string(n) + ".png"), slice(all, n));
        }
    }
    [[nodiscard]] auto command(std::string const& more = "") const -> std::string { return "mark '" + in + "' --schedule parity --out '" + out + "' " + more; }
    [[nodiscard]] auto marked(std::size_t n) const -> std::vector<std::uint8_t> {
        auto const picture = hallmark::read_image(out + "/" + std::to_string(n) + ".png");
        return {picture.elements().begin(), picture.elements().end()};
    }
};
auto elements(hallmark::tensor_view<std::uint8_t const> v) -> std::vector<std::uint8_t> { return {v.data, v.data + v.size()}; }
}  // namespace

TEST_CASE("marks a folder as the library does, in the order of the names or in the order that is given") {
    auto const      all = some_pictures(3, 20, 33);
    published const p(all);
    auto const      r = hallmark_program(p.command("--json"));
    CHECK(r.err == "");
    REQUIRE(r.code == 0);
    CHECK(r.json()["schedule"] == "parity");
    CHECK(r.json()["pictures"] == 3);
    CHECK(r.json()["marked"] == 3);
    CHECK(r.json()["stripes"].size() == 16);
    auto const field = hallmark::parity_marker::field_of(all.view(), 1);
    CHECK(r.json()["draws"][1]["name"] == "1.png");
    CHECK(r.json()["draws"][1]["period"] == field.period);
    CHECK(r.json()["draws"][1]["octaves"] == field.octaves);
    CHECK(r.json()["draws"][1]["frequency"] == field.frequency);
    auto const expected = hallmark::parity_marker()(all.view());
    for (std::size_t n = 0; n < 3; ++n) {
        CHECK(p.marked(n) == elements(slice(expected, n)));
    }
    CHECK(!std::filesystem::exists(p.out + "/hallmark-manifest.json"));  // there is no key to commit to
    CHECK(hallmark_program(p.command("--json")).json()["kept"] == 3);

    spill(p.folder / "order.txt", "2.png\r\n0.png\n\n1.png\n");
    auto turned = all;
    for (std::size_t n = 0; n < 3; ++n) {
        auto const from = elements(slice(all, (n + 2) % 3));
        std::copy(from.begin(), from.end(), turned.elements().begin() + static_cast<std::ptrdiff_t>(n * from.size()));
    }
    auto const other =
        hallmark::parity_marker({.ratio = 0.5, .epsilon = 4.0 / 255.0, .saved_from = hallmark::parity_options::precision::float32})(turned.view());
    REQUIRE(hallmark_program("mark '" + p.in + "' --schedule parity --ratio 0.5 --epsilon 4/255 --saved-from float32 --order '" + (p.folder / "order.txt") +
                             "' --threads 2 --out '" + (p.folder / "again") + "'")
                .code == 0);
    auto const again = hallmark::read_image(p.folder / "again/2.png");
    CHECK(elements(again.view()) == elements(slice(other, 0)));
}

TEST_CASE("byte for byte the published pictures") {
    HALLMARK_NEEDS_GOLDEN();
    for (std::string const user : {"u0", "u1", "u2"}) {
        CAPTURE(user);
        auto const      in = golden::npy("marked/" + user + "_in_u8.npy");
        published const p(pictures(in.shape[0], 3, in.shape[2], in.shape[3], in.as<std::uint8_t>()));
        REQUIRE(hallmark_program(p.command()).code == 0);
        std::vector<std::uint8_t> made;
        for (std::size_t n = 0; n < in.shape[0]; ++n) {
            auto const one = p.marked(n);
            made.insert(made.end(), one.begin(), one.end());
        }
        CHECK(made == golden::values<std::uint8_t>("marked/" + user + "_png_from_f64.npy"));
    }
}

TEST_CASE("the noise map, raw and whole") {
    temp_folder const folder;
    auto const        file  = folder / "m.npy";
    auto const        noise = [&](std::string const& more) {
        return hallmark_program("noise perlin-parity --height 17 --width 40 --period 44 --octaves 4 --json --out '" + file + "' " + more);
    };
    auto const same = [&](hallmark::parity_stage stage) {
        auto const array = hallmark::read_npy(file);
        auto const map   = hallmark::parity_noise({44, 4, 59}, 17, 40, stage);
        CHECK(array.type == hallmark::npy_type::float32);
        CHECK(array.shape == std::vector<std::size_t>{17, 40});
        CHECK(array.as_doubles() == std::vector<double>(map.elements().begin(), map.elements().end()));
    };
    auto const r = noise("--stage map --freq 59");
    CHECK(r.err == "");
    REQUIRE(r.code == 0);
    CHECK(r.json()["stage"] == "map");
    CHECK(r.json()["least"] == 0.0);
    CHECK(r.json()["greatest"] == 1.0);
    same(hallmark::parity_stage::map);
    REQUIRE(noise("--stage raw").code == 0);
    same(hallmark::parity_stage::raw);
    REQUIRE(noise("--stage raw --freq 20").code == 0);
    same(hallmark::parity_stage::raw);

    auto const half = hallmark_program("noise perlin-parity --height 32 --width 32 --period 1.5 --octaves 6 --stage raw --out '" + file + "'");
    REQUIRE(half.code == 0);
    auto const map = hallmark::parity_noise({1.5f, 6, 20}, 32, 32, hallmark::parity_stage::raw);
    CHECK(hallmark::read_npy(file).as_doubles() == std::vector<double>(map.elements().begin(), map.elements().end()));
}

TEST_CASE("what a caller can get wrong with a map") {
    auto const noise = std::string("noise perlin-parity --height 8 --width 8 --octaves 2 ");
    check_refused(noise + "--period 30 --stage map --out a.npy", "--freq is needed with --stage map");
    check_refused(noise + "--period 30 --stage raw --out a.png", "--out is \"a.png\"; allowed are names that end in .npy");
    check_refused(noise + "--period 1 --freq 20 --stage map --out a.npy",
                  "parity_noise: all 8 x 8 samples of the noise are equal, so the published program divides 0 by 0");
    check_refused("noise perlin-parity --height 65535 --width 65535 --octaves 2 --period 30 --stage raw --out a.npy",
                  "the map would have 65535 x 65535 pixels; allowed are at most 134217728 in all");
    auto const refused = hallmark_program(noise + "--period 1.1 --stage raw --out a.npy");
    CHECK(refused.code == 2);
    CHECK(refused.err.find("\"1.1\" is not a number from 1 to 65535 that a float holds exactly, as 1.5 is") != std::string::npos);
    for (std::string const bad : {"--period 30 --stage sine", "--period 0 --stage raw", "--period 0.5 --stage raw", "--period nan --stage raw",
                                  "--period 30 --freq 0 --stage map", "--stage raw", "--period 30"}) {
        CAPTURE(bad);
        CHECK(hallmark_program(noise + bad + " --out a.npy").code == 2);
    }
}

TEST_CASE("what a caller can get wrong with a folder") {
    published const p(some_pictures(2, 8, 40));
    for (std::string const option : {"--key", "--user", "--quality", "--stripes", "--design"}) {
        auto const value = option == "--design" ? "shared" : "1";
        check_refused(p.command(option + " " + value), option + " is of no use with --schedule parity, whose marks follow from the pictures alone");
    }
    auto const order = [&](std::string const& text) {
        spill(p.folder / "order.txt", text);
        return p.command("--order '" + (p.folder / "order.txt") + "'");
    };
    auto const file = "--order \"" + (p.folder / "order.txt") + "\" ";
    check_refused(order("0.png\n"), file + "does not list \"1.png\"; all pictures of the folder have a part in the stripes");
    check_refused(order("0.png\n1.png\n0.png\n"), file + "lists \"0.png\" twice");
    check_refused(order("0.png\n2.png\n"), file + "lists \"2.png\", which is no picture of the folder");
    check_refused("mark '" + p.in + "' --key k --user u --order x --out '" + p.out + "'", "--order is of no use without --schedule parity");
    check_refused("mark '" + p.in + "' --key k --out '" + p.out + "'", "--user is needed to mark with a secret");
    CHECK(!std::filesystem::exists(p.out));

    spill(p.folder / "out/1.png", "mine");
    check_refused(p.command(), "\"" + std::filesystem::canonical(p.out).string() +
                                   "/1.png\" exists and is not this mark of \"1.png\"; it is left alone, so move it away or choose another --out");
    CHECK(slurp(p.out + "/1.png") == "mine");
    CHECK(!std::filesystem::exists(p.out + "/0.png"));

    spill(p.folder / "in/2.bmp", bmp(9, 40, 1));
    check_refused(p.command(), "\"2.bmp\" has 9 x 40 pixels and \"0.png\" has 8 x 40; the published program marks pictures of one size");
    pictures const grey(1, 1, 8, 40);
    spill_png(p.folder / "in/1.png", grey.view());
    check_refused(p.command(), "\"1.png\" is a grey picture, which the published program cannot mark");
}
