// What an owner brings to an audit: the originals that a manifest lists, and the key it commits to.
#pragma once

#include <hallmark/audit/score_versions.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/io/manifest.hpp>
#include <hallmark/mark/recipe_marker.hpp>
#include <hallmark/random/secret_key.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cli {

/// A picture as it was before it was marked, with all that marking it again needs.
struct evidence {
    std::size_t                         entry;  ///< its place in the manifest
    std::string                         name;
    std::uint64_t                       sample;
    hallmark::image_batch<std::uint8_t> picture;
};

/// The key in a file, which must be the one that the manifest commits to.
[[nodiscard]] auto committed_key(std::string const& key, std::string const& manifest, hallmark::manifest const& book) -> hallmark::secret_key;

/// Every original of the manifest, unchanged, once and in its order: copies of a file have the same sample number and so the same mark, and
/// would count one draw twice. `copies` is how many were left out.
[[nodiscard]] auto read_evidence(std::string const& originals, std::string const& manifest, hallmark::manifest const& book, std::size_t& copies)
    -> std::vector<evidence>;

/// Which version of each picture a model is asked about, and when.
[[nodiscard]] auto rounds_of(hallmark::recipe_marker const& m, std::string const& user, std::vector<evidence> const& all, std::uint32_t withheld)
    -> hallmark::asking_rounds;

}  // namespace cli
