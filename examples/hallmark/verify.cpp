// hallmark verify: is everything still as the manifest says?
#include "cli.hpp"
#include "pictures.hpp"
#include "progress.hpp"

#include <hallmark/io/key_file.hpp>
#include <hallmark/io/manifest.hpp>
#include <hallmark/mark/recipe_marker.hpp>

#include <filesystem>
#include <optional>

namespace cli {
namespace {
struct verify_options {
    CLI::App*   app = nullptr;
    std::string file, root, originals, key, pictures;
};

/// What is wrong, under one of the names that docs/cli.md lists.
struct findings {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();

    void add(std::string const& kind, std::string const& name, std::string const& detail = "") {
        list.push_back({{"kind", kind}, {"name", name}, {"detail", detail}});
    }
};

/// The manifest, or nothing where its seal shows that it was altered. Every other fault is bad input.
auto read_book(std::string const& file, findings& found) -> std::optional<hallmark::manifest> {
    try {
        return hallmark::read_manifest(file);
    } catch (hallmark::error const& e) {
        if (std::string(e.what()).find("its seal does not match") == std::string::npos) {
            throw;
        }
        found.add("altered", file, e.what());
        return std::nullopt;
    }
}

/// With the key: do the originals, marked again, give the very bytes that were published?
void mark_again(hallmark::recipe_marker const& m, hallmark::manifest const& book, hallmark::manifest_entry const& e, original const& o, std::string const& path,
                findings& found) {
    if (e.sample != o.sample) {
        found.add("not_this_mark", e.name, "its sample number does not come from its original");
    } else if (!is_jpeg_name(e.marked_name) && sha256_of(encode(marked(m, decode(o, path), book.user, e.sample), 0)) != e.marked_sha256) {
        found.add("not_this_mark", e.name, "the original, marked again with this key, is not the file in the manifest");
    }
}

void check_originals(verify_options const& o, hallmark::manifest const& book, findings& found, std::size_t& marked_again) {
    std::optional<hallmark::recipe_marker> m;
    if (!o.key.empty()) {
        auto key = hallmark::read_key_file(o.key);
        if (key.commitment() != book.key_commitment) {
            found.add("wrong_key", o.key, "the manifest commits to another key");
        } else if (!o.originals.empty()) {
            m.emplace(marker_of(std::move(key), book.recipe, o.file, o.pictures));
        }
    }
    if (o.originals.empty()) {
        return;
    }
    progress    bar("checking", book.entries.size());
    std::size_t done = 0;
    for (auto const& e : book.entries) {
        auto const path = o.originals + "/" + e.name;
        if (!std::filesystem::exists(path)) {
            found.add("original_missing", e.name);
        } else if (auto const original = read_original(path); original.sha256 != e.original_sha256) {
            found.add("original_changed", e.name);
        } else if (m) {
            mark_again(*m, book, e, original, path, found);
            marked_again += is_jpeg_name(e.marked_name) ? 0u : 1u;
        }
        bar.show(++done);
    }
}

auto run(verify_options const& o) -> answer {
    if (o.key.empty() || o.originals.empty()) {
        forbid(*o.app, {"--pictures"}, "without --key and --originals");
    }
    findings    found;
    auto const  book         = read_book(o.file, found);
    std::size_t marked_again = 0;
    if (book) {
        auto const beside = std::filesystem::path(o.file).parent_path();
        auto const root   = !o.root.empty() ? o.root : beside.empty() ? "." : beside.string();
        for (auto const& f : hallmark::verify(*book, root)) {
            found.add(std::string(name_of(f.kind)), f.name, f.detail);
        }
        check_originals(o, *book, found, marked_again);
    }

    answer a;
    a.code                   = found.list.empty() ? ok : not_shown;
    a.json["intact"]         = found.list.empty();
    a.json["manifest"]       = o.file;
    a.json["seal"]           = book ? nlohmann::ordered_json(hallmark::seal(*book)) : nullptr;
    a.json["key_commitment"] = book ? nlohmann::ordered_json(book->key_commitment) : nullptr;
    a.json["user"]           = book ? nlohmann::ordered_json(book->user) : nullptr;
    a.json["pictures"]       = book ? book->entries.size() : 0;
    a.json["marked_again"]   = marked_again;
    a.json["findings"]       = found.list;
    a.text                   = found.list.empty() ? sentence("All ", book->entries.size(), " pictures are as the manifest says.\n")
                                                  : sentence("Not all is as it was: ", found.list.size(), found.list.size() == 1 ? " finding.\n" : " findings.\n");
    for (auto const& f : found.list) {
        a.text += sentence("  ", f["kind"].get<std::string>(), "  ", f["name"].get<std::string>(), "\n");
    }
    a.text += book ? sentence("Seal: ", hallmark::seal(*book), "\n") : "The pictures were not checked: a manifest that was altered says nothing about them.\n";
    return a;
}
}  // namespace

void add_verify(CLI::App& app, session& s) {
    auto c =
        command<verify_options>(app, s, "verify", "Finds every change since a folder was marked: files missing, changed or added, and an altered manifest.",
                                "hallmark verify photos-marked/hallmark-manifest.json --originals photos --key my.key", run);
    c.app->add_option("MANIFEST", c->file, "The manifest that hallmark mark wrote.")->required();
    c.app->add_option("--root", c->root, "The folder of marked pictures; the manifest's own folder if it is not given.");
    c.app->add_option("--originals", c->originals, "The folder of originals: check them against the manifest, too.");
    c.app->add_option("--key", c->key, "The key file: check that it is the one committed to, and, with --originals, mark again and compare (PNG).");
    c.app->add_option("--pictures", c->pictures, "With --key and --originals, where the pattern is one of a set of pictures: those pictures.");
}

}  // namespace cli
