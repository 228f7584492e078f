// A mark's recipe from the options of the command line.
#include "recipe.hpp"
#include "pictures.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace cli {
namespace {
constexpr char const* recipe_names[] = {"--pattern", "--stripes",  "--orientation", "--board",        "--palette",  "--softening",
                                        "--cells",   "--pictures", "--noise",       "--period",       "--octaves",  "--half-cycles",
                                        "--blend",   "--light",    "--linf",        "--keep-range",   "--l2",       "--band",
                                        "--patch",   "--pixels",   "--filter-size", "--filter-bound", "--brightest"};

/// The part of `text` before `between`, and the part behind it; nothing where it is not there exactly once.
struct halves {
    std::string first, second;
};
auto halved(std::string const& text, char between) -> std::optional<halves> {
    auto const at = text.find(between);
    if (at == std::string::npos || text.find(between, at + 1) != std::string::npos) {
        return std::nullopt;
    }
    return halves{text.substr(0, at), text.substr(at + 1)};
}
auto whole(std::string const& text) -> std::optional<std::uint32_t> {
    std::uint32_t n          = 0;
    auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), n);
    bool const octal         = text.size() > 1 && text[0] == '0';  // 010 is 8 to some and 10 to others
    return failed == std::errc{} && end == text.data() + text.size() && !octal ? std::optional(n) : std::nullopt;
}

/// "30-59", or "30" for 30 to 30.
auto range_of(std::string const& text, char const* option) -> hallmark::whole_range {
    auto const parts = halved(text, '-');
    auto const first = whole(parts ? parts->first : text), last = whole(parts ? parts->second : text);
    if (!first || !last) {
        refuse(option, " is ", quote(text), "; allowed is a whole number, or a range such as 30-59");
    }
    return {*first, *last};
}
struct grid {
    std::uint32_t rows, columns;
};
auto grid_of(std::string const& text, char const* option) -> grid {
    auto const parts = halved(text, 'x');
    auto const rows = whole(parts ? parts->first : ""), columns = whole(parts ? parts->second : "");
    if (!rows || !columns) {
        refuse(option, " is ", quote(text), "; allowed is rows x columns such as 8x8");
    }
    return {*rows, *columns};
}

/// "ff8000" or "#ff8000", in either case.
auto colour_of(std::string text) -> hallmark::rgb {
    auto const digits = text.substr(text.substr(0, 1) == "#" ? 1 : 0);
    if (digits.size() != 6 || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
        refuse("--palette has the colour ", quote(text), "; allowed are six hexadecimal digits each, with commas in between: ffffff,ff8000");
    }
    auto const byte = [&](std::size_t i) { return static_cast<std::uint8_t>(std::stoul(digits.substr(i, 2), nullptr, 16)); };
    return {byte(0), byte(2), byte(4)};
}
auto colours_of(std::string const& text) -> std::vector<hallmark::rgb> {
    std::vector<hallmark::rgb> out;
    for (std::size_t first = 0; first <= text.size();) {
        auto const comma = std::min(text.find(',', first), text.size());
        out.push_back(colour_of(text.substr(first, comma - first)));
        first = comma + 1;
    }
    return out;
}

auto softening_of(std::string const& text) -> hallmark::softening {
    auto const parts = halved(text, ',');
    if (!parts) {
        refuse("--softening is ", quote(text), "; allowed is a scale and an offset such as 1/8,128");
    }
    return {number_or_fraction(parts->first, "--softening"), number_or_fraction(parts->second, "--softening")};
}

auto index_in(std::initializer_list<std::string_view> names, std::string const& name) -> std::size_t {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}
auto field_of(std::string const& name) -> hallmark::field_kind {
    return static_cast<hallmark::field_kind>(std::find(std::begin(hallmark::field_names), std::end(hallmark::field_names), name) -
                                             std::begin(hallmark::field_names));
}
auto light_of(recipe_options const& o) -> hallmark::light { return o.light == "linear" ? hallmark::light::linear : hallmark::light::encoded; }

