// hallmark noise: one field of noise as an array or a picture.
#include "cli.hpp"
#include "pictures.hpp"

#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/npy.hpp>
#include <hallmark/noise/fractal.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/perlin.hpp>
#include <hallmark/noise/sine_map.hpp>
#include <hallmark/noise/uniform.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace cli {
namespace {
struct noise_options {
    CLI::App*     app = nullptr;
    std::string   name, out;
    std::size_t   height = 0, width = 0;
    std::uint32_t period = 32, octaves = 1, half_cycles = 0;
    std::uint64_t seed = 0;
    bool          sign = false;
};

auto ends_in(std::string const& text, std::string const& end) -> bool {
    return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

auto compute(noise_options const& o) -> std::vector<hallmark::noise_sample> {
    std::vector<hallmark::noise_sample> samples(o.height * o.width);
    auto const                          plane   = hallmark::nchw(samples.data(), 1, 1, o.height, o.width);
    auto const                          lattice = hallmark::keyed_lattice(static_cast<std::uint32_t>(o.seed), static_cast<std::uint32_t>(o.seed >> 32));
    if (o.name == "perlin") {
        hallmark::fill(hallmark::fractal<hallmark::perlin>(hallmark::perlin(lattice), o.octaves), o.period, plane);
    } else {
        hallmark::fill(hallmark::fractal<hallmark::uniform_noise>(hallmark::uniform_noise(lattice), o.octaves), o.period, plane);
    }
    if (o.half_cycles > 0 && o.sign) {
        hallmark::apply_sine_sign(o.half_cycles, plane);
    } else if (o.half_cycles > 0) {
        hallmark::apply_sine(o.half_cycles, plane);
    }
    return samples;
}

auto run(noise_options const& o) -> answer {
    auto const npy = ends_in(o.out, ".npy");
    if (!npy && !ends_in(o.out, ".png")) {
        refuse("--out is ", quote(o.out), "; allowed are names that end in .npy or .png");
    }
    if (o.height * o.width > std::size_t{1} << 27) {
        refuse("the field would have ", o.height, " x ", o.width, " pixels; allowed are at most ", std::size_t{1} << 27, " in all");
    }
    if (o.sign) {
        need(*o.app, {"--sine-map"}, "with --sign");
    }
    auto const samples = compute(o);
    auto       least = samples.front(), greatest = samples.front();
    for (auto const v : samples) {
        least    = std::min(least, v);
        greatest = std::max(greatest, v);
    }
    if (npy) {
        std::vector<float> values;
        values.reserve(samples.size());
        for (auto const v : samples) {
            values.push_back(static_cast<float>(v) * 0x1p-30f);
        }
        hallmark::write_npy(o.out, std::span<float const>(values), {o.height, o.width});
    } else {
        hallmark::image_batch<std::uint8_t> picture(1, 1, o.height, o.width);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            // -1 is black, 0 is 128, 1 is white: 255 (v + 1) / 2, rounded.
            picture.elements()[i] = static_cast<std::uint8_t>((255 * (std::int64_t{samples[i]} + hallmark::noise_one) + hallmark::noise_one) >> 31);
        }
        hallmark::write_file(o.out, encode(picture, 0));
    }
    answer a;
    a.json["noise"]    = o.name;
    a.json["file"]     = o.out;
    a.json["height"]   = o.height;
    a.json["width"]    = o.width;
    a.json["least"]    = static_cast<double>(least) * 0x1p-30;
    a.json["greatest"] = static_cast<double>(greatest) * 0x1p-30;
    a.text             = sentence(o.name, " noise of ", o.height, " rows and ", o.width, " columns is in ", quote(o.out), "\n");
    return a;
}
}  // namespace

void add_noise(CLI::App& app, session& s) {
    auto c = command<noise_options>(
        app, s, "noise", "Writes one field of noise: float32 in [-1, 1] as .npy, or 8-bit grey as .png. The same options give the same field everywhere.",
        "hallmark noise perlin --height 224 --width 224 --period 40 --octaves 4 --seed 7 --out field.png", run);
    c.app->add_option("NAME", c->name, "Which noise.")->required()->check(CLI::IsMember({"perlin", "uniform"}));
    c.app->add_option("--height", c->height, "Rows.")->required()->check(CLI::Range(1, 65535));
    c.app->add_option("--width", c->width, "Columns.")->required()->check(CLI::Range(1, 65535));
    c.app->add_option("--period", c->period, "The size of a noise cell in pixels.")->check(CLI::Range(1, 65535))->capture_default_str();
    c.app->add_option("--octaves", c->octaves, "How many octaves are summed, each half as high and twice as fine as the one before.")
        ->check(CLI::Range(1, 16))
        ->capture_default_str();
    c.app->add_option("--seed", c->seed, "Which field: any number of 64 bits. It is no secret; marks draw theirs from the key.")
        ->check(whole_number())
        ->capture_default_str();
    c.app->add_option("--out", c->out, "The file to write, .npy or .png.")->required();
    c.app->add_option("--sine-map", c->half_cycles, "Send the field through so many half waves of a sine.")->check(CLI::Range(1, 65535));
    c.app->add_flag("--sign", c->sign, "Keep only the sign of the sine: -1 or 1.");
}

}  // namespace cli
