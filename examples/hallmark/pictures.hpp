// Picture files of an owner: found, read, numbered, marked and written.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/mark/recipe_marker.hpp>
#include <hallmark/pattern/picture_set.hpp>
#include <hallmark/random/secret_key.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// The bytes of a picture file and what follows from them alone.
struct original {
    std::vector<std::byte> bytes;
    std::string            sha256;
    std::uint64_t          sample = 0;  ///< the first 8 bytes of the SHA-256, big endian: no other file and no name has a part in it
};
[[nodiscard]] auto read_original(std::string const& path) -> original;
[[nodiscard]] auto sha256_of(std::span<std::byte const> bytes) -> std::string;

/// The pixels: one channel if the file stores grey, else three.
[[nodiscard]] auto decode(original const& o, std::string const& path) -> hallmark::image_batch<std::uint8_t>;

/// The file of one marked picture: PNG if quality is 0, else JPEG.
[[nodiscard]] auto encode(hallmark::image_batch<std::uint8_t> const& picture, int quality) -> std::vector<std::byte>;

/// The mark of a picture that has this sample number.
[[nodiscard]] auto marked(hallmark::recipe_marker const& m, hallmark::image_batch<std::uint8_t> const& picture, std::string const& user, std::uint64_t sample,
                          std::uint32_t version = 0) -> hallmark::image_batch<std::uint8_t>;

/// The picture, or all pictures of the folder, that a pattern is drawn from.
[[nodiscard]] auto pictures_of(std::string const& path) -> hallmark::picture_set;

/// The marker of a manifest. A manifest knows the pictures of a pattern by their digest alone: `pictures` says where they are, and is empty where it was not
/// given.
[[nodiscard]] auto marker_of(hallmark::secret_key key, hallmark::mark_recipe recipe, std::string const& manifest, std::string const& pictures)
    -> hallmark::recipe_marker;

/// cat.jpg is marked as cat.jpg.png, cat.png as cat.png: the extension is only ever added to, so that cat.jpg and cat.png
/// cannot become one file. For JPEG the same the other way round.
[[nodiscard]] auto marked_name(std::string const& name, int quality) -> std::string;
/// The name of the class: the first folder of a path, or nothing.
[[nodiscard]] auto label_of(std::string const& name) -> std::string;
/// True for names that end in .jpg or .jpeg, in any case.
[[nodiscard]] auto is_jpeg_name(std::string_view name) -> bool;

}  // namespace cli