/// A convolution's filter is its pattern.
void set_convolution(CLI::App const& app, recipe_options const& o, hallmark::mark_recipe& r) {
    forbid(app,
           {"--pattern", "--stripes", "--orientation", "--board", "--palette", "--softening", "--cells", "--pictures", "--ratio", "--linf", "--keep-range",
            "--l2", "--band", "--patch", "--pixels"},
           "with --blend convolution, which filters whole pictures");
    r.pattern        = hallmark::keyed_filters{o.filter_size, number_or_fraction(o.filter_bound, "--filter-bound")};
    r.blend.mode     = hallmark::blend_mode::convolution;
    r.blend.in       = light_of(o);
    r.blend.greatest = o.brightest == "kept" ? hallmark::brightest::kept : hallmark::brightest::white;
}

void set_pattern(CLI::App const& app, recipe_options const& o, hallmark::mark_recipe& r) {
    auto const only = [&](std::initializer_list<char const*> names, char const* pattern) {
        if (o.pattern != pattern) {
            forbid(app, names, sentence("without --pattern ", pattern));
        }
    };
    only({"--stripes", "--orientation"}, "stripes");
    only({"--board"}, "checkerboard");
    only({"--pictures"}, "pictures");
    bool const field = field_of(o.pattern) <= hallmark::field_kind::uniform;
    if (!field) {
        forbid(app, {"--cells"}, "without a noise field as --pattern");
    }
    if (o.pattern == "none") {
        forbid(app, {"--palette", "--softening", "--ratio"}, "with --pattern none");
        r.blend.ratio = 1.0;  // leaves the pattern out
        return;
    }
    if (o.pattern == "pictures") {
        forbid(app, {"--palette", "--softening"}, "with --pattern pictures");
        need(app, {"--pictures"}, "with --pattern pictures");
        r.pattern = pictures_of(o.pictures);
        return;
    }
    auto const soft    = softening_of(o.softening);
    auto const palette = o.palette.empty() ? hallmark::published_palette() : colours_of(o.palette);
    if (o.pattern == "stripes") {
        r.pattern = hallmark::colour_bands{o.stripes, palette,
                                           static_cast<hallmark::orientation>(index_in({"horizontal", "vertical", "diagonal"}, o.orientation)), soft};
    } else if (o.pattern == "checkerboard") {
        auto const g = grid_of(o.board, "--board");
        r.pattern    = hallmark::colour_boards{g.rows, g.columns, palette, soft};
    } else {
        hallmark::noise_patterns p{field_of(o.pattern), o.cells};
        p.soft = soft;
        if (!o.palette.empty()) {
            if (palette.size() != 2) {
                refuse("--palette has ", palette.size(), palette.size() == 1 ? " colour" : " colours",
                       "; a noise field as --pattern takes two, for its least and its greatest values");
            }
            p.low = palette[0], p.high = palette[1];
        }
        r.pattern = p;
    }
}

void set_noise(CLI::App const& app, recipe_options const& o, hallmark::mark_recipe& r) {
    if (o.noise == "none" || o.noise == "uniform") {
        forbid(app, {"--period", "--octaves", "--half-cycles"}, "with --noise " + o.noise);
    }
    if (o.noise == "none") {
        forbid(app, {"--epsilon"}, "with --noise none");
        r.epsilon = 0.0;  // leaves the noise out
        return;
    }
    r.noise = {field_of(o.noise), range_of(o.period, "--period"), range_of(o.octaves, "--octaves"), range_of(o.half_cycles, "--half-cycles")};
}

