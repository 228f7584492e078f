// Picture files of an owner. With survive.cpp the only source of the program that includes stb.
#include "pictures.hpp"
#include "cli.hpp"

#include <hallmark/io/folder.hpp>
#include <hallmark/io/image.hpp>
#include <hallmark/random/sha256.hpp>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <variant>

namespace cli {
namespace {
auto ends_in(std::string_view name, std::string_view extension) -> bool {
    return name.size() > extension.size() &&
           std::equal(extension.rbegin(), extension.rend(), name.rbegin(), [](char e, char c) { return e == (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
}

/// Of a file that was decoded without complaint.
auto stores_grey(std::span<std::byte const> bytes) -> bool {
    auto const at = [&](std::size_t i) { return i < bytes.size() ? std::to_integer<unsigned>(bytes[i]) : 0u; };
    if (at(0) == 0x89 && at(1) == 'P') {
        return (at(25) & 2u) == 0;  // PNG: bit 1 of the colour type says that there are colours
    }
    if (at(0) != 0xff || at(1) != 0xd8) {
        return false;
    }
    for (std::size_t i = 2; i + 9 < bytes.size();) {  // JPEG: the frame header says how many components there are
        auto const marker = at(i + 1);
        if (at(i) != 0xff) {
            return false;
        }
        if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
            return at(i + 9) == 1;
        }
        auto const is_bare = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
        i += marker == 0xff ? 1 : is_bare ? 2 : 2 + (std::size_t{at(i + 2)} << 8 | at(i + 3));
    }
    return false;
}
}  // namespace

auto sha256_of(std::span<std::byte const> bytes) -> std::string {
    return hallmark::to_hex(hallmark::sha256({reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()}));
}

auto read_original(std::string const& path) -> original {
    original o;
    o.bytes      = hallmark::read_file(path, std::uint64_t{1} << 30);
    auto const d = hallmark::sha256({reinterpret_cast<std::uint8_t const*>(o.bytes.data()), o.bytes.size()});
    o.sha256     = hallmark::to_hex(d);
    for (std::size_t i = 0; i < 8; ++i) {
        o.sample = o.sample << 8 | d[i];
    }
    return o;
}

auto decode(original const& o, std::string const& path) -> hallmark::image_batch<std::uint8_t> {
    return hallmark::decode_image(o.bytes, stores_grey(o.bytes) ? 1 : 3, path);
}

auto encode(hallmark::image_batch<std::uint8_t> const& picture, int quality) -> std::vector<std::byte> {
    return quality == 0 ? hallmark::encode_png(picture.view()) : hallmark::encode_jpeg(picture.view(), quality);
}

auto marked(hallmark::recipe_marker const& m, hallmark::image_batch<std::uint8_t> const& picture, std::string const& user, std::uint64_t sample,
            std::uint32_t version) -> hallmark::image_batch<std::uint8_t> {
    auto options         = hallmark::mark_options{};
    options.version      = version;
    options.first_sample = sample;
    return m(picture, user, options);
}

auto pictures_of(std::string const& path) -> hallmark::picture_set {
    std::vector<std::string> files{path};
    if (std::filesystem::is_directory(path)) {
        files.clear();
        for (auto const& name : hallmark::list_images(path)) {
            files.push_back((std::filesystem::path(path) / name).string());
        }
        if (files.empty()) {
            refuse("--pictures: there are no pictures (jpg, jpeg, png, bmp) in ", quote(path));
        }
    }
    std::vector<hallmark::picture_pattern> all;
    for (auto const& file : files) {
        auto const picture = decode(read_original(file), file);
        all.emplace_back(picture.view());
    }
    return hallmark::picture_set(all);
}

auto marker_of(hallmark::secret_key key, hallmark::mark_recipe recipe, std::string const& manifest, std::string const& pictures) -> hallmark::recipe_marker {
    if (auto* set = std::get_if<hallmark::picture_set>(&recipe.pattern)) {
        if (pictures.empty()) {
            refuse("the pattern of ", quote(manifest), " is one of a set of pictures; say with --pictures where they are");
        }
        auto there = pictures_of(pictures);
        if (!(there == *set)) {
            refuse("--pictures ", quote(pictures), " does not hold the pictures that ", quote(manifest), " was marked with: their digest differs");
        }
        *set = std::move(there);
    } else if (!pictures.empty()) {
        refuse("--pictures is of no use for ", quote(manifest), ", whose pattern is not one of a set of pictures");
    }
    return hallmark::recipe_marker(std::move(key), recipe);
}

auto is_jpeg_name(std::string_view name) -> bool { return ends_in(name, ".jpg") || ends_in(name, ".jpeg"); }

auto marked_name(std::string const& name, int quality) -> std::string {
    if (quality == 0) {
        return ends_in(name, ".png") ? name : name + ".png";
    }
    return is_jpeg_name(name) ? name : name + ".jpg";
}

auto label_of(std::string const& name) -> std::string {
    auto const slash = name.find('/');
    return slash == std::string::npos ? "" : name.substr(0, slash);
}

}  // namespace cli
