// What the subcommands share: how one is added, what it answers, and how it refuses.
#pragma once

#include <hallmark/error.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace cli {

// The exit codes are an interface (docs/cli.md).
inline constexpr int ok        = 0;
inline constexpr int not_shown = 1;  ///< the question was answered, and the answer is no
inline constexpr int bad_input = 2;

/// What a subcommand has to say. With --json the object is printed, else the text; complaints go to stderr, a line each.
struct answer {
    nlohmann::ordered_json   json;
    std::string              text;
    int                      code = ok;
    std::vector<std::string> complaints{};
};

/// What the command line chose.
struct session {
    std::function<answer()> chosen;
    bool                    json = false;
};

template <class... Parts>
[[nodiscard]] auto sentence(Parts const&... parts) -> std::string {
    std::ostringstream out;
    (out << ... << parts);
    return out.str();
}

/// The shortest decimal number that is read back as the same double.
[[nodiscard]] inline auto exact(double x) -> std::string {
    char       digits[32];
    auto const end = std::to_chars(digits, digits + sizeof digits, x).ptr;
    return {digits, end};
}

/// A chance or an e-value: as a power of ten where no double holds it and its natural logarithm is known.
[[nodiscard]] inline auto power_text(double value, double log_value) -> std::string {
    auto const lost = (value == 0.0 || std::isinf(value)) && std::isfinite(log_value);
    return lost ? sentence("10^", log_value / 2.302585092994046) : sentence(value);
}

/// Ends the program with code 2 and this sentence; main prints it behind "hallmark: ".
template <class... Parts>
[[noreturn]] void refuse(Parts const&... parts) {
    throw hallmark::error(hallmark::errc::bad_format, sentence(parts...));
}

/// Text from outside without what could break a line or a terminal: control characters, those of Latin-1 in UTF-8 too.
[[nodiscard]] inline auto without_control(std::string_view text) -> std::string {
    std::string   out;
    unsigned char before = 0;
    for (char c : text) {
        auto const u = static_cast<unsigned char>(c);
        if (before == 0xc2 && u >= 0x80 && u < 0xa0) {
            out.back() = '?';
        } else {
            out += c == '\n' ? ' ' : u < 0x20 || u == 0x7f ? '?' : c;
        }
        before = u;
    }
    return out;
}

/// A name from outside, in quotes.
[[nodiscard]] inline auto quote(std::string const& text) -> std::string { return "\"" + without_control(text) + "\""; }

/// A subcommand with its options. `Options` holds what the options set, and a pointer `app` for asking which were given.
template <class Options>
struct command {
    CLI::App*                app;
    std::shared_ptr<Options> options;

    command(CLI::App& parent, session& s, std::string const& name, std::string const& summary, std::string const& example, answer (*run)(Options const&))
        : app(parent.add_subcommand(name, summary)), options(std::make_shared<Options>()) {
        options->app = app;
        app->add_flag("--json", s.json, "Print one JSON object instead of text.");
        app->footer("Example:\n  " + example);
        app->callback([&s, run, o = options] { s.chosen = [run, o] { return run(*o); }; });
    }
    [[nodiscard]] auto operator->() const -> Options* { return options.get(); }
};

/// An option that would be ignored is a mistake somebody wants to hear of.
inline void forbid(CLI::App const& app, std::initializer_list<char const*> names, std::string const& why) {
    for (auto const* name : names) {
        if (app.count(name) > 0) {
            refuse(name, " is of no use ", why);
        }
    }
}
inline void need(CLI::App const& app, std::initializer_list<char const*> names, std::string const& why) {
    for (auto const* name : names) {
        if (app.count(name) == 0) {
            refuse(name, " is needed ", why);
        }
    }
}

/// For options without a sign: CLI11 reads "-1" and what has more than 64 bits as the largest number there is, and "010" as 8.
[[nodiscard]] inline auto whole_number(std::uint64_t least = 0, std::uint64_t most = ~std::uint64_t{0}) -> CLI::Validator {
    return CLI::Validator(
        [least, most](std::string& text) {
            std::uint64_t value      = 0;
            auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
            auto const whole         = failed == std::errc{} && end == text.data() + text.size() && (text.size() == 1 || text[0] != '0');
            return whole && value >= least && value <= most ? std::string() : quote(text) + sentence(" is not a whole number from ", least, " to ", most);
        },
        "WHOLE");
}

// One source file each.
void add_key(CLI::App& app, session& s);
void add_mark(CLI::App& app, session& s);
void add_verify(CLI::App& app, session& s);
void add_questions(CLI::App& app, session& s);
void add_audit(CLI::App& app, session& s);
void add_test(CLI::App& app, session& s);
void add_metric(CLI::App& app, session& s);
void add_correct(CLI::App& app, session& s);
void add_noise(CLI::App& app, session& s);
void add_quality(CLI::App& app, session& s);
void add_survive(CLI::App& app, session& s);
void add_noise_parity(CLI::App& noise_command, session& s);
void add_plan(CLI::App& app, session& s);
void add_version(CLI::App& app, session& s);

}  // namespace cli
