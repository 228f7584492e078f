// What is checked of a command line whatever the subcommand.
#include "arguments.hpp"

#include <hallmark/io/folder.hpp>

#include <algorithm>
#include <filesystem>
#include <string_view>

namespace cli {
namespace {
[[noreturn]] void refuse_empty(CLI::Option const& option) {
    refuse(option.get_name(), " is empty; ", option.get_required() ? "" : "leave it out or ", "give it a value");
}

/// Any text: a file, a folder or a name, and not one of a few words.
auto is_text(CLI::Option const& option) -> bool { return option.get_type_name() == "TEXT"; }

void refuse_option_as_value(CLI::Option const& option, std::string_view value) {
    if (value.empty()) {
        refuse_empty(option);
    }
    if (value.substr(0, 2) == "--") {
        auto const text = std::string(value);
        refuse(option.get_name(), " is ", quote(text), ", which looks like an option; allowed are values that do not begin with --",
               is_text(option) ? ", and " + quote("./" + text) + " for a file of that name" : "");
    }
}

/// True if the file is one of the pictures that lie in the folder and below.
auto is_picture_in(std::filesystem::path const& folder, std::filesystem::path const& file) -> bool {
    std::error_code failed;
    if (!std::filesystem::is_directory(folder, failed)) {
        return false;
    }
    auto const inside = std::filesystem::relative(file, folder, failed).generic_string();
    if (failed || inside.empty() || inside.rfind("..", 0) == 0) {
        return false;
    }
    auto const names = hallmark::list_images(folder.string());
    return std::find(names.begin(), names.end(), inside) != names.end();
}

/// Both `--name value` and `--name=value`; nothing where `argument` is no option of `app` that takes a value.
auto option_of(CLI::App& app, std::string_view argument) -> CLI::Option const* {
    if (argument.size() < 3 || argument.substr(0, 2) != "--") {
        return nullptr;
    }
    auto const* const option = app.get_option_no_throw(std::string(argument.substr(0, argument.find('='))));
    return option != nullptr && option->get_items_expected_min() > 0 ? option : nullptr;
}
}  // namespace

auto mistake(CLI::ParseError const& e, used_command const& used) -> std::string {
    std::string const said = e.what();
    // CLI11 says what it did, not what is allowed.
    auto const between = [&](std::string_view before, std::string_view after) -> std::pair<std::string, std::string> {
        auto const from = said.find(before);
        auto const to   = from == std::string::npos ? from : said.find(after, from + before.size());
        return to == std::string::npos ? std::pair<std::string, std::string>()
                                       : std::pair(said.substr(from + before.size(), to - from - before.size()), said.substr(to + after.size()));
    };
    if (auto const [name, value] = between("Could not convert: ", " = "); !name.empty()) {
        return name + " is " + quote(value) + "; allowed is a number";
    }
    auto const most = said.find(": At Most ");
    if (auto const [allowed, given] = between(": At Most ", " required but received "); !allowed.empty()) {
        return said.substr(0, most) + " has " + given + " values; allowed " + (allowed == "1" ? "is one" : "are " + allowed + " at most");
    }
    if (auto const [type, rest] = between(" required ", " missing"); !type.empty() && said.find(": ") != std::string::npos) {
        return said.substr(0, said.find(": ")) + " has no value; give it one";
    }
    // It does not say which subcommands there are where none of them was named.
    std::string subcommands;
    for (auto const* sub : used.app->get_subcommands([](CLI::App const*) { return true; })) {
        subcommands += (subcommands.empty() ? "" : ", ") + sub->get_name();
    }
    auto const rest = used.app->remaining();
    auto const word = std::find_if(rest.begin(), rest.end(), [](std::string const& text) { return text.empty() || text[0] != '-'; });
    return subcommands.empty() || word == rest.end() ? said : "there is no " + used.name + " " + quote(*word) + "; allowed are " + subcommands;
}

void refuse_options_as_values(CLI::App& whole, int argc, char const* const* argv) {
    auto* app = &whole;
    for (int i = 1; i < argc; ++i) {
        auto const argument = std::string_view(argv[i]);
        if (argument == "--") {
            return;  // what follows are names, however they begin
        }
        if (auto const* const option = option_of(*app, argument)) {
            if (auto const is = argument.find('='); is != std::string_view::npos) {
                refuse_option_as_value(*option, argument.substr(is + 1));
            } else if (++i < argc && argv[i][0] != '\0') {  // the parser complains where nothing follows, refuse_empty_values where something empty does
                refuse_option_as_value(*option, argv[i]);
            }
        } else if (auto const subs = app->get_subcommands([&](CLI::App const* sub) { return sub->get_name() == argument; }); !subs.empty()) {
            app = subs.front();
        }
    }
}

void refuse_empty_values(CLI::App const& app) {
    for (auto const* option : app.get_options()) {
        for (auto const& value : option->results()) {
            if (value.empty()) {
                refuse_empty(*option);
            }
        }
    }
    for (auto const* used : app.get_subcommands()) {
        refuse_empty_values(*used);
    }
}

void refuse_overwriting_inputs(CLI::App const& app) {
    namespace fs = std::filesystem;
    std::error_code failed;  // a name that stands for nothing is no input, and who reads or writes it says what is wrong
    for (auto const* name : {"--report", "--preview", "--plot"}) {
        if (app.get_option_no_throw(name) == nullptr || app.count(name) == 0) {
            continue;
        }
        auto const out = app.get_option(name)->as<std::string>();
        if (!fs::exists(out, failed)) {
            continue;
        }
        for (auto const* option : app.get_options([&](CLI::Option const* o) { return o->get_name() != name && is_text(*o); })) {
            for (auto const& in : option->results()) {
                if (fs::equivalent(in, out, failed) || is_picture_in(in, out)) {
                    refuse(name, " is ", quote(out), ", which is there to be read (", option->get_name(), "); allowed is a file that is no input");
                }
            }
        }
    }
}

}  // namespace cli
