// hallmark: mark pictures, and ask whether a model was trained on them, from the command line (docs/cli.md).
#include "arguments.hpp"
#include "version.hpp"

#include <hallmark/error.hpp>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <new>
#include <string>
#include <string_view>

namespace {
/// One line that can do nothing to a terminal, without the prefix that says which function of the library it comes from a second time.
void complain(std::string_view text) {
    constexpr std::string_view prefix = "hallmark::";
    if (text.substr(0, prefix.size()) == prefix) {
        text.remove_prefix(prefix.size());
    }
    auto const line = "hallmark: " + cli::without_control(text);
    std::fprintf(stderr, "%s\n", line.c_str());
}

auto print(cli::answer const& a, bool json) -> int {
    for (auto const& c : a.complaints) {
        complain(c);
    }
    // replace: a file name may be any bytes, and the answer must not be lost for it.
    auto const text = json ? a.json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n" : a.text;
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
        complain("the answer could not be written to standard output");
        return cli::bad_input;
    }
    return a.code;
}

auto run(int argc, char** argv) -> int {
    CLI::App app("Marks pictures, and tests whether a model was trained on them.", "hallmark");
    app.footer("Exit codes: 0 for yes or done, 1 for a claim that is not shown, 2 for bad input.\nEach subcommand explains itself: hallmark mark --help");
    app.require_subcommand(0, 1);  // not 1: a misspelt subcommand would be reported as a missing one
    app.set_version_flag("--version", "hallmark " + cli::version_text());
    cli::session s;
    for (auto* add : {cli::add_key, cli::add_mark, cli::add_verify, cli::add_questions, cli::add_audit, cli::add_test, cli::add_metric, cli::add_correct,
                      cli::add_noise, cli::add_plan, cli::add_quality, cli::add_survive, cli::add_version}) {
        add(app, s);
    }
    auto const see = [](cli::used_command const& used) { return " (see " + used.name + " --help)"; };
    cli::refuse_options_as_values(app, argc, argv);
    try {
        app.parse(argc, argv);
    } catch (CLI::Success const& help) {
        return app.exit(help);
    } catch (CLI::ParseError const& e) {
        auto const used = cli::used_command(app);
        complain(cli::mistake(e, used) + see(used));
        return cli::bad_input;
    }
    cli::refuse_empty_values(app);
    if (!s.chosen) {
        complain("a subcommand is needed" + see(cli::used_command(app)));
        return cli::bad_input;
    }
    cli::refuse_overwriting_inputs(*cli::used_command(app).app);
    return print(s.chosen(), s.json);
}
}  // namespace

auto main(int argc, char** argv) -> int {
    try {
        return run(argc, argv);
    } catch (std::bad_alloc const&) {
        complain("there is not enough memory for this");
    } catch (std::filesystem::filesystem_error const& e) {
        complain("cannot use " + cli::quote(e.path1().string()) + ": " + e.code().message());
    } catch (std::exception const& e) {  // hallmark::error among them; of a framework's stack trace, the first line
        complain(std::string_view(e.what()).substr(0, std::string_view(e.what()).find('\n')));
    }
    return cli::bad_input;
}