void set_blend(CLI::App const& app, recipe_options const& o, hallmark::mark_recipe& r) {
    forbid(app, {"--filter-size", "--filter-bound", "--brightest"}, "without --blend convolution");
    r.blend.mode = static_cast<hallmark::blend_mode>(index_in({"convex", "multiply", "screen", "overlay", "additive"}, o.blend));
    r.blend.in   = light_of(o);
    if (!o.linf.empty()) {
        r.blend.budget = number_or_fraction(o.linf, "--linf");
    }
    char const* chosen = nullptr;
    for (auto const* name : {"--keep-range", "--l2", "--band", "--patch", "--pixels"}) {
        if (app.count(name) > 0) {
            if (chosen != nullptr) {
                refuse(chosen, " and ", name, " cannot both be had; a mark takes one of --keep-range, --l2, --band, --patch and --pixels");
            }
            chosen = name;
        }
    }
    if (o.keep_range) {
        r.within = hallmark::kept_range{};
    } else if (!o.l2.empty()) {
        r.within = hallmark::l2_budget{number_or_fraction(o.l2, "--l2")};
    } else if (!o.band.empty()) {
        auto const b = range_of(o.band, "--band");
        r.within     = hallmark::frequency_band{b.first, b.last};
    } else if (!o.patch.empty()) {
        auto const g = grid_of(o.patch, "--patch");
        r.within     = hallmark::patches{g.rows, g.columns};
    } else if (!o.pixels.empty()) {
        r.within = hallmark::scattered_pixels{number_or_fraction(o.pixels, "--pixels")};
    }
}
}  // namespace

auto number_or_fraction(std::string const& text, char const* option) -> double {
    auto const slash = text.find('/');
    double     above = 0.0, below = 1.0;
    if (!CLI::detail::lexical_cast(text.substr(0, slash), above) || (slash != std::string::npos && !CLI::detail::lexical_cast(text.substr(slash + 1), below)) ||
        !(below > 0.0) || !std::isfinite(below) || !std::isfinite(above)) {
        refuse(option, " is ", quote(text), "; allowed is a number or a fraction such as 8/255");
    }
    return above / below;
}

namespace {
/// Who publishes what no mark changed has no evidence, and should hear of it now.
void refuse_no_mark(hallmark::mark_recipe const& r) {
    auto const* norm   = std::get_if<hallmark::l2_budget>(&r.within);
    auto const* pixels = std::get_if<hallmark::scattered_pixels>(&r.within);
    auto const* why    = r.blend.ratio >= 1.0 && r.epsilon <= 0.0 && r.blend.mode != hallmark::blend_mode::convolution ? "neither pattern nor noise"
                         : r.blend.budget <= 0.0                                                                       ? "--linf 0"
                         : norm != nullptr && norm->budget <= 0.0                                                      ? "--l2 0"
                         : pixels != nullptr && pixels->density <= 0.0                                                 ? "--pixels 0"
                                                                                                                       : nullptr;
    if (why != nullptr) {
        refuse("a mark with ", why, " changes no picture, so that nothing could be shown later");
    }
}
}  // namespace

auto recipe_of(CLI::App const& app, recipe_options const& o) -> hallmark::mark_recipe {
    hallmark::mark_recipe r;
    r.epsilon     = number_or_fraction(o.epsilon, "--epsilon");
    r.blend.ratio = number_or_fraction(o.ratio, "--ratio");
    r.design      = o.design == "shared" ? hallmark::key_design::shared : hallmark::key_design::independent;
    set_noise(app, o, r);
    if (o.blend == "convolution") {
        set_convolution(app, o, r);
    } else {
        set_pattern(app, o, r);
        set_blend(app, o, r);
    }
    hallmark::validate(r);
    refuse_no_mark(r);
    return r;
}

void forbid_recipe(CLI::App const& app, std::string const& why) {
    for (auto const* name : recipe_names) {
        forbid(app, {name}, why);
    }
}

void add_common_recipe_options(CLI::App& app, recipe_options& o) {
    app.add_option("--ratio", o.ratio, "The share of the picture in the marked picture, 0 to 1; the rest is the pattern's: its opacity as a layer.")
        ->capture_default_str();
    app.add_option("--epsilon", o.epsilon, "The height of the noise where white is 1, as a number or a fraction.")->capture_default_str();
    app.add_option("--design", o.design, "shared: one pattern for all pictures; independent: one for each picture.")
        ->check(CLI::IsMember({"shared", "independent"}))
        ->capture_default_str();
}

