// hallmark survive: what is left of a mark after JPEG, resizing, blur and their like.
#include "cli.hpp"
#include "pictures.hpp"
#include "recipe.hpp"

#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/attacks.hpp>
#include <hallmark/io/key_file.hpp>
#include <hallmark/mark/survival.hpp>
#include <hallmark/report/line_chart.hpp>

#include <array>
#include <iomanip>
#include <utility>

namespace cli {
namespace {
struct survive_command {
    CLI::App*      app = nullptr;
    std::string    image, marked, key, user = "preview", plot;
    recipe_options recipe;
};

using pictures = hallmark::image_batch<std::uint8_t>;

auto marked_of(survive_command const& o, original const& file, pictures const& image) -> pictures {
    if (!o.marked.empty()) {
        return decode(read_original(o.marked), o.marked);
    }
    // Without a key of the owner's, one of zeros: any key's mark survives alike.
    auto const mark = hallmark::recipe_marker(o.key.empty() ? hallmark::secret_key::from_bytes(std::array<std::uint8_t, 32>{}) : hallmark::read_key_file(o.key),
                                              recipe_of(*o.app, o.recipe));
    return marked(mark, image, o.user, file.sample);
}

class table {
public:
    table(pictures const& before, pictures const& after) : before_(before), after_(after) {}

    template <class Attack, class Number>
    void add(std::string const& name, std::vector<Number> const& strengths, Attack attack) {
        hallmark::line_series series{name, {}};
        for (auto const strength : strengths) {
            series.y.push_back(hallmark::survival(before_.view(), after_.view(), attack(strength, 1u), attack(strength, 2u)));
            rows.push_back({{"attack", name}, {"strength", strength}, {"correlation", series.y.back()}});
        }
        curves.push_back(series);
    }

    nlohmann::ordered_json             rows = nlohmann::ordered_json::array();
    std::vector<hallmark::line_series> curves;

private:
    pictures const& before_;
    pictures const& after_;
};

/// Each attack from weak to strong. Noise has draws of its own for the original and for the marked picture.
void attack_all(table& t) {
    using doubles = std::vector<double>;
    using numbers = std::vector<int>;
    t.add("jpeg", numbers{95, 90, 80, 70, 60, 50}, [](int q, std::uint32_t) { return hallmark::jpeg_attack{q}; });
    t.add("resize", doubles{0.9, 0.75, 0.5, 0.25}, [](double share, std::uint32_t) { return hallmark::resize_attack{share}; });
    t.add("crop", doubles{0.98, 0.95, 0.9, 0.75}, [](double share, std::uint32_t) { return hallmark::crop_attack{share}; });
    t.add("blur", doubles{0.5, 1.0, 2.0, 4.0}, [](double sigma, std::uint32_t) { return hallmark::blur_attack{sigma}; });
    t.add("median", numbers{3}, [](int, std::uint32_t) { return hallmark::median_attack{}; });
    t.add("noise", doubles{2.0, 4.0, 8.0, 16.0}, [](double sigma, std::uint32_t side) { return hallmark::noise_attack{sigma, {{side}}}; });
    t.add("colour", doubles{0.1, 0.2, 0.4}, [](double amount, std::uint32_t) { return hallmark::colour_attack{amount}; });
    t.add("palette", numbers{64, 32, 16, 8}, [](int levels, std::uint32_t) { return hallmark::palette_attack{static_cast<unsigned>(levels)}; });
}

auto run(survive_command const& o) -> answer {
    if (!o.marked.empty()) {
        forbid(*o.app, {"--key", "--user", "--ratio", "--epsilon", "--design"}, "with --marked");
        forbid_recipe(*o.app, "with --marked");
    }
    if (!o.plot.empty() && (o.plot.size() < 5 || o.plot.compare(o.plot.size() - 4, 4, ".svg") != 0)) {
        refuse("--plot is ", quote(o.plot), "; allowed are names that end in .svg");
    }
    auto const file  = read_original(o.image);
    auto const image = decode(file, o.image);
    auto const after = marked_of(o, file, image);
    table      t(image, after);
    attack_all(t);
    if (!o.plot.empty()) {
        hallmark::line_options options;
        options.title   = "What is left of the mark";
        options.x_label = "strength of the attack, the weakest first";
        options.y_label = "correlation with the mark";
        hallmark::write_file(o.plot, hallmark::line_chart(t.curves, options));
    }
    answer             a;
    std::ostringstream text;
    for (auto const& row : t.rows) {
        text << std::left << std::setw(9) << row["attack"].get<std::string>() << std::right << std::setw(6) << row["strength"].dump() << std::setw(9)
             << std::fixed << std::setprecision(3) << row["correlation"].get<double>() << "\n";
    }
    a.json["image"] = o.image;
    a.json["rows"]  = t.rows;
    a.text          = "attack  strength  correlation with the mark\n" + text.str();
    return a;
}
}  // namespace

void add_survive(CLI::App& app, session& s) {
    auto c = command<survive_command>(app, s, "survive",
                                      "What is left of a picture's mark after JPEG, resizing, crops, blur, median, noise, colour changes and few colours.",
                                      "hallmark survive photo.png --plot survival.svg", run);
    c.app->add_option("IMG", c->image, "The original.")->required();
    c.app->add_option("--marked", c->marked, "Its marked form. Else it is marked here.");
    c.app->add_option("--key", c->key, "The key file to mark with; without it a key of zeros, which is no secret.");
    c.app->add_option("--user", c->user, "Whose picture this is.")->capture_default_str();
    c.app->add_option("--plot", c->plot, "An .svg file for the table as curves.");
    add_common_recipe_options(*c.app, c->recipe);
    add_recipe_options(*c.app, c->recipe);
}

}  // namespace cli
