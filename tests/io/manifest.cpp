// Manifests: what is written is read, every later change of them and of the pictures is found.
#include <hallmark/io/manifest.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <support/temp_folder.hpp>
#include <vector>

using namespace hallmark;
namespace fs = std::filesystem;

namespace {
auto digest_of(std::string_view text) -> std::string { return to_hex(sha256(text)); }

auto sample_manifest() -> manifest {
    manifest m;
    m.recipe         = to_recipe({.ratio = 0.65, .epsilon = 4.0 / 255.0, .stripes = 12, .period = {31, 58}, .design = key_design::independent});
    m.key_commitment = digest_of("key");
    m.user           = "Zoë";
    m.entries        = {{"a/1.jpg", 7, digest_of("one"), digest_of("marked one"), "a/1.png", "a"},
                        {"b/2.jpg", 18446744073709551615u, digest_of("two"), digest_of("marked two"), "b/2.png", ""}};
    return m;
}
auto sentence_about(std::string const& text) -> std::string {
    try {
        (void)parse_manifest(text, "x");
    } catch (error const& e) {
        return e.what();
    }
    return "";
}
/// The sample as JSON, changed by `change`, sealed anew: a file that is whole and yet wrong.
template <class F>
auto sealed_after(F change) -> std::string {
    auto json = nlohmann::json::parse(to_json_text(sample_manifest()));
    json.erase("seal");
    change(json);
    if (json.is_object()) {
        json["seal"] = detail::seal_of(json);
    }
    return json.dump();
}
}  // namespace

TEST_CASE("a manifest comes back") {
    auto const m    = sample_manifest();
    auto const text = to_json_text(m);
    CHECK(parse_manifest(text) == m);
    CHECK(to_json_text(parse_manifest(text)) == text);
    CHECK(text.find("\"seal\": \"" + seal(m) + "\"") != std::string::npos);
    auto none    = m;
    none.entries = {};
    CHECK(parse_manifest(to_json_text(none)) == none);
}

// Blanks and the order of keys say nothing, so an editor that moves them breaks nothing.
TEST_CASE("the seal is over the content, not over the layout") {
    auto const json = nlohmann::json::parse(to_json_text(sample_manifest()));
    CHECK(parse_manifest(json.dump()) == sample_manifest());
    CHECK(parse_manifest(json.dump(8)) == sample_manifest());
}

TEST_CASE("every changed character of a manifest is found") {
    auto const text = nlohmann::json::parse(to_json_text(sample_manifest())).dump();
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (char c : {'0', '5', 'a', '"', ' ', ','}) {
            if (text[i] != c) {
                auto changed = text;
                changed[i]   = c;
                INFO(changed);
                REQUIRE(sentence_about(changed) != "");
            }
        }
    }
}

TEST_CASE("a change that leaves sound JSON is named for what it is") {
    auto       text = to_json_text(sample_manifest());
    auto const at   = text.find("\"stripes\": 12");
    REQUIRE(at != std::string::npos);
    text.replace(at, 13, "\"stripes\": 13");
    CHECK(sentence_about(text) == "hallmark::read_manifest: \"x\" was changed after it was written: its seal does not match its content");
}

