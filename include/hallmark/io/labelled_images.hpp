// Pictures with labels, and the one place where pictures from anywhere are gathered into them.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/error.hpp>
#include <hallmark/io/quoted.hpp>
#include <hallmark/io/resize.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// A labelled data set in memory. Sample i has label `labels[i]`, the name of that class is `class_names[labels[i]]`, and
/// it came from `names[i]`. From folders and archives, samples are grouped by class and sorted by name inside a
/// class; from CIFAR files they keep the files' order.
struct labelled_images {
    image_batch<std::uint8_t> images;
    std::vector<std::size_t>  labels;
    std::vector<std::string>  class_names;
    std::vector<std::string>  names;

    friend auto operator==(labelled_images const&, labelled_images const&) -> bool = default;
};

/// Which pictures to take, and in what size.
struct gather_options {
    std::size_t per_class = std::numeric_limits<std::size_t>::max();  ///< the first so many of each class, bytewise by name; at least 1
    std::size_t height    = 0;                                        ///< rows of every picture; 0 for both: all files must agree
    std::size_t width     = 0;                                        ///< columns of every picture
};

namespace detail {

/// True for jpg, jpeg, png and bmp in any case, unless a part of the path begins with a dot (hidden files, and
/// what some systems leave beside pictures in archives).
[[nodiscard]] inline auto is_image_name(std::string_view path) -> bool {
    auto const dot = path.rfind('.');
    if (path.empty() || path.front() == '.' || path.find("/.") != std::string_view::npos || dot == std::string_view::npos) {
        return false;
    }
    std::string extension;
    for (char c : path.substr(dot + 1)) {
        extension += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return extension == "jpg" || extension == "jpeg" || extension == "png" || extension == "bmp";
}

/// Takes pictures in any order, keeps the first `per_class` names of each class, and makes one batch of them: the
/// result depends on the names alone, so a folder and an archive of it load alike. A class is the first folder of a name.
class image_gatherer {
public:
    image_gatherer(std::string_view function, std::string_view source, gather_options const& options)
        : function_(function), source_(source), options_(options) {
        require(options.per_class >= 1, errc::out_of_domain, function_, ": per_class is 0; allowed is 1 or more");
        require((options.height == 0) == (options.width == 0), errc::out_of_domain, function_, ": height is ", options.height, " and width is ", options.width,
                "; allowed is both 0 or both positive");
    }

    /// False if nothing can come of adding `name`: no picture, or a class that has enough earlier names.
    [[nodiscard]] auto wants(std::string_view name) const -> bool {
        if (!is_image_name(name)) {
            return false;
        }
        auto const found = classes_.find(class_of(name));
        return found == classes_.end() || found->second.size() < options_.per_class || name <= found->second.rbegin()->first;
    }

    template <class Decoder>
    void add(std::string_view name, std::span<std::byte const> bytes, Decoder const& decode) {
        auto const where = class_of(name);
        require(!where.empty(), errc::bad_format, function_, ": ", quote(name), " in ", quote(source_),
                " lies in no class folder; each picture must lie in a folder named for its class");
        auto& pictures = classes_[std::string(where)];
        auto  fresh    = pictures.try_emplace(std::string(name));
        require(fresh.second, errc::bad_format, function_, ": ", quote(source_), " has ", quote(name), " twice");
        fresh.first->second = decoded(name, bytes, decode);
        if (pictures.size() > options_.per_class) {
            pictures.erase(std::prev(pictures.end()));
        }
    }

    /// The batch. The gatherer is used up.
    [[nodiscard]] auto finish() -> labelled_images {
        std::size_t n = 0;
        for (auto const& [name, pictures] : classes_) {
            n += pictures.size();
        }
        require(n > 0, errc::empty_input, function_, ": ", quote(source_), " has no pictures (jpg, jpeg, png or bmp) in class folders");
        auto const&     first = classes_.begin()->second.begin()->second;
        labelled_images result;
        result.images = image_batch<std::uint8_t>(n, first.channels(), first.height(), first.width());
        result.labels.reserve(n);
        result.names.reserve(n);
        auto out = result.images.elements().begin();
        for (auto& [class_name, pictures] : classes_) {
            for (auto& [name, picture] : pictures) {
                result.names.push_back(name);
                result.labels.push_back(result.class_names.size());
                out     = std::copy(picture.elements().begin(), picture.elements().end(), out);
                picture = {};  // two copies of a data set at once are too many
            }
            result.class_names.push_back(class_name);
        }
        return result;
    }

private:
    [[nodiscard]] static auto class_of(std::string_view name) -> std::string_view {
        auto const slash = name.find('/');
        return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
    }

    template <class Decoder>
    [[nodiscard]] auto decoded(std::string_view name, std::span<std::byte const> bytes, Decoder const& decode) -> image_batch<std::uint8_t> {
        image_batch<std::uint8_t> picture;
        try {
            picture = decode(bytes);
            if (options_.height != 0 && (picture.height() != options_.height || picture.width() != options_.width)) {
                picture = resize(std::as_const(picture).view(), options_.height, options_.width);
            }
        } catch (error const& e) {
            fail(e.code(), function_, ": ", quote(name), " in ", quote(source_), " cannot be used: ", std::string_view(e.what()));
        }
        require(picture.samples() == 1, errc::shape_mismatch, function_, ": the decoder made ", picture.samples(), " pictures of ", quote(name),
                "; allowed is 1");
        if (expected_.empty()) {
            expected_ = {picture.channels(), picture.height(), picture.width()};
            first_    = name;
        }
        require(picture.channels() == expected_[0] && picture.height() == expected_[1] && picture.width() == expected_[2], errc::shape_mismatch, function_,
                ": ", quote(name), " in ", quote(source_), " has ", picture.channels(), " channels of ", picture.height(), " x ", picture.width(),
                " pixels, but ", quote(first_), " has ", expected_[0], " of ", expected_[1], " x ", expected_[2],
                "; give a height and a width to make them alike");
        return picture;
    }

    using pictures_by_name = std::map<std::string, image_batch<std::uint8_t>, std::less<>>;

    std::string                                          function_;
    std::string                                          source_;
    gather_options                                       options_;
    std::map<std::string, pictures_by_name, std::less<>> classes_;
    std::vector<std::size_t>                             expected_;  // channels, height, width
    std::string                                          first_;
};
}  // namespace detail
}  // namespace hallmark::inline v0
