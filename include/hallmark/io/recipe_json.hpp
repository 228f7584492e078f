// Part of the manifest (io/manifest.hpp): a mark's recipe as JSON, and back (nlohmann-json).
#pragma once

#include <hallmark/mark/recipe.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace hallmark::inline v0::detail {

inline constexpr std::string_view pattern_names[]     = {"stripes", "checkerboard", "noise", "pictures", "filter"};
inline constexpr std::string_view orientation_names[] = {"horizontal", "vertical", "diagonal"};
inline constexpr std::string_view within_names[]      = {"everywhere", "range", "l2", "band", "patch", "pixels"};
inline constexpr std::string_view light_names[]       = {"encoded", "linear"};
inline constexpr std::string_view brightest_names[]   = {"white", "kept"};
inline constexpr std::string_view design_names[]      = {"shared", "independent"};

template <class Enum>
[[nodiscard]] auto named(std::span<std::string_view const> names, Enum value) -> std::string {
    return std::string(names[static_cast<std::size_t>(value)]);
}

[[nodiscard]] inline auto range_json(whole_range r) -> nlohmann::json { return nlohmann::json::array({r.first, r.last}); }

/// "#ff8000"
[[nodiscard]] inline auto colour_json(rgb c) -> std::string {
    std::uint8_t const bytes[] = {c.red, c.green, c.blue};
    return "#" + to_hex(bytes);
}
[[nodiscard]] inline auto palette_json(std::vector<rgb> const& palette) -> nlohmann::json {
    auto out = nlohmann::json::array();
    for (auto const c : palette) {
        out.push_back(colour_json(c));
    }
    return out;
}
[[nodiscard]] inline auto softening_json(softening s) -> nlohmann::json { return nlohmann::json::array({s.scale(), s.offset()}); }

[[nodiscard]] inline auto pattern_json(colour_bands const& p) -> nlohmann::json {
    return {{"count", p.count}, {"palette", palette_json(p.palette)}, {"orientation", named(orientation_names, p.lie)}, {"softening", softening_json(p.soft)}};
}
[[nodiscard]] inline auto pattern_json(colour_boards const& p) -> nlohmann::json {
    return {{"rows", p.rows}, {"columns", p.columns}, {"palette", palette_json(p.palette)}, {"softening", softening_json(p.soft)}};
}
[[nodiscard]] inline auto pattern_json(noise_patterns const& p) -> nlohmann::json {
    return {{"field", named(field_names, p.field)},
            {"cells", p.cells},
            {"low", colour_json(p.low)},
            {"high", colour_json(p.high)},
            {"softening", softening_json(p.soft)}};
}
[[nodiscard]] inline auto pattern_json(picture_set const& p) -> nlohmann::json { return {{"sha256", p.sha256()}}; }
[[nodiscard]] inline auto pattern_json(keyed_filters const& p) -> nlohmann::json { return {{"size", p.size}, {"bound", p.bound}}; }

[[nodiscard]] inline auto within_json(whole_picture) -> nlohmann::json { return nlohmann::json::object(); }
[[nodiscard]] inline auto within_json(kept_range) -> nlohmann::json { return nlohmann::json::object(); }
[[nodiscard]] inline auto within_json(l2_budget const& w) -> nlohmann::json { return {{"budget", w.budget}}; }
[[nodiscard]] inline auto within_json(frequency_band const& w) -> nlohmann::json { return {{"first", w.first}, {"last", w.last}}; }
[[nodiscard]] inline auto within_json(patches const& w) -> nlohmann::json { return {{"rows", w.rows}, {"columns", w.columns}}; }
[[nodiscard]] inline auto within_json(scattered_pixels const& w) -> nlohmann::json { return {{"density", w.density}}; }

[[nodiscard]] inline auto recipe_json(mark_recipe const& r) -> nlohmann::json {
    auto pattern    = std::visit([](auto const& p) { return pattern_json(p); }, r.pattern);
    auto within     = std::visit([](auto const& w) { return within_json(w); }, r.within);
    pattern["kind"] = named(pattern_names, r.pattern.index());
    within["kind"]  = named(within_names, r.within.index());
    return {{"pattern", std::move(pattern)},
            {"noise",
             {{"field", named(field_names, r.noise.field)},
              {"period", range_json(r.noise.period)},
              {"octaves", range_json(r.noise.octaves)},
              {"half_cycles", range_json(r.noise.half_cycles)}}},
            {"epsilon", r.epsilon},
            {"blend",
             {{"mode", named(blend_names, r.blend.mode)},
              {"ratio", r.blend.ratio},
              {"light", named(light_names, r.blend.in)},
              {"budget", r.blend.budget},
              {"greatest", named(brightest_names, r.blend.greatest)}}},
            {"within", std::move(within)},
            {"design", named(design_names, r.design)}};
}