void add_recipe_options(CLI::App& app, recipe_options& o) {
    auto const add = [&](char const* name, auto& value, char const* what) {
        auto* const option = app.add_option(name, value, what)->group("Pattern, noise and blend");
        return option;
    };
    add("--pattern", o.pattern, "What is behind the picture.")
        ->check(CLI::IsMember({"stripes", "checkerboard", "perlin", "simplex", "value", "cellular", "gabor", "uniform", "pictures", "none"}))
        ->capture_default_str();
    add("--stripes", o.stripes, "How many colour stripes, 1 to 65536.")->check(whole_number())->capture_default_str();
    add("--orientation", o.orientation, "How stripes lie.")->check(CLI::IsMember({"horizontal", "vertical", "diagonal"}))->capture_default_str();
    add("--board", o.board, "The fields of a checkerboard, rows x columns, each 1 to 4096.")->capture_default_str();
    add("--cells", o.cells, "The cells of a noise field along the longer side, 1 to 65535.")->check(whole_number())->capture_default_str();
    add("--pictures", o.pictures, "With --pattern pictures: a picture, or a folder of pictures of which one is drawn. The audit needs them again.");
    add("--palette", o.palette, "The colours of stripes and fields, such as ffffff,ff8000: drawn from these, not the published eleven. Of a noise field, two.");
    add("--softening", o.softening, "What is done to colours, in levels: a scale and an offset. 1,0 leaves them.")->capture_default_str();
    add("--noise", o.noise, "What is on the picture: waves made of a noise field, a coin for each pixel (uniform), or nothing.")
        ->check(CLI::IsMember({"perlin", "simplex", "value", "cellular", "gabor", "uniform", "none"}))
        ->capture_default_str();
    add("--period", o.period, "The size of a noise cell in pixels, drawn from this range within 1 to 65535.")->capture_default_str();
    add("--octaves", o.octaves, "How many octaves, drawn from this range within 1 to 16.")->capture_default_str();
    add("--half-cycles", o.half_cycles, "Half waves of the sine, drawn from this range within 1 to 65535.")->capture_default_str();
    add("--blend", o.blend, "How pattern and picture meet.")
        ->check(CLI::IsMember({"convex", "multiply", "screen", "overlay", "additive", "convolution"}))
        ->capture_default_str();
    add("--light", o.light, "What is added: the numbers of the file, or the light they stand for.")
        ->check(CLI::IsMember({"encoded", "linear"}))
        ->capture_default_str();
    add("--linf", o.linf, "No pixel moves further than this, where white is 1: 8/255 is eight levels.");
    app.add_flag("--keep-range", o.keep_range, "Stretch each channel to the range it had, which hides the mark from a look at the histogram's ends.")
        ->group("Pattern, noise and blend");
    add("--l2", o.l2, "Scale the whole change down to this Euclidean norm, 0 to 65535, where 1 is one pixel of one channel from black to white.");
    add("--band", o.band, "Keep a band of frequencies of the change, such as 1-4, within 0 to 14: low ones survive JPEG.");
    add("--patch", o.patch, "Mark one rectangle of this many pixels, rows x columns, at a drawn place.");
    add("--pixels", o.pixels, "Mark this share of the pixels, drawn one by one.");
    add("--filter-size", o.filter_size, "The size of a convolution's filter, odd, 1 to 15.")->check(whole_number())->capture_default_str();
    add("--filter-bound", o.filter_bound, "Its weights are drawn from 0 to this; one is 1.")->capture_default_str();
    add("--brightest", o.brightest, "What a convolved picture's brightest pixel becomes: white, or as bright as it was.")
        ->check(CLI::IsMember({"white", "kept"}))
        ->capture_default_str();
}

}  // namespace cli
