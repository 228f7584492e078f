// The pictures: where they come from, and who gets which.
#pragma once

#include "options.hpp"

#include <hallmark/core/image_batch.hpp>
#include <hallmark/io/labelled_images.hpp>
#include <hallmark/mark/marker.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace quickstart {

using pictures = hallmark::image_batch<std::uint8_t>;

/// Pictures and the class of each, as a network is trained on them.
struct labelled {
    pictures                 images;
    std::vector<std::size_t> labels;
};

/// Someone who publishes pictures, and marks them first.
struct user {
    std::string name;
    std::size_t label;      ///< the class of all of the user's pictures
    pictures    originals;  ///< kept at home
    pictures    marked;     ///< published
};

/// Who gets which pictures. No picture is in two of these.
struct dealt {
    std::vector<std::string> class_names;
    std::vector<user>        users;
    labelled                 common;      ///< unmarked, both networks are trained on them
    labelled                 validation;  ///< unmarked, no network is trained on them, but they choose the best epoch of both
    labelled                 substitute;  ///< unmarked, in the innocent training set where the suspect's has the users' pictures
    std::vector<pictures>    held_out;    ///< of each class: no network is trained on them

    /// The classes that have a user, in rising order.
    [[nodiscard]] auto users_classes() const -> std::vector<std::size_t>;
};

/// The pictures `which` of `all`, copied.
[[nodiscard]] auto take(pictures const& all, std::span<std::size_t const> which) -> pictures;

/// The pictures of `a`, then those of `b`; an empty `a` has no size to agree with.
[[nodiscard]] auto joined(pictures const& a, pictures const& b) -> pictures;

/// Loads what `options.data` names, every picture brought to size · size colour pixels: all parts of it together.
[[nodiscard]] auto load_pictures(options const& o) -> hallmark::labelled_images;

/// Makes ten classes of pictures, for want of real ones: shapes on noise.
[[nodiscard]] auto make_pictures(options const& o) -> hallmark::labelled_images;

/// Shuffles each class and deals it out, so that the users' pictures, the training set and the held-out pictures are alike: what tells
/// them apart later can only be that a network was trained on some. The users' pictures are marked. Throws
/// std::runtime_error if a class has too few pictures.
[[nodiscard]] auto deal(hallmark::labelled_images const& pool, hallmark::marker const& mark, options const& o) -> dealt;

/// The secret key of a demonstration: whoever knows the seed has the key. A real one is hallmark::secret_key::generate().
[[nodiscard]] auto demo_key(std::uint64_t seed) -> hallmark::secret_key;

/// What the suspect is trained on: the common pictures and the users' marked ones.
[[nodiscard]] auto suspect_set(dealt const& d) -> labelled;
/// What the innocent network is trained on: the common pictures and the substitutes.
[[nodiscard]] auto innocent_set(dealt const& d) -> labelled;

}  // namespace quickstart