TEST_CASE("each broken manifest has its sentence") {
    using json      = nlohmann::json;
    auto const name = std::string("hallmark::read_manifest: \"x\" ");
    auto const say  = [&](auto change) {
        auto const text = sentence_about(sealed_after(change));
        auto const head = std::string("hallmark::read_manifest: \"x\"");
        return text.substr(0, head.size()) == head ? text.substr(std::min(text.size(), head.size() + 1)) : text;
    };
    CHECK(sentence_about("{\"a\":") == name + "is not JSON: the mistake is at byte 6");
    CHECK(sentence_about("") == name + "is not JSON: the mistake is at byte 1");
    CHECK(sentence_about("{\"a\": 1e999}") == name + "is JSON with a number that is too large");
    CHECK(sentence_about("[]") == name + "is not a JSON object where the manifest is needed");
    CHECK(sentence_about("{\"a\": 1, \"a\": 1}") == name + "has two members \"a\" in one object");
    CHECK(sentence_about(std::string(100000, '[')) != "");  // depth costs no stack
    CHECK(say([](json& j) { j["format"] = "other"; }) == "is no hallmark manifest");
    CHECK(say([](json& j) { j["major"] = 3; }) == "has format version 3.0; allowed are versions 1.0 to 2.0 and later minor ones");
    CHECK(say([](json& j) { j["major"] = 0; }) == "has format version 0.0; allowed are versions 1.0 to 2.0 and later minor ones");
    for (auto const* key : {"format", "major", "minor", "library", "key_commitment", "user", "parameters", "entries"}) {
        CHECK(say([&](json& j) { j.erase(key); }) == "has no \"" + std::string(key) + "\" in the manifest");
        CHECK(say([&](json& j) { j[key] = nullptr; }) != "");
    }
    for (auto const* key : {"ratio", "epsilon", "stripes", "period", "octaves", "half_cycles", "design"}) {
        CHECK(say([&](json& j) { j["parameters"].erase(key); }) == "has no \"" + std::string(key) + "\" in the parameters");
        CHECK(say([&](json& j) { j["parameters"][key] = nullptr; }) != "");
    }
    for (auto const* key : {"name", "sample", "original_sha256", "marked_sha256", "marked_name", "label"}) {
        CHECK(say([&](json& j) { j["entries"][1].erase(key); }) == "has no \"" + std::string(key) + "\" in entry 1");
        CHECK(say([&](json& j) { j["entries"][1][key] = nullptr; }) != "");
    }
    auto unsealed = nlohmann::json::parse(to_json_text(sample_manifest()));
    unsealed.erase("seal");
    CHECK(sentence_about(unsealed.dump()) == name + "has no \"seal\" in the manifest");

    CHECK(say([](json& j) { j["user"] = 3; }) == "has a \"user\" in the manifest that is not a text");
    CHECK(say([](json& j) { j["minor"] = -1; }) == "has a \"minor\" in the manifest that is not a whole number from 0 to 18446744073709551615");
    CHECK(say([](json& j) { j["entries"] = 3; }) == "has an \"entries\" in the manifest that is not an array");
    CHECK(say([](json& j) { j["entries"][0] = 3; }) == "is not a JSON object where entry 0 is needed");
    CHECK(say([](json& j) { j["entries"][0]["sample"] = 1.5; }) == "has a \"sample\" in entry 0 that is not a whole number from 0 to 18446744073709551615");
    CHECK(say([](json& j) { j["parameters"] = 3; }) == "is not a JSON object where the parameters is needed");
    CHECK(say([](json& j) { j["parameters"]["ratio"] = "much"; }) == "has a \"ratio\" in the parameters that is not a number");
    CHECK(say([](json& j) { j["parameters"]["stripes"] = 4294967296; }) ==
          "has a \"stripes\" in the parameters that is not a whole number from 0 to 4294967295");
    CHECK(say([](json& j) { j["parameters"]["period"] = {1, 2, 3}; }) == "has a \"period\" in the parameters that is not a pair of whole numbers");
    CHECK(say([](json& j) { j["parameters"]["design"] = "both"; }) == "has the design \"both\"; allowed is \"shared\" or \"independent\"");
    CHECK(say([](json& j) { j["parameters"]["ratio"] = 1.5; }) == "hallmark::mark_parameters: ratio is 1.5; allowed is 0 to 1");

    CHECK(say([](json& j) { j["extra"] = 1; }) == "has an unknown member \"extra\" in the manifest");
    CHECK(say([](json& j) { j["parameters"]["extra"] = 1; }) == "has an unknown member \"extra\" in the parameters");
    CHECK(say([](json& j) { j["entries"][1]["extra"] = 1; }) == "has an unknown member \"extra\" in entry 1");
    CHECK(say([](json& j) { j["extra"] = 1, j["minor"] = 1; }) == "");  // a later minor version may add members

    CHECK(say([](json& j) { j["key_commitment"] = "abc"; }) == "has the key commitment \"abc\"; allowed are 64 lowercase hexadecimal digits");
    auto const capital = std::string(63, '0') + "A";
    CHECK(say([&](json& j) { j["entries"][0]["original_sha256"] = capital; }) ==
          "has the digest \"" + capital + "\" for \"a/1.jpg\"; allowed are 64 lowercase hexadecimal digits");
    CHECK(say([](json& j) { j["entries"][0]["marked_sha256"] = ""; }) == "has the digest \"\" for \"a/1.jpg\"; allowed are 64 lowercase hexadecimal digits");
    CHECK(say([](json& j) { j["entries"][1]["name"] = "a/1.jpg"; }) == "has two entries named \"a/1.jpg\"");
    CHECK(say([](json& j) { j["entries"][1]["marked_name"] = "a/1.png"; }) == "has two entries for the marked file \"a/1.png\"");
    for (auto const* path : {"", "/a", "../a", "a/..", "a/../b", ".."}) {
        CHECK(say([&](json& j) { j["entries"][0]["marked_name"] = path; }) ==
              "has an entry named \"" + std::string(path) + "\"; allowed are relative paths without \"..\"");
        CHECK(say([&](json& j) { j["entries"][0]["name"] = path; }) != "");
    }
    CHECK(say([](json& j) { j["entries"][0]["name"] = "..a/b..c/..."; }) == "");
}

