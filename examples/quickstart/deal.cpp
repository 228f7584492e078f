// Who gets which pictures: the users, the two training sets, and the pictures held out for null sets.
#include "data.hpp"

#include "shuffle.hpp"

#include <hallmark/random/sha256.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace quickstart {
namespace {

void append(labelled& to, pictures const& more, std::size_t label) {
    to.images = joined(to.images, more);
    to.labels.insert(to.labels.end(), more.samples(), label);
}

/// Where the pictures of a class stand in the pool, shuffled.
auto shuffled_class(hallmark::labelled_images const& pool, std::size_t label, std::uint64_t seed) -> std::vector<std::size_t> {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < pool.labels.size(); ++i) {
        if (pool.labels[i] == label) {
            members.push_back(i);
        }
    }
    std::vector<std::size_t> out;
    for (auto i : shuffled(members.size(), draws_for(seed, stage::dealing, label))) {
        out.push_back(members[i]);
    }
    return out;
}

}  // namespace

auto take(pictures const& all, std::span<std::size_t const> which) -> pictures {
    auto const size = all.channels() * all.height() * all.width();
    pictures   out(which.size(), all.channels(), all.height(), all.width());
    for (std::size_t i = 0; i < which.size(); ++i) {
        std::copy_n(all.elements().data() + which[i] * size, size, out.elements().data() + i * size);
    }
    return out;
}

auto joined(pictures const& a, pictures const& b) -> pictures {
    auto const first  = std::span<std::uint8_t const>(a.elements());
    auto const second = std::span<std::uint8_t const>(b.elements());

    std::vector<std::uint8_t> pixels;
    pixels.reserve(first.size() + second.size());
    pixels.insert(pixels.end(), first.begin(), first.end());
    pixels.insert(pixels.end(), second.begin(), second.end());
    return {a.samples() + b.samples(), b.channels(), b.height(), b.width(), std::move(pixels)};
}

auto demo_key(std::uint64_t seed) -> hallmark::secret_key {
    return hallmark::secret_key::from_bytes(hallmark::sha256("hallmark quickstart, demonstration key " + std::to_string(seed)));
}

auto dealt::users_classes() const -> std::vector<std::size_t> {
    std::vector<std::size_t> out;
    for (auto const& u : users) {
        out.push_back(u.label);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

auto deal(hallmark::labelled_images const& pool, hallmark::marker const& mark, options const& o) -> dealt {
    auto const classes = o.named ? pool.class_names.size() : std::min(pool.class_names.size(), o.users);
    if (classes < 2) {
        throw std::runtime_error("the pictures are of one class only; a classifier needs at least two");
    }
    std::vector<std::vector<std::size_t>> users_of(classes);  // their numbers, by class
    for (std::size_t u = 0; u < o.users; ++u) {
        auto const label = o.named ? o.targets[u] : u % classes;
        if (label >= classes) {
            throw std::runtime_error("a user has pictures of class " + std::to_string(label) + ", and there are " + std::to_string(classes) + " classes");
        }
        users_of[label].push_back(u);
    }
    dealt d;
    d.class_names.assign(pool.class_names.begin(), pool.class_names.begin() + static_cast<std::ptrdiff_t>(classes));
    for (std::size_t label = 0; label < classes; ++label) {
        auto const which = shuffled_class(pool, label, o.seed);
        auto       rest  = std::span<std::size_t const>(which);
        auto const next  = [&](std::size_t count) {
            auto const part = rest.first(count);
            rest            = rest.subspan(count);
            return take(pool.images, part);
        };

        auto const marked  = users_of[label].size() * o.per_user;
        auto const chosen  = o.validation / classes;
        auto const trained = o.training_set / classes - chosen;
        auto const needed  = trained + chosen + marked + 10 * o.per_user;  // the training set, the substitutes, and ten null sets that share nothing
        if (which.size() < needed) {
            throw std::runtime_error("class \"" + pool.class_names[label] + "\" has " + std::to_string(which.size()) + " pictures; at least " +
                                     std::to_string(needed) + " are needed");
        }
        for (auto const number : users_of[label]) {
            auto originals = next(o.per_user);
            // One line is all an owner needs. What each picture gets depends on the key, the user and the picture's number alone.
            auto published = mark(originals, number);
            d.users.push_back({"user " + std::to_string(number + 1), label, std::move(originals), std::move(published)});
        }
        append(d.substitute, next(marked), label);
        append(d.common, next(trained - marked), label);
        append(d.validation, next(chosen), label);
        d.held_out.push_back(next(rest.size()));
    }
    return d;
}

auto suspect_set(dealt const& d) -> labelled {
    auto set = d.common;
    for (auto const& u : d.users) {
        append(set, u.marked, u.label);
    }
    return set;
}

auto innocent_set(dealt const& d) -> labelled {
    auto set   = d.common;
    set.images = joined(set.images, d.substitute.images);
    set.labels.insert(set.labels.end(), d.substitute.labels.begin(), d.substitute.labels.end());
    return set;
}

}  // namespace quickstart
