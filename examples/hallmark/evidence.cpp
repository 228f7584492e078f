// What an owner brings to an audit: the originals that a manifest lists, and the key it commits to.
#include "evidence.hpp"

#include "cli.hpp"
#include "pictures.hpp"

#include <hallmark/io/key_file.hpp>

#include <filesystem>
#include <set>

namespace cli {

auto committed_key(std::string const& key, std::string const& manifest, hallmark::manifest const& book) -> hallmark::secret_key {
    auto out = hallmark::read_key_file(key);
    if (out.commitment() != book.key_commitment) {
        refuse("the key in ", quote(key), " is not the one that ", quote(manifest), " commits to");
    }
    return out;
}

auto read_evidence(std::string const& originals, std::string const& manifest, hallmark::manifest const& book, std::size_t& copies) -> std::vector<evidence> {
    if (book.entries.empty()) {
        refuse(quote(manifest), " lists no pictures");
    }
    std::set<std::string> seen;
    std::vector<evidence> out;
    for (std::size_t i = 0; i < book.entries.size(); ++i) {
        auto const& e    = book.entries[i];
        auto const  path = (std::filesystem::path(originals) / e.name).string();
        auto const  file = read_original(path);
        if (file.sha256 != e.original_sha256) {
            refuse(quote(path), " is not the file that was marked: its SHA-256 differs from the manifest's");
        }
        if (file.sample != e.sample) {
            refuse("the sample number of ", quote(e.name), " in ", quote(manifest),
                   " does not come from its original, so the manifest is not by hallmark mark");
        }
        if (!seen.insert(file.sha256).second) {
            ++copies;
            continue;
        }
        out.push_back({i, e.name, e.sample, decode(file, path)});
    }
    return out;
}

auto rounds_of(hallmark::recipe_marker const& m, std::string const& user, std::vector<evidence> const& all, std::uint32_t withheld) -> hallmark::asking_rounds {
    std::vector<std::uint64_t> numbers;
    for (auto const& e : all) {
        numbers.push_back(e.sample);
    }
    return {m.key(), user, m.design(), withheld, numbers};
}

}  // namespace cli
