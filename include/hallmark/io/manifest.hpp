// The record of a marked set of pictures: what was marked, how, and the digest of every file (JSON, nlohmann-json).
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/folder.hpp>
#include <hallmark/io/quoted.hpp>
#include <hallmark/io/recipe_json.hpp>
#include <hallmark/mark/parameters.hpp>
#include <hallmark/mark/recipe.hpp>
#include <hallmark/pattern/colour.hpp>
#include <hallmark/random/sha256.hpp>
#include <hallmark/version.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <sys/stat.h>

namespace hallmark::inline v0 {

/// One marked picture. Names are paths relative to the folder of originals and the folder of marked pictures.
struct manifest_entry {
    std::string   name;             ///< of the original
    std::uint64_t sample = 0;       ///< the number the mark's random draws are addressed by
    std::string   original_sha256;  ///< of the original's file: 64 lowercase hexadecimal digits
    std::string   marked_sha256;    ///< of the marked picture's file
    std::string   marked_name;      ///< of the marked picture
    std::string   label;            ///< class name, may be empty

    friend auto operator==(manifest_entry const&, manifest_entry const&) -> bool = default;
};

/// Everything an audit needs to know about a marked set, apart from the key: of that, only the commitment.
struct manifest {
    static constexpr std::uint64_t current_major = 2;  ///< files of a later major version are refused
    static constexpr std::uint64_t current_minor = 0;

    std::uint64_t               minor   = current_minor;
    std::string                 library = detail::sentence(version_major, ".", version_minor, ".", version_patch);  ///< the version that marked
    mark_recipe                 recipe;                                                                             ///< what recipe_marker marks again with
    std::string                 key_commitment;                                                                     ///< secret_key::commitment()
    std::string                 user;
    std::vector<manifest_entry> entries;

    /// 1 for the marks of `marker`, 2 for every other recipe: who can read version 1 alone must not take one for the other.
    [[nodiscard]] auto major() const -> std::uint64_t { return to_parameters(recipe) ? 1 : 2; }

    friend auto operator==(manifest const&, manifest const&) -> bool = default;
};

/// Something `verify` found: a file of the manifest that is `missing`, `changed` or `unreadable`, or a picture in the folder
/// that is in no entry (`unlisted`).
enum class finding_kind : std::uint8_t { missing, changed, unreadable, unlisted };

[[nodiscard]] constexpr auto name_of(finding_kind k) noexcept -> std::string_view {
    constexpr std::string_view names[] = {"missing", "changed", "unreadable", "unlisted"};
    return names[static_cast<std::size_t>(k)];
}

struct finding {
    finding_kind kind;
    std::string  name;    ///< relative to the folder that was verified
    std::string  detail;  ///< for `unreadable`, what the operating system said

