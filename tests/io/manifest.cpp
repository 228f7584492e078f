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
    m.parameters.ratio   = 0.65;
    m.parameters.epsilon = 4.0 / 255.0;
    m.parameters.stripes = 12;
    m.parameters.period  = {31, 58};
    m.parameters.design  = key_design::independent;
    m.key_commitment     = digest_of("key");
    m.user               = "Zoë";
    m.entries            = {{"a/1.jpg", 7, digest_of("one"), digest_of("marked one"), "a/1.png", "a"},
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
    CHECK(say([](json& j) { j["major"] = 2; }) == "has format version 2.0; allowed are versions 1.0 and later minor ones");
    CHECK(say([](json& j) { j["major"] = 0; }) == "has format version 0.0; allowed are versions 1.0 and later minor ones");
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
    m                  = sample_manifest();
    m.parameters.ratio = 2;
    CHECK_THROWS_WITH_AS(seal(m), "hallmark::mark_parameters: ratio is 2; allowed is 0 to 1", error);
    m      = sample_manifest();
    m.user = "\xff";
    CHECK_THROWS_WITH_AS(to_json_text(m), "hallmark::to_json_text: a text of the manifest (a name, a label or the user) is not UTF-8, which JSON needs", error);
    CHECK_THROWS_WITH_AS(seal(m), "hallmark::seal: a text of the manifest (a name, a label or the user) is not UTF-8, which JSON needs", error);
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
    CHECK(with([](manifest& o) { o.parameters.ratio = 0.66; }));
    CHECK(with([](manifest& o) { o.parameters.epsilon = 0.5; }));
    CHECK(with([](manifest& o) { o.parameters.stripes = 13; }));
    CHECK(with([](manifest& o) { o.parameters.period.first = 32; }));
    CHECK(with([](manifest& o) { o.parameters.period.last = 60; }));
    CHECK(with([](manifest& o) { o.parameters.octaves.last = 5; }));
    CHECK(with([](manifest& o) { o.parameters.half_cycles.first = 21; }));
    CHECK(with([](manifest& o) { o.parameters.design = key_design::shared; }));
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