TEST_CASE("a manifest that must not be written") {
    auto m            = sample_manifest();
    m.entries[1].name = m.entries[0].name;
    CHECK_THROWS_WITH_AS(to_json_text(m), "hallmark::to_json_text: \"the manifest\" has two entries named \"a/1.jpg\"", error);
    m                    = sample_manifest();
    m.recipe.blend.ratio = 2;
    CHECK_THROWS_WITH_AS(seal(m), "hallmark::mark_parameters: ratio is 2; allowed is 0 to 1", error);
    m      = sample_manifest();
    m.user = "\xff";
    CHECK_THROWS_WITH_AS(to_json_text(m), "hallmark::to_json_text: a text of the manifest (a name, a label or the user) is not UTF-8, which JSON needs", error);
    CHECK_THROWS_WITH_AS(seal(m), "hallmark::seal: a text of the manifest (a name, a label or the user) is not UTF-8, which JSON needs", error);
}

namespace {
/// One recipe for each kind of pattern and of `within`, with nothing left at its default.
auto recipes() -> std::vector<mark_recipe> {
    std::vector<mark_recipe> out(6);
    out[0].pattern = colour_bands{7, {{1, 2, 3}, {254, 255, 0}}, orientation::diagonal, {0.3, 11.5}};
    out[0].within  = kept_range{};
    out[0].blend   = {blend_mode::screen_layer, 0.6, light::linear, 1.0, brightest::kept};
    out[1].pattern = colour_boards{3, 5, {{9, 8, 7}}, {}};
    out[1].within  = l2_budget{12.5};
    out[1].blend   = {blend_mode::additive, 0.9, light::encoded, 0.25, brightest::white};
    out[2].pattern = noise_patterns{field_kind::gabor, 4, {1, 2, 3}, {4, 5, 6}, {0.5, 0}};
    out[2].within  = frequency_band{1, 4};
    out[2].noise   = {field_kind::simplex, {2, 3}, {4, 5}, {6, 7}};
    out[3].pattern = picture_set::known_as(digest_of("pictures"));
    out[3].within  = patches{4, 9};
    out[3].design  = key_design::independent;
    out[4].pattern = keyed_filters{5, 0.125};
    out[4].blend   = {blend_mode::convolution, 0.7, light::linear, 1.0, brightest::kept};
    out[5].within  = scattered_pixels{0.01};
    out[5].epsilon = 0.0;
    return out;
}
}  // namespace

TEST_CASE("a recipe comes back, and marks apart from those of version 1") {
    for (auto const& r : recipes()) {
        auto m         = sample_manifest();
        m.recipe       = r;
        auto const out = to_json_text(m);
        INFO(out);
        CHECK(parse_manifest(out) == m);
        CHECK(to_json_text(parse_manifest(out)) == out);
        CHECK(nlohmann::json::parse(out)["major"] == 2);
        CHECK(out.find("\"parameters\"") == std::string::npos);
    }
    CHECK(nlohmann::json::parse(to_json_text(sample_manifest()))["major"] == 1);
}

