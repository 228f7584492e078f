// hallmark noise perlin-parity: the noise map of the published program.
#include "cli.hpp"

#include <hallmark/io/npy.hpp>
#include <hallmark/parity/noise.hpp>

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <system_error>

namespace cli {
namespace {
struct parity_map {
    CLI::App*              app = nullptr;
    std::string            out, stage;
    std::size_t            height = 0, width = 0;
    hallmark::parity_field field{};
};

auto run(parity_map const& o) -> answer {
    if (o.out.size() < 5 || o.out.compare(o.out.size() - 4, 4, ".npy") != 0) {
        refuse("--out is ", quote(o.out), "; allowed are names that end in .npy");
    }
    if (o.height * o.width > std::size_t{1} << 27) {
        refuse("the map would have ", o.height, " x ", o.width, " pixels; allowed are at most ", std::size_t{1} << 27, " in all");
    }
    if (o.stage == "map") {
        need(*o.app, {"--freq"}, "with --stage map");
    }
    auto const map = hallmark::parity_noise(o.field, o.height, o.width, o.stage == "raw" ? hallmark::parity_stage::raw : hallmark::parity_stage::map);
    auto const [least, greatest] = std::minmax_element(map.elements().begin(), map.elements().end());
    hallmark::write_npy(o.out, std::span<float const>(map.elements()), {o.height, o.width});
    answer a;
    a.json["noise"]    = "perlin-parity";
    a.json["stage"]    = o.stage;
    a.json["file"]     = o.out;
    a.json["height"]   = o.height;
    a.json["width"]    = o.width;
    a.json["least"]    = static_cast<double>(*least);
    a.json["greatest"] = static_cast<double>(*greatest);
    a.text             = sentence("the published program's noise of ", o.height, " rows and ", o.width, " columns is in ", quote(o.out), "\n");
    return a;
}

// The published program divides by a double. By a number that a float holds the quotient is the same, by another it is not.
auto exact_float(double least, double most) -> CLI::Validator {
    return CLI::Validator(
        [least, most](std::string& text) {
            double value             = 0.0;
            auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
            auto const holds         = failed == std::errc{} && end == text.data() + text.size() && value >= least && value <= most &&
                               static_cast<double>(static_cast<float>(value)) == value;
            return holds ? std::string() : quote(text) + sentence(" is not a number from ", least, " to ", most, " that a float holds exactly, as 1.5 is");
        },
        "NUMBER");
}
}  // namespace

void add_noise_parity(CLI::App& noise_command, session& s) {
    auto c = command<parity_map>(noise_command, s, "perlin-parity",
                                 "Writes the noise map of the published program as float32 .npy, bit for bit: raw Perlin noise, or the map in [0, 1].",
                                 "hallmark noise perlin-parity --height 32 --width 32 --period 44 --octaves 4 --freq 59 --stage map --out map.npy", run);
    // What `noise` itself needs and does is for the other fields. Its NAME is looked for last: CLI11 takes a subcommand for a name that is still missing.
    noise_command.get_option("NAME")->required(false);
    noise_command.parse_complete_callback([&noise_command] {
        if (noise_command.get_subcommands().empty() && noise_command.count("NAME") == 0) {
            throw CLI::RequiredError("NAME");
        }
    });
    c.app->preparse_callback([&noise_command](std::size_t) {
        for (auto* option : noise_command.get_options()) {
            option->required(false);
        }
        noise_command.callback({});
    });
    c.app->add_option("--height", c->height, "Rows.")->required()->check(whole_number(1, 65535));
    c.app->add_option("--width", c->width, "Columns.")->required()->check(whole_number(1, 65535));
    c.app->add_option("--period", c->field.period, "The size of a noise cell in pixels; published draws are 30 to 59.")
        ->required()
        ->check(exact_float(1.0, 65535.0));
    c.app->add_option("--octaves", c->field.octaves, "Octaves; published draws are 1 to 4.")->required()->check(whole_number(1, 16));
    c.app
        ->add_option("--freq", c->field.frequency,
                     "Half waves of the sine; published draws are 20 to 59. The raw stage lies before the sine and does not use it.")
        ->check(whole_number(1, 32768));
    c.app->add_option("--stage", c->stage, "raw: Perlin noise; map: after the sine, in [0, 1].")->required()->check(CLI::IsMember({"raw", "map"}));
    c.app->add_option("--out", c->out, "The .npy file to write.")->required();
}

}  // namespace cli
