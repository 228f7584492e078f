// A small filter kernel drawn from a key: what the class-wise convolution of CUDA marks a class with.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// size × size weights in [0, 1], Q16. As a picture it shows its weights as grey fields.
class keyed_filter {
public:
    static constexpr std::uint32_t one = 1u << 16;  ///< a weight of 1

    /// `size` is odd, 1 to 15; `weights` row by row, each at most `one`, at least one of them above 0.
    keyed_filter(std::uint32_t size, std::vector<std::uint32_t> weights) : size_(size), weights_(std::move(weights)) {
        detail::require(size % 2 == 1 && size <= 15, errc::out_of_domain, "hallmark::keyed_filter: size is ", size, "; allowed is an odd number from 1 to 15");
        detail::require(weights_.size() == std::size_t{size} * size, errc::shape_mismatch, "hallmark::keyed_filter: ", weights_.size(),
                        " weights were given for a size of ", size);
        bool some = false;
        for (std::size_t i = 0; i < weights_.size(); ++i) {
            detail::require(weights_[i] <= one, errc::out_of_domain, "hallmark::keyed_filter: weight ", i, " is ", weights_[i], "; allowed is 0 to 65536 (1)");
            some = some || weights_[i] > 0;
        }
        detail::require(some, errc::out_of_domain, "hallmark::keyed_filter: all weights are 0; at least one must not be");
    }

    [[nodiscard]] auto size() const noexcept -> std::uint32_t { return size_; }
    [[nodiscard]] auto weights() const& noexcept -> std::vector<std::uint32_t> const& { return weights_; }
    /// Of a pattern that is about to go: by value, so that nothing dangles.
    [[nodiscard]] auto weights() && noexcept -> std::vector<std::uint32_t> { return std::move(weights_); }
    /// Row and column less than `size`.
    [[nodiscard]] auto weight(std::size_t row, std::size_t column) const noexcept -> std::uint32_t { return weights_[row * size_ + column]; }

    [[nodiscard]] auto operator()(std::size_t, std::size_t, std::size_t row, std::size_t height, std::size_t column, std::size_t width) const noexcept
        -> level {
        return static_cast<level>(255u * weight(row * size_ / height, column * size_ / width));
    }

private:
    std::uint32_t              size_;
    std::vector<std::uint32_t> weights_;
};
static_assert(pattern<keyed_filter>);

/// Draws a filter as Sadasivan, Soltanolkotabi & Feizi (CUDA, 2023) do: entries uniform in [0, bound], then one tap, drawn last, set to 1.
/// Entries are multiples of 2^-16. To mark a class, mark its pictures with the class as the user and the shared design.
struct keyed_filters {
    std::uint32_t size  = 3;    ///< odd, 1 to 15
    double        bound = 0.3;  ///< 0 to 1; rounded to the nearest multiple of 2^-16

    [[nodiscard]] auto draw(stream& draws) const -> keyed_filter {
        detail::require(size % 2 == 1 && size <= 15, errc::out_of_domain, "hallmark::keyed_filters: size is ", size, "; allowed is an odd number from 1 to 15");
        detail::require(detail::is_number(bound) && bound >= 0.0 && bound <= 1.0, errc::out_of_domain, "hallmark::keyed_filters: bound is ", bound,
                        "; allowed is 0 to 1");
        auto const                 most = static_cast<std::uint32_t>(bound * 65536.0 + 0.5);
        std::vector<std::uint32_t> weights(std::size_t{size} * size);
        for (auto& w : weights) {
            w = uniform_between(draws, 0, most);
        }
        weights[uniform_below(draws, size * size)] = keyed_filter::one;
        return keyed_filter(size, std::move(weights));
    }
    friend constexpr auto operator==(keyed_filters const&, keyed_filters const&) -> bool = default;
};
static_assert(pattern_source<keyed_filters>);

}  // namespace hallmark::inline v0
