// Any signal, averaged over views of each picture.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/model/concept.hpp>
#include <hallmark/signal/batched.hpp>
#include <hallmark/signal/concept.hpp>
#include <hallmark/signal/views.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
template <class Scalar>
void to_unit_floats(tensor_view<Scalar> in, tensor_view<float> out) noexcept {
    fill_each(out, [&](std::size_t n, std::size_t c, std::size_t h, std::size_t w) {
        if constexpr (std::same_as<std::remove_const_t<Scalar>, std::uint8_t>) {
            return static_cast<float>(in.at(n, c, h, w)) / 255.0f;
        } else {
            return in.at(n, c, h, w);
        }
    });
}

/// Adds the scores of one view of all pictures, less the ones the set holds already, to `sums`.
template <class Model, class Signal, class View>
void add_view(Model& m, tensor_view<float const> pictures, std::span<std::size_t const> labels, std::size_t first, Signal const& s, std::size_t batch_size,
              View const& view, tensor_view<float> room, std::span<double> sums) {
    auto const out = room.slice(0, pictures.samples());
    view(pictures, out, first);
    batched_scorer scorer(m, s, batch_size);
    scorer.push(tensor_view<float const>(out), labels);
    auto const scores = scorer.take();
    for (std::size_t i = 0; i < scores.size(); ++i) {
        sums[i] += scores[i];
    }
}
}  // namespace detail

/// The mean of the signal over the views of each picture, in order; larger = member, like the signal. The model is
/// asked once for each view of each picture, `batch_size` at a time: pictures · views queries. The first view is
/// usually `as_published{}`. Memory: two batches. Carlini et al. (2022); Huang, Gong & Reiter (2024).
///
/// Throws as `score_samples` does. The views are told the number of each picture in the set, counted from
/// `first_sample`.
template <model Model, tensor Pictures, signal Signal, query_view... Views>
[[nodiscard]] auto query_averaged(Model&& m, Pictures const& pictures, std::span<std::size_t const> labels, Signal const& s, std::size_t batch_size,
                                  std::uint64_t first_sample, Views const&... views) -> std::vector<double> {
    static_assert(sizeof...(Views) >= 1, "hallmark::query_averaged: there is no view; the picture itself is hallmark::as_published{}");
    constexpr auto who = "hallmark::query_averaged";
    detail::require(batch_size >= 1, errc::out_of_domain, "hallmark::query_averaged: batch_size is 0; allowed is 1 or more");
    std::vector<double> out(labels.size());
    detail::with_view(pictures, [&](auto v) {
        detail::require(v.samples() == labels.size(), errc::shape_mismatch, "hallmark::query_averaged: there are ", v.samples(), " pictures and ",
                        labels.size(), " labels");
        detail::require_pictures(v, who);
        detail::require_unit_pixels(v, who);
        auto const rows   = batch_size < v.samples() ? batch_size : v.samples();
        auto       floats = image_batch<float>(rows, v.channels(), v.height(), v.width());
        auto       room   = floats;
        for (std::size_t n = 0; n < v.samples(); n += rows) {
            auto const count = v.samples() - n < rows ? v.samples() - n : rows;
            auto const part  = floats.view().slice(0, count);
            detail::to_unit_floats(v.slice(n, count), part);
            auto const sums = std::span(out).subspan(n, count);
            (detail::add_view(m, part, labels.subspan(n, count), first_sample + n, s, batch_size, views, room.view(), sums), ...);
        }
    });
    for (auto& sum : out) {
        sum /= static_cast<double>(sizeof...(Views));
    }
    return out;
}

}  // namespace hallmark::inline v0