/// What `recipe_json` wrote. The reader has a sentence for each thing that is not as it should be.
template <class Reader>
class recipe_reader {
public:
    recipe_reader(Reader const& in, std::uint64_t minor) : in_(in), minor_(minor) {}

    [[nodiscard]] auto read(nlohmann::json const& j) const -> mark_recipe {
        mark_recipe r;
        auto const  where = std::string_view("the recipe");
        in_.require_members(minor_, j, {"pattern", "noise", "epsilon", "blend", "within", "design"}, where);
        read(j.at("pattern"), r.pattern);
        read(j.at("noise"), r.noise);
        read(j.at("blend"), r.blend);
        read(j.at("within"), r.within);
        r.epsilon = in_.template get<double>(j, "epsilon", where);
        r.design  = in_.template one_of<key_design>(j, "design", where, design_names);
        return r;
    }

private:
    using json = nlohmann::json;

    void read(json const& j, decltype(mark_recipe::pattern)& out) const {
        auto const where = std::string_view("the pattern");
        switch (in_.template one_of<std::size_t>(j, "kind", where, pattern_names)) {
            case 0: {
                in_.require_members(minor_, j, {"kind", "count", "palette", "orientation", "softening"}, where);
                out = colour_bands{number(j, "count", where), in_.palette(j, "palette", where),
                                   in_.template one_of<orientation>(j, "orientation", where, orientation_names), in_.soft(j, "softening", where)};
                break;
            }
            case 1: {
                in_.require_members(minor_, j, {"kind", "rows", "columns", "palette", "softening"}, where);
                out = colour_boards{number(j, "rows", where), number(j, "columns", where), in_.palette(j, "palette", where), in_.soft(j, "softening", where)};
                break;
            }
            case 2: {
                in_.require_members(minor_, j, {"kind", "field", "cells", "low", "high", "softening"}, where);
                out = noise_patterns{in_.template one_of<field_kind>(j, "field", where, field_names), number(j, "cells", where),
                                     in_.colour(in_.template get<std::string>(j, "low", where), where),
                                     in_.colour(in_.template get<std::string>(j, "high", where), where), in_.soft(j, "softening", where)};
                break;
            }
            case 3: {
                in_.require_members(minor_, j, {"kind", "sha256"}, where);
                out = picture_set::known_as(in_.template get<std::string>(j, "sha256", where));
                break;
            }
            default: {
                in_.require_members(minor_, j, {"kind", "size", "bound"}, where);
                out = keyed_filters{number(j, "size", where), in_.template get<double>(j, "bound", where)};
            }
        }
    }
    void read(json const& j, recipe_noise& out) const {
        auto const where = std::string_view("the noise");
        in_.require_members(minor_, j, {"field", "period", "octaves", "half_cycles"}, where);
        out = {in_.template one_of<field_kind>(j, "field", where, field_names), in_.range(j, "period", where), in_.range(j, "octaves", where),
               in_.range(j, "half_cycles", where)};
    }
    void read(json const& j, recipe_blend& out) const {
        auto const where = std::string_view("the blend");
        in_.require_members(minor_, j, {"mode", "ratio", "light", "budget", "greatest"}, where);
        out = {in_.template one_of<blend_mode>(j, "mode", where, blend_names), in_.template get<double>(j, "ratio", where),
               in_.template one_of<light>(j, "light", where, light_names), in_.template get<double>(j, "budget", where),
               in_.template one_of<brightest>(j, "greatest", where, brightest_names)};
    }
    void read(json const& j, decltype(mark_recipe::within)& out) const {
        auto const where = std::string_view("the recipe's \"within\"");
        switch (in_.template one_of<std::size_t>(j, "kind", where, within_names)) {
            case 0:
                in_.require_members(minor_, j, {"kind"}, where);
                out = whole_picture{};
                break;
            case 1:
                in_.require_members(minor_, j, {"kind"}, where);
                out = kept_range{};
                break;
            case 2:
                in_.require_members(minor_, j, {"kind", "budget"}, where);
                out = l2_budget{in_.template get<double>(j, "budget", where)};
                break;
            case 3:
                in_.require_members(minor_, j, {"kind", "first", "last"}, where);
                out = frequency_band{number(j, "first", where), number(j, "last", where)};
                break;
            case 4:
                in_.require_members(minor_, j, {"kind", "rows", "columns"}, where);
                out = patches{number(j, "rows", where), number(j, "columns", where)};
                break;
            default:
                in_.require_members(minor_, j, {"kind", "density"}, where);
                out = scattered_pixels{in_.template get<double>(j, "density", where)};
        }
    }
    [[nodiscard]] auto number(json const& j, char const* key, std::string_view where) const -> std::uint32_t {
        return in_.template get<std::uint32_t>(j, key, where);
    }

    Reader const& in_;
    std::uint64_t minor_;
};

}  // namespace hallmark::inline v0::detail