// Every key and every value of every recipe: what a program does not understand it must not mark with.
TEST_CASE("each broken recipe has its sentence") {
    using json     = nlohmann::json;
    auto const all = recipes();
    auto const say = [&](std::size_t which, auto change) {
        auto m   = sample_manifest();
        m.recipe = all[which];
        auto j   = json::parse(to_json_text(m));
        j.erase("seal");
        change(j["recipe"]);
        j["seal"]       = detail::seal_of(j);
        auto const text = sentence_about(j.dump());
        auto const head = std::string("hallmark::read_manifest: \"x\" ");
        return text.substr(0, head.size()) == head ? text.substr(head.size()) : text;
    };
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto m         = sample_manifest();
        m.recipe       = all[i];
        auto const was = json::parse(to_json_text(m))["recipe"];
        for (auto const& member : was.items()) {
            auto const& key   = member.key();
            auto const& value = member.value();
            CHECK(say(i, [&](json& j) { j.erase(key); }) == "has no \"" + key + "\" in the recipe");
            CHECK(say(i, [&](json& j) { j[key] = nullptr; }) != "");
            auto const inside = value.is_object() ? value : json::object();
            for (auto const& part : inside.items()) {
                auto const& inner = part.key();
                INFO(key << " " << inner);
                CHECK(say(i, [&](json& j) { j[key].erase(inner); }) != "");
                CHECK(say(i, [&](json& j) { j[key][inner] = nullptr; }) != "");
                CHECK(say(i, [&](json& j) { j[key]["extra"] = 1; }).find("has an unknown member \"extra\" in ") == 0);
            }
        }
        CHECK(say(i, [](json&) {}) == "");
    }
    CHECK(say(0, [](json& j) { j["extra"] = 1; }) == "has an unknown member \"extra\" in the recipe");
    CHECK(say(0, [](json& j) { j["design"] = "both"; }) == "has the design \"both\" in the recipe; allowed is shared or independent");
    CHECK(say(0, [](json& j) { j["pattern"]["kind"] = "spots"; }) ==
          "has the kind \"spots\" in the pattern; allowed is stripes, checkerboard, noise, pictures or filter");
    CHECK(say(0, [](json& j) { j["within"]["kind"] = "time"; }) ==
          "has the kind \"time\" in the recipe's \"within\"; allowed is everywhere, range, l2, band, patch or pixels");
    CHECK(say(0, [](json& j) { j["pattern"] = 3; }) == "is not a JSON object where the pattern is needed");
    CHECK(say(0, [](json& j) { j["pattern"]["palette"] = 3; }) == "has a \"palette\" in the pattern that is not an array");
    for (auto const* colour : {"red", "#12345", "#1234567", "#12345G", "#ABCDEF", ""}) {
        CHECK(say(0, [&](json& j) { j["pattern"]["palette"][1] = colour; }) ==
              "has the colour \"" + std::string(colour) + "\" in the pattern; allowed are # and six lowercase hexadecimal digits");
    }
    CHECK(say(0, [](json& j) { j["pattern"]["palette"][1] = 7; }) == "has the colour \"7\" in the pattern; allowed are # and six lowercase hexadecimal digits");
    CHECK(say(0, [](json& j) { j["pattern"]["palette"] = json::array(); }) == "hallmark::colour_bands: the palette is empty; allowed is 1 colour or more");
    CHECK(say(0, [](json& j) { j["pattern"]["softening"] = {1}; }) == "has a \"softening\" in the pattern that is not a pair of numbers");
    CHECK(say(0, [](json& j) { j["pattern"]["softening"] = {2, 0}; }) == "hallmark::softening: scale is 2; allowed is 0 to 1");
    CHECK(say(2, [](json& j) { j["noise"]["octaves"] = {0, 5}; }) == "hallmark::mark_recipe: octaves is 0 to 5; allowed is a range within 1 to 16");
    CHECK(say(3, [](json& j) { j["pattern"]["sha256"] = "abc"; }) ==
          "has the digest \"abc\" for the pattern's pictures; allowed are 64 lowercase hexadecimal digits");
    CHECK(say(5, [](json& j) { j["within"] = {{"kind", "everywhere"}}; }) == "has format version 2.0 for a mark that version 1.0 is for");
}

