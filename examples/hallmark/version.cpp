// hallmark version: which library, which compiler, and which optional parts are there.
#include "version.hpp"
#include "cli.hpp"
#include "passphrase.hpp"
#include "suspect.hpp"

namespace cli {
namespace {
struct version_options {
    CLI::App* app = nullptr;
};

auto compiler() -> std::string {
#if defined(__clang__)
    return sentence("clang ", __clang_major__, ".", __clang_minor__, ".", __clang_patchlevel__);
#else
    return sentence("g++ ", __GNUC__, ".", __GNUC_MINOR__, ".", __GNUC_PATCHLEVEL__);
#endif
}

auto run(version_options const&) -> answer {
    answer a;
    a.json["version"]    = version_text();
    a.json["compiler"]   = compiler();
    a.json["components"] = {{"stb", true}, {"json", true}, {"sodium", passphrases_work()}, {"torch", suspects_work()}};
    a.text               = sentence("hallmark ", version_text(), ", built with ", compiler(), "\n");
    for (auto const& [name, there] : a.json["components"].items()) {
        a.text += sentence("  ", name, there.get<bool>() ? "  yes" : "  no", "\n");
    }
    return a;
}
}  // namespace

void add_version(CLI::App& app, session& s) {
    command<version_options>(app, s, "version", "Says which library this is, which compiler built it and which optional components it has.",
                             "hallmark version --json", run);
}

}  // namespace cli
