// hallmark noise: one field of noise as an array or a picture.
#include "cli.hpp"
#include "noise_fields.hpp"
#include "pictures.hpp"

#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/npy.hpp>
#include <hallmark/noise/grid.hpp>
#include <hallmark/noise/normalise.hpp>
#include <hallmark/noise/sine_map.hpp>
#include <hallmark/noise/sparse_gabor.hpp>
#include <hallmark/noise/threshold.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace cli {
namespace {
struct noise_options {
    CLI::App*     app = nullptr;
    std::string   out, normalise;
    std::size_t   height = 0, width = 0;
    std::uint32_t half_cycles = 0;
    double        level = 0.0, deviation = 0.0;
    bool          sign = false;
    field_choice  field{};
};
constexpr auto sparse       = "gabor-sparse";  // no field but a source: it is stamped on the picture's own pixels
constexpr auto sparse_field = "gabor-sparse-field";

auto ends_in(std::string const& text, std::string const& end) -> bool {
    return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Options that the chosen field would ignore.
void check(noise_options const& o) {
    auto const& f = o.field;
    if (f.name != "cellular" && f.name != "cellular-3d") {
        forbid(*o.app, {"--metric", "--value"}, "but for cellular noise");
    }
    if (f.name != "gabor") {
        forbid(*o.app, {"--frequency", "--poisson", "--weights"}, "but for gabor noise");
    }
    auto const is_sparse = f.name == sparse || f.name == sparse_field;
    if (f.name != "gabor" && !is_sparse) {
        forbid(*o.app, {"--orientation", "--impulses"}, "but for gabor noise");
    }
    if (f.name == sparse) {
        forbid(*o.app, {"--octaves", "--fractal", "--scale", "--rotate", "--warp", "--threshold"}, "for gabor-sparse, which is no field");
    }
    if (!is_sparse) {
        forbid(*o.app, {"--size", "--sigma", "--wavelength", "--ratio", "--sides"}, "but for gabor-sparse and gabor-sparse-field");
    }
    if (f.fractal.empty()) {
        forbid(*o.app, {"--lacunarity", "--gain"}, "without --fractal");
    }
    if (f.fractal != "ping-pong") {
        forbid(*o.app, {"--strength"}, "without --fractal ping-pong");
    }
    if (!is_volume_name(f.name)) {
        forbid(*o.app, {"--z"}, "but for fields in space");
    } else if (f.octaves > 1) {
        need(*o.app, {"--fractal"}, "with --octaves of a field in space");
    }
    if (!(f.z >= 0.0 && f.z <= 65535.0)) {  // CLI11 lets NaN through
        refuse("--z is ", f.z, "; allowed is 0 to 65535");
    }
    if (o.sign) {
        need(*o.app, {"--sine-map"}, "with --sign");
    }
    if (o.normalise == "variance") {
        need(*o.app, {"--deviation"}, "with --normalise variance");
    } else {
        forbid(*o.app, {"--deviation"}, "without --normalise variance");
    }
}

void fill_plane(noise_options const& o, hallmark::tensor_view<hallmark::noise_sample> plane) {
    auto choice           = o.field;
    choice.oriented       = o.app->count("--orientation") > 0;
    choice.kernel.degrees = choice.orientation;
    if (choice.name != "gabor" && o.app->count("--impulses") == 0) {
        choice.impulses = 1;
    }
    if (choice.name == sparse) {
        auto draws = draws_of(choice);
        hallmark::sparse_gabor{hallmark::gabor_kernel(choice.kernel), choice.period, choice.impulses}.fill(draws, plane);
        return;
    }
    auto field = field_of(choice);
    if (o.app->count("--threshold") > 0) {
        field = any_field(hallmark::threshold(field, o.level));
    }
    hallmark::fill(field, choice.period, plane);
}

auto compute(noise_options const& o) -> std::vector<hallmark::noise_sample> {
    std::vector<hallmark::noise_sample> samples(o.height * o.width);
    auto const                          plane = hallmark::nchw(samples.data(), 1, 1, o.height, o.width);
    fill_plane(o, plane);
    if (o.normalise == "range") {
        hallmark::normalise_range(plane);
    } else if (o.normalise == "variance") {
        hallmark::normalise_variance(o.deviation, plane);
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
    check(o);
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
    a.json["noise"]    = o.field.name;
    a.json["file"]     = o.out;
    a.json["height"]   = o.height;
    a.json["width"]    = o.width;
    a.json["least"]    = static_cast<double>(least) * 0x1p-30;
    a.json["greatest"] = static_cast<double>(greatest) * 0x1p-30;
    a.text             = sentence(o.field.name, " noise of ", o.height, " rows and ", o.width, " columns is in ", quote(o.out), "\n");
    return a;
}
}  // namespace

void add_noise(CLI::App& app, session& s) {
    auto c = command<noise_options>(
        app, s, "noise", "Writes one field of noise: float32 in [-1, 1] as .npy, or 8-bit grey as .png. The same options give the same field everywhere.",
        "hallmark noise perlin --height 224 --width 224 --period 40 --octaves 4 --seed 7 --out field.png", run);
    auto names = field_names();
    names.emplace_back(sparse);
    c.app->add_option("NAME", c->field.name, "Which noise.")->required()->check(CLI::IsMember(names));
    c.app->add_option("--height", c->height, "Rows.")->required()->check(whole_number(1, 65535));
    c.app->add_option("--width", c->width, "Columns.")->required()->check(whole_number(1, 65535));
    auto& f = c->field;
    c.app->add_option("--period", f.period, "The size of a noise cell in pixels.")->check(whole_number(1, 1000000))->capture_default_str();
    c.app->add_option("--octaves", f.octaves, "How many octaves are summed. Without --fractal each is half as high and twice as fine as the one before.")
        ->check(whole_number(1, 16))
        ->capture_default_str();
    c.app->add_option("--fractal", f.fractal, "How octaves are summed, with heights that add up to 1.")
        ->check(CLI::IsMember({"fbm", "ridged", "billow", "ping-pong"}));
    c.app->add_option("--lacunarity", f.lacunarity, "How much finer each octave is, more than 1, at most 4.")->capture_default_str();
    c.app->add_option("--gain", f.gain, "How high each octave is beside the one before, more than 0, at most 1.")->capture_default_str();
    c.app->add_option("--strength", f.strength, "How often ping-pong runs between -1 and 1, 0.125 to 16.")->capture_default_str();
    c.app->add_option("--metric", f.metric, "The distance of cellular noise.")
        ->check(CLI::IsMember({"euclidean", "manhattan", "chebyshev"}))
        ->capture_default_str();
    c.app->add_option("--value", f.value, "What cellular noise shows: the distance to the nearest point, to the second nearest, or the difference.")
        ->check(CLI::IsMember({"f1", "f2", "f2-f1"}))
        ->capture_default_str();
    c.app->add_option("--frequency", f.frequency, "Waves per cell of gabor noise, 0 to 64.")->capture_default_str();
    c.app->add_option("--orientation", f.orientation,
                      "The direction of gabor noise in degrees. Without it, gabor has one for every impulse, the sparse ones 0.");
    c.app->add_option("--impulses", f.impulses, "Impulses per cell of gabor noise; 1 for the sparse ones unless given.")
        ->check(whole_number(1, 64))
        ->capture_default_str();
    c.app->add_flag("--poisson", f.poisson, "Make the number of impulses in a cell Poisson distributed.");
    c.app->add_option("--weights", f.weights, "The weights of impulses: uniform over [-1, 1], or signs.")
        ->check(CLI::IsMember({"uniform", "signs"}))
        ->capture_default_str();
    c.app->add_option("--size", f.kernel.size, "The size of the sparse ones' kernel in pixels, odd, 3 to 255.")->capture_default_str();
    c.app->add_option("--sigma", f.kernel.sigma, "The width of its bell in pixels, 0.25 to 64.")->capture_default_str();
    c.app->add_option("--wavelength", f.kernel.wavelength, "The length of its wave in pixels, 1 to 1024.")->capture_default_str();
    c.app->add_option("--ratio", f.kernel.ratio, "How much narrower its bell is across the wave, 1/16 to 16.")->capture_default_str();
    c.app->add_option("--sides", f.kernel.sides, "In how many directions it has waves, 1 to 36.")->capture_default_str();
    c.app->add_option("--z", f.z, "Which slice of a field in space, in cells.")->check(CLI::Range(0.0, 65535.0))->capture_default_str();
    c.app->add_option("--scale", f.factor, "Multiply places by this factor, 1/1024 to 1024.")->capture_default_str();
    c.app->add_option("--rotate", f.degrees, "Turn the field clockwise by so many degrees, -360 to 360.")->capture_default_str();
    c.app->add_option("--warp", f.warp, "Move places about by up to so many cells, 0 to 64.")->capture_default_str();
    c.app->add_option("--threshold", c->level, "-1 below this level, 1 from there on; -1 to 1.");
    c.app->add_option("--normalise", c->normalise, "Stretch the picture's samples to [-1, 1], or to mean 0 and the deviation of --deviation.")
        ->check(CLI::IsMember({"range", "variance"}));
    c.app->add_option("--deviation", c->deviation, "The standard deviation for --normalise variance, more than 0, at most 1.");
    c.app->add_option("--seed", c->field.seed, "Which field: any number of 64 bits. It is no secret; marks draw theirs from the key.")
        ->check(whole_number())
        ->capture_default_str();
    c.app->add_option("--out", c->out, "The file to write, .npy or .png.")->required();
    c.app->add_option("--sine-map", c->half_cycles, "Send the field through so many half waves of a sine.")->check(whole_number(1, 65535));
    c.app->add_flag("--sign", c->sign, "Keep only the sign of the sine: -1 or 1.");
    add_noise_parity(*c.app, s);
}

}  // namespace cli