// Each field that the seal forgot could be changed by who wants another verdict.
TEST_CASE("every field changes the seal") {
    auto const            m = sample_manifest();
    std::set<std::string> seals{seal(m)};
    auto const            with = [&](auto change) {
        auto other = m;
        change(other);
        return seals.insert(seal(other)).second;
    };
    CHECK(with([](manifest& o) { o.minor = 1; }));
    CHECK(with([](manifest& o) { o.library = "9.9.9"; }));
    CHECK(with([](manifest& o) { o.key_commitment[0] ^= 1; }));
    CHECK(with([](manifest& o) { o.user += "!"; }));
    CHECK(with([](manifest& o) { o.recipe.blend.ratio = 0.66; }));
    CHECK(with([](manifest& o) { o.recipe.epsilon = 0.5; }));
    CHECK(with([](manifest& o) { o.recipe.pattern = colour_bands{.count = 13}; }));
    CHECK(with([](manifest& o) { o.recipe.noise.period.first = 32; }));
    CHECK(with([](manifest& o) { o.recipe.noise.period.last = 60; }));
    CHECK(with([](manifest& o) { o.recipe.noise.octaves.last = 5; }));
    CHECK(with([](manifest& o) { o.recipe.noise.half_cycles.first = 21; }));
    CHECK(with([](manifest& o) { o.recipe.design = key_design::shared; }));
    CHECK(with([](manifest& o) { o.entries.pop_back(); }));
    CHECK(with([](manifest& o) { std::swap(o.entries[0], o.entries[1]); }));
    CHECK(with([](manifest& o) { o.entries[0].name += "x"; }));
    CHECK(with([](manifest& o) { o.entries[0].sample = 8; }));
    CHECK(with([](manifest& o) { o.entries[0].original_sha256[0] = 'e'; }));
    CHECK(with([](manifest& o) { o.entries[0].marked_sha256[0] = 'e'; }));
    CHECK(with([](manifest& o) { o.entries[0].marked_name += "x"; }));
    CHECK(with([](manifest& o) { o.entries[0].label += "x"; }));
}

TEST_CASE("verify finds what is missing, changed, unreadable and unlisted") {
    temp_folder const here;
    auto const        m = sample_manifest();
    write_file(here / "a/1.png", "marked one");
    write_file(here / "b/2.png", "marked two");
    write_file(here / "notes.txt", "no picture");
    CHECK(verify(m, here.path()).empty());
    write_file(here / "a/1.png", "marked onE");
    write_file(here / "c/3.png", "new");
    CHECK(verify(m, here.path()) == std::vector<finding>{{finding_kind::changed, "a/1.png", ""}, {finding_kind::unlisted, "c/3.png", ""}});
    fs::remove(here / "b/2.png");
    fs::remove(here / "a/1.png");
    fs::create_directory(here / "a/1.png");
    CHECK(verify(m, here.path()) ==
          std::vector<finding>{{finding_kind::unreadable, "a/1.png", "hallmark::read_file: cannot read \"" + (here / "a/1.png") + "\": Is a directory"},
                               {finding_kind::missing, "b/2.png", ""},
                               {finding_kind::unlisted, "c/3.png", ""}});
    CHECK(name_of(finding_kind::unlisted) == "unlisted");
    auto bad                   = m;
    bad.entries[0].marked_name = "../x.png";
    CHECK_THROWS_WITH_AS(verify(bad, here.path()),
                         "hallmark::verify: \"the manifest\" has an entry named \"../x.png\"; allowed are relative paths without \"..\"", error);
}

TEST_CASE("files on disk") {
    temp_folder const here;
    auto const        m = sample_manifest();
    write_manifest(here / "m.json", m);
    CHECK(read_manifest(here / "m.json") == m);
    CHECK(here.count() == 1);
    write_file(here / "m.json", "{}");
    CHECK_THROWS_WITH_AS(read_manifest(here / "m.json"), ("hallmark::read_manifest: \"" + (here / "m.json") + "\" has no \"format\" in the manifest").c_str(),
                         error);
    CHECK_THROWS_WITH_AS(read_manifest("/no/such"), "hallmark::read_file: cannot open \"/no/such\": No such file or directory", error);
}