    friend auto operator==(finding const&, finding const&) -> bool = default;
};

namespace detail {

[[nodiscard]] inline auto is_sha256(std::string_view s) noexcept -> bool {
    return s.size() == 64 && s.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// A path that stays below the folder it is joined to.
[[nodiscard]] inline auto is_path_below(std::string_view path) noexcept -> bool {
    if (path.empty() || path.front() == '/' || path.find('\0') != std::string_view::npos) {
        return false;
    }
    for (;;) {
        auto const slash = path.find('/');
        if (path.substr(0, slash) == "..") {
            return false;
        }
        if (slash == std::string_view::npos) {
            return true;
        }
        path.remove_prefix(slash + 1);
    }
}

/// The rules that make a manifest worth keeping, whether it is about to be written or was just read.
inline void validate(manifest const& m, std::string_view function, std::string_view file) {
    auto const check = [&](bool ok, errc code, auto const&... parts) { require(ok, code, function, ": ", quote(file), parts...); };
    check(is_sha256(m.key_commitment), errc::bad_format, " has the key commitment ", quote(m.key_commitment, 80),
          "; allowed are 64 lowercase hexadecimal digits");
    auto const parameters = to_parameters(m.recipe);
    parameters ? hallmark::validate(*parameters) : hallmark::validate(m.recipe);
    if (auto const* pictures = std::get_if<picture_set>(&m.recipe.pattern)) {
        check(is_sha256(pictures->sha256()), errc::bad_format, " has the digest ", quote(pictures->sha256(), 80),
              " for the pattern's pictures; allowed are 64 lowercase hexadecimal digits");
    }
    std::set<std::string_view> names, marked_names;
    for (auto const& e : m.entries) {
        for (auto const* name : {&e.name, &e.marked_name}) {
            check(is_path_below(*name), errc::bad_format, " has an entry named ", quote(*name), "; allowed are relative paths without \"..\"");
        }
        for (auto const* hex : {&e.original_sha256, &e.marked_sha256}) {
            check(is_sha256(*hex), errc::bad_format, " has the digest ", quote(*hex, 80), " for ", quote(e.name),
                  "; allowed are 64 lowercase hexadecimal digits");
        }
        check(names.insert(e.name).second, errc::bad_format, " has two entries named ", quote(e.name));
        check(marked_names.insert(e.marked_name).second, errc::bad_format, " has two entries for the marked file ", quote(e.marked_name));
    }
}

[[nodiscard]] inline auto parameters_json(mark_parameters const& p) -> nlohmann::json {
    return {{"ratio", p.ratio},
            {"epsilon", p.epsilon},
            {"stripes", p.stripes},
            {"period", range_json(p.period)},
            {"octaves", range_json(p.octaves)},
            {"half_cycles", range_json(p.half_cycles)},
            {"design", std::string(name_of(p.design))}};
}

[[nodiscard]] inline auto manifest_json(manifest const& m) -> nlohmann::json {
    auto entries = nlohmann::json::array();
    for (auto const& e : m.entries) {
        entries.push_back({{"name", e.name},
                           {"sample", e.sample},
                           {"original_sha256", e.original_sha256},
                           {"marked_sha256", e.marked_sha256},
                           {"marked_name", e.marked_name},
                           {"label", e.label}});
    }
    auto const parameters = to_parameters(m.recipe);
    return {{"format", "hallmark manifest"},
            {"major", m.major()},
            {"minor", m.minor},
            {"library", m.library},
            {"key_commitment", m.key_commitment},
            {"user", m.user},
            {parameters ? "parameters" : "recipe", parameters ? parameters_json(*parameters) : recipe_json(m.recipe)},
            {"entries", std::move(entries)}};
}

/// SHA-256 of the text without blanks and with sorted keys, so that only a change of content changes it.
[[nodiscard]] inline auto seal_of(nlohmann::json const& without_seal) -> std::string { return to_hex(sha256(std::string_view(without_seal.dump()))); }

/// Reads the members of JSON objects; each thing that is not as it should be has its sentence.
class manifest_reader {
public:
    explicit manifest_reader(std::string_view file) : file_(file) {}

    [[nodiscard]] auto read(std::string_view text) const -> manifest {
        auto       json = parse(text);
        auto const top  = std::string_view("the manifest");
        require_object(json, top);
        if (get<std::string>(json, "format", top) != "hallmark manifest") {
            bad("is no hallmark manifest");
        }
        manifest   m;
        auto const major = get<std::uint64_t>(json, "major", top);
        m.minor          = get<std::uint64_t>(json, "minor", top);
        if (major < 1 || major > manifest::current_major) {  // it may hold anything
            bad("has format version ", major, ".", m.minor, "; allowed are versions 1.0 to ", manifest::current_major, ".0 and later minor ones");
        }
        fill(m, json, major == 1 ? "parameters" : "recipe", top);
        if (major != m.major()) {
            bad("has format version ", major, ".", m.minor, " for a mark that version ", m.major(), ".0 is for");
        }
        validate(m, function, file_);
        return m;
    }

    // What recipe_reader asks for: members of objects, of the types that it needs.
    template <class T>
    [[nodiscard]] auto get(nlohmann::json const& object, char const* key, std::string_view where) const -> T {
        auto const& value = member(object, key, where);
        if constexpr (std::is_same_v<T, std::string>) {
            if (value.is_string()) {
                return value.get<T>();
            }
            bad("has a ", quote(key), " in ", where, " that is not a text");
        } else if constexpr (std::is_same_v<T, double>) {
            if (value.is_number()) {
                return value.get<T>();
            }
            bad("has a ", quote(key), " in ", where, " that is not a number");
        } else {
            return whole<T>(value, key, where);
        }
    }

    [[nodiscard]] auto range(nlohmann::json const& object, char const* key, std::string_view where) const -> whole_range {
        auto const& value = member(object, key, where);
        if (!value.is_array() || value.size() != 2) {
            bad("has a ", quote(key), " in ", where, " that is not a pair of whole numbers");
        }
        return {whole<std::uint32_t>(value[0], key, where), whole<std::uint32_t>(value[1], key, where)};
    }

    /// The number of the text in a list of names.
    template <class Enum>
    [[nodiscard]] auto one_of(nlohmann::json const& object, char const* key, std::string_view where, std::span<std::string_view const> names) const -> Enum {
        auto const text  = get<std::string>(object, key, where);
        auto const found = std::find(names.begin(), names.end(), text);
        if (found == names.end()) {
            std::string all(names[0]);
            for (auto const name : names.subspan(1)) {
                all += (name == names.back() ? " or " : ", ") + std::string(name);
            }
            bad("has the ", key, " ", quote(text, 40), " in ", where, "; allowed is ", all);
        }
        return static_cast<Enum>(found - names.begin());
    }

    [[nodiscard]] auto colour(std::string const& text, std::string_view where) const -> rgb {
        constexpr std::string_view digits = "0123456789abcdef";
        std::uint8_t               half[6]{};
        bool                       good = text.size() == 7 && text[0] == '#';
        for (std::size_t i = 0; good && i < 6; ++i) {
            auto const digit = digits.find(text[i + 1]);
            good             = digit != digits.npos;
            half[i]          = static_cast<std::uint8_t>(digit);
        }
        if (!good) {
            bad("has the colour ", quote(text, 40), " in ", where, "; allowed are # and six lowercase hexadecimal digits");
        }
        auto const byte = [&](std::size_t i) { return static_cast<std::uint8_t>(half[i] << 4 | half[i + 1]); };
        return {byte(0), byte(2), byte(4)};
    }
    [[nodiscard]] auto palette(nlohmann::json const& object, char const* key, std::string_view where) const -> std::vector<rgb> {
        std::vector<rgb> out;
        auto const&      value = member(object, key, where);
        if (!value.is_array()) {
            bad("has a ", quote(key), " in ", where, " that is not an array");
        }
        for (auto const& c : value) {
            out.push_back(colour(c.is_string() ? c.get<std::string>() : c.dump(), where));
        }
        return out;
    }
    [[nodiscard]] auto soft(nlohmann::json const& object, char const* key, std::string_view where) const -> softening {
        auto const& value = member(object, key, where);
        if (!value.is_array() || value.size() != 2 || !value[0].is_number() || !value[1].is_number()) {
            bad("has a ", quote(key), " in ", where, " that is not a pair of numbers");
        }
        return softening(value[0].get<double>(), value[1].get<double>());
    }

    /// An object that has all these members; others only where a later minor version added them.
    void require_members(std::uint64_t minor, nlohmann::json const& object, std::initializer_list<std::string_view> known, std::string_view where) const {
        require_object(object, where);
        for (auto const key : known) {
            (void)member(object, key, where);
        }
        require_no_others(minor, object, known, where);
    }

private:
    static constexpr std::string_view function = "hallmark::read_manifest";

    template <class... Parts>
    [[noreturn]] void bad(Parts const&... parts) const {
        fail(errc::bad_format, function, ": ", quote(file_), " ", parts...);
    }

    /// nlohmann-json keeps the last of two members with one name and says nothing; here it is an error.
    [[nodiscard]] auto parse(std::string_view text) const -> nlohmann::json {
        std::vector<std::set<std::string>> seen;
        try {
            return nlohmann::json::parse(text, [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
                if (event == nlohmann::json::parse_event_t::object_start) {
                    seen.emplace_back();
                } else if (event == nlohmann::json::parse_event_t::object_end) {
                    seen.pop_back();
                } else if (event == nlohmann::json::parse_event_t::key && !seen.back().insert(value.get<std::string>()).second) {
                    bad("has two members ", quote(value.get<std::string>(), 80), " in one object");
                }
                return true;
            });
        } catch (nlohmann::json::parse_error const& e) {
            bad("is not JSON: the mistake is at byte ", e.byte);
        } catch (nlohmann::json::exception const&) {
            bad("is JSON with a number that is too large");
        }
    }

    void require_object(nlohmann::json const& json, std::string_view where) const {
        if (!json.is_object()) {
            bad("is not a JSON object where ", where, " is needed");
        }
    }

    [[nodiscard]] auto member(nlohmann::json const& object, std::string_view key, std::string_view where) const -> nlohmann::json const& {
        require_object(object, where);
        auto const found = object.find(key);
        if (found == object.end()) {
            bad("has no ", quote(key), " in ", where);
        }
        return *found;
    }

    template <class T>
    [[nodiscard]] auto whole(nlohmann::json const& value, char const* key, std::string_view where) const -> T {
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() > std::numeric_limits<T>::max()) {
            bad("has a ", quote(key), " in ", where, " that is not a whole number from 0 to ", std::numeric_limits<T>::max());
        }
        return value.get<T>();
    }

    /// Members that a later minor version added are let pass; in the version this code knows there are none.
    void require_no_others(std::uint64_t minor, nlohmann::json const& object, std::initializer_list<std::string_view> known, std::string_view where) const {
        for (auto const& [key, value] : object.items()) {
            if (minor <= manifest::current_minor && std::find(known.begin(), known.end(), key) == known.end()) {
                bad("has an unknown member ", quote(key, 80), " in ", where);
            }
        }
    }

    void fill(manifest& m, nlohmann::json& json, std::string_view mark, std::string_view top) const {
        require_no_others(m.minor, json, {"format", "major", "minor", "library", "key_commitment", "user", mark, "entries", "seal"}, top);
        auto const seal = get<std::string>(json, "seal", top);
        json.erase("seal");
        if (seal != seal_of(json)) {
            bad("was changed after it was written: its seal does not match its content");
        }
        m.library           = get<std::string>(json, "library", top);
        m.key_commitment    = get<std::string>(json, "key_commitment", top);
        m.user              = get<std::string>(json, "user", top);
        auto const& how     = member(json, mark, top);
        m.recipe            = mark == "parameters" ? to_recipe(parameters_of(m, how)) : recipe_reader(*this, m.minor).read(how);
        auto const& entries = member(json, "entries", top);
        if (!entries.is_array()) {
            bad("has an \"entries\" in ", top, " that is not an array");
        }
        for (auto const& entry : entries) {
            auto const where = sentence("entry ", m.entries.size());
            require_object(entry, where);
            require_no_others(m.minor, entry, {"name", "sample", "original_sha256", "marked_sha256", "marked_name", "label"}, where);
            m.entries.push_back({get<std::string>(entry, "name", where), get<std::uint64_t>(entry, "sample", where),
                                 get<std::string>(entry, "original_sha256", where), get<std::string>(entry, "marked_sha256", where),
                                 get<std::string>(entry, "marked_name", where), get<std::string>(entry, "label", where)});
        }
    }

    [[nodiscard]] auto parameters_of(manifest const& m, nlohmann::json const& json) const -> mark_parameters {
        constexpr std::string_view where = "the parameters";
        require_object(json, where);
        require_no_others(m.minor, json, {"ratio", "epsilon", "stripes", "period", "octaves", "half_cycles", "design"}, where);
        mark_parameters p;
        p.ratio           = get<double>(json, "ratio", where);
        p.epsilon         = get<double>(json, "epsilon", where);
        p.stripes         = get<std::uint32_t>(json, "stripes", where);
        p.period          = range(json, "period", where);
        p.octaves         = range(json, "octaves", where);
        p.half_cycles     = range(json, "half_cycles", where);
        auto const design = get<std::string>(json, "design", where);
        if (design != name_of(key_design::shared) && design != name_of(key_design::independent)) {
            bad("has the design ", quote(design, 40), "; allowed is \"shared\" or \"independent\"");
        }
        p.design = design == name_of(key_design::shared) ? key_design::shared : key_design::independent;
        hallmark::validate(p);
        return p;
    }

    std::string_view file_;
};

[[nodiscard]] inline auto checked_json(manifest const& m, std::string_view function) -> nlohmann::json {
    validate(m, function, "the manifest");
    return manifest_json(m);
}

/// A file name may be any bytes, JSON is UTF-8.
template <class F>
[[nodiscard]] auto in_utf8(std::string_view function, F&& f) -> std::string {
    try {
        return f();
    } catch (nlohmann::json::exception const&) {
        fail(errc::bad_format, function, ": a text of the manifest (a name, a label or the user) is not UTF-8, which JSON needs");
    }
}
}  // namespace detail

/// SHA-256, in hexadecimal, of all a manifest says. It is stored in the file, where it finds later changes by accident or
/// by hand. It is no signature: who rewrites the file can seal it anew. Who publishes the seal, or has it time-stamped,
/// can prove later which manifest it was.
[[nodiscard]] inline auto seal(manifest const& m) -> std::string {
    return detail::in_utf8("hallmark::seal", [&] { return detail::seal_of(detail::checked_json(m, "hallmark::seal")); });
}

/// The manifest as JSON text with its seal.
[[nodiscard]] inline auto to_json_text(manifest const& m) -> std::string {
    constexpr auto function = "hallmark::to_json_text";
    return detail::in_utf8(function, [&] {
        auto json    = detail::checked_json(m, function);
        json["seal"] = detail::seal_of(json);
        return json.dump(1) + "\n";
    });
}

/// Reads what `to_json_text` wrote. Another major version, a missing or unknown member, a wrong type, two entries with one
/// name, a digest that is none, and a seal that does not match are `errc::bad_format` with a sentence. `name` stands for the file.
[[nodiscard]] inline auto parse_manifest(std::string_view text, std::string_view name = "memory") -> manifest {
    return detail::manifest_reader(name).read(text);
}

/// Writes the manifest to a file, atomically; one that exists is replaced.
inline void write_manifest(std::string const& path, manifest const& m) { write_file(path, to_json_text(m)); }

/// Reads a manifest file; see `parse_manifest`.
[[nodiscard]] inline auto read_manifest(std::string const& path) -> manifest {
    auto const bytes = read_file(path, std::uint64_t{1} << 30);
    return parse_manifest({reinterpret_cast<char const*>(bytes.data()), bytes.size()}, path);
}

/// Compares every marked file below `root` with the manifest: first what is missing, changed or unreadable, in the order of the
/// entries, then the pictures in no entry, sorted. Empty means that all is as it was. Costs one reading of all files.
[[nodiscard]] inline auto verify(manifest const& m, std::string const& root) -> std::vector<finding> {
    detail::validate(m, "hallmark::verify", "the manifest");
    std::vector<finding>       findings;
    std::set<std::string_view> listed;
    for (auto const& e : m.entries) {
        listed.insert(e.marked_name);
        auto const  path = root + "/" + e.marked_name;
        struct stat about {};
        if (::stat(path.c_str(), &about) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
            findings.push_back({finding_kind::missing, e.marked_name, ""});
            continue;
        }
        try {
            auto const bytes = read_file(path, std::uint64_t{1} << 30);
            if (to_hex(sha256({reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()})) != e.marked_sha256) {
                findings.push_back({finding_kind::changed, e.marked_name, ""});
            }
        } catch (error const& problem) {
            findings.push_back({finding_kind::unreadable, e.marked_name, problem.what()});
        }
    }
    for (auto& name : list_images(root)) {
        if (listed.find(name) == listed.end()) {
            findings.push_back({finding_kind::unlisted, std::move(name), ""});
        }
    }
    return findings;
}

}  // namespace hallmark::inline v0
