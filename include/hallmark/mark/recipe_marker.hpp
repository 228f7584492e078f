// The marker of a recipe: any pattern, noise and blend of the library, chosen at run time.
#pragma once

#include <hallmark/core/executor.hpp>
#include <hallmark/mark/image_marker.hpp>
#include <hallmark/mark/marker.hpp>
#include <hallmark/mark/recipe.hpp>
#include <hallmark/mark/recipe_parts.hpp>
#include <hallmark/random/secret_key.hpp>

#include <utility>
#include <variant>

namespace hallmark::inline v0 {

/// Marks as `image_marker` would with the parts that the recipe names, bit for bit, under the same promises; a recipe that `mark_parameters` can say is marked
/// by `marker`, at its speed. Every other one costs a choice a pixel on top of its parts: a few nanoseconds.
class recipe_marker {
public:
    /// Throws what `validate` throws, and if the recipe's pattern is one of pictures that are not there.
    explicit recipe_marker(secret_key key, mark_recipe const& r = {}) : recipe_(checked(r)), held_(made(std::move(key), r)) {}

    /// Marked copies, in the type that came in.
    template <class T, class Executor = sequential>
    [[nodiscard]] auto operator()(T const& batch, user_id user, mark_options const& options = {}, Executor const& executor = {}) const -> T {
        return std::visit([&](auto const& m) { return m(batch, user, options, executor); }, held_);
    }
    /// Writes over the pictures.
    template <class T, class Executor = sequential>
    void in_place(T&& batch, user_id user, mark_options const& options = {}, Executor const& executor = {}) const {
        std::visit([&](auto const& m) { m.in_place(batch, user, options, executor); }, held_);
    }
    /// Writes marked copies of `source` to `destination`; see `basic_marker::into`.
    template <class D, class S, class Executor = sequential>
    void into(D&& destination, S const& source, user_id user, mark_options const& options = {}, Executor const& executor = {}) const {
        std::visit([&](auto const& m) { m.into(destination, source, user, options, executor); }, held_);
    }

    [[nodiscard]] auto key() const noexcept -> secret_key const& {
        return std::visit([](auto const& m) noexcept -> secret_key const& { return m.key(); }, held_);
    }
    [[nodiscard]] auto design() const noexcept -> key_design { return recipe_.design; }
    [[nodiscard]] auto recipe() const noexcept -> mark_recipe const& { return recipe_; }

private:
    using any  = image_marker<detail::chosen_patterns, detail::chosen_noise, detail::chosen_blends>;
    using held = std::variant<marker, any>;

    static auto checked(mark_recipe const& r) -> mark_recipe const& {
        validate(r);
        if (auto const* pictures = std::get_if<picture_set>(&r.pattern)) {
            auto any_draws = stream(chacha_key{});
            (void)pictures->draw(any_draws);
        }
        return r;
    }
    static auto made(secret_key key, mark_recipe const& r) -> held {
        if (auto const p = to_parameters(r)) {
            return marker(std::move(key), *p);
        }
        return any(std::move(key), detail::chosen_patterns(r.pattern), detail::chosen_noise(r.noise), detail::chosen_blends(r), r.epsilon, r.design);
    }

    mark_recipe recipe_;
    held        held_;
};

}  // namespace hallmark::inline v0
