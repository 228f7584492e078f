// The counterfactual audit with pictures, marks, model and scores on a device; a number per version and picture comes back.
#pragma once

#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/null_checks.hpp>
#include <hallmark/audit/score_versions.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/audit/version_scores.hpp>
#include <hallmark/backend/cuda/audit_body.hpp>
#include <hallmark/backend/cuda/logit_sum.hpp>
#include <hallmark/backend/cuda/mark_plan.hpp>
#include <hallmark/backend/cuda/marks.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/pattern_draw.hpp>
#include <hallmark/backend/cuda/signals.hpp>
#include <hallmark/error.hpp>
#include <hallmark/mark/marker.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

namespace detail::device {
/// Where everything that an audit needs lies in its workspace.
struct audit_room {
    std::size_t plan, marked, pictures, labels, scores, levels;

    [[nodiscard]] auto bytes() const noexcept -> std::size_t {
        return plan + marked + pictures + labels + scores + levels + rounded_up(sizeof(cuda_score_report));
    }
};
template <class Scalar>
[[nodiscard]] auto extents_of(tensor_view<Scalar, cuda_space> v) noexcept -> picture_extents {
    return {v.channels(), v.height(), v.width()};
}
/// `all` pictures of `patterns` patterns.
template <class Scalar, class Plan>
[[nodiscard]] auto room_of_audit(tensor_view<Scalar, cuda_space> originals, Plan const& plan, std::size_t all, std::size_t patterns, std::size_t batch)
    -> audit_room {
    auto const pixels = originals.channels() * originals.height() * originals.width();
    auto const bytes  = std::is_same_v<std::remove_const_t<Scalar>, std::uint8_t>;
    return {rounded_up(room_of_marks<Plan>(all, patterns * plan.drawn_patterns().each())),
            room_for<Scalar>(batch * pixels),
            bytes ? room_for<float>(batch * pixels) : 0,
            room_for<std::uint64_t>(all),
            room_for<double>(all),
            room_for<std::uint64_t>(all)};
}
}  // namespace detail::device

/// Bytes of workspace for `cuda_score_versions` and `cuda_counterfactual_audit` of these originals with these options.
template <class Pattern, class Noise, class Blend, class Scalar>
[[nodiscard]] auto cuda_audit_workspace(basic_marker<Pattern, Noise, Blend> const& mark, tensor_view<Scalar, cuda_space> originals,
                                        counterfactual_options const& options) -> std::size_t {
    auto const versions = std::size_t{options.withheld} + 1, all = originals.samples() * versions;
    return detail::device::room_of_audit(originals, mark_plan(mark, detail::device::extents_of(originals)), all,
                                         mark.design() == key_design::shared ? versions : all, options.batch_size < all ? options.batch_size : all)
        .bytes();
}

/// Scores the published and B withheld versions of the originals, of a marker whose noise, pattern and blend a device can have, as `score_versions` does and in
/// the same order, without a picture leaving the device. The model is a callable `model(pictures)`: it gets a `tensor_view<float const, cuda_space>` of up to
/// `options.batch_size` pictures in [0, 1] (8-bit ones are divided by 255), launches its forward pass on the executor's stream, and returns a `tensor_view<L
/// const, cuda_space>` of logits, extents (n, classes, 1, 1), that stays valid until it is called again.
///
/// The stream is waited for at the end, not between batches. The scores are those of `score_versions` within what `cuda_score` promises; the blind scores
/// within 2^-40, or 2^-62 times the values of a picture where that is more. Without a workspace the memory is the stream-ordered allocator's: that of the
/// draws, one batch, and 24 bytes a score.
template <class Signal = cuda_neg_cross_entropy, class Real = double, class Device, class Model, class Pattern, class Noise, class Blend, class Scalar>
[[nodiscard]] auto cuda_score_versions(Device const& device, Model&& model, basic_marker<Pattern, Noise, Blend> const& mark,
                                       tensor_view<Scalar, cuda_space> originals, std::span<std::size_t const> labels, user_id user,
                                       counterfactual_options const& options, cuda_workspace given = {}) -> version_scores {
    using namespace detail::device;
    using pixel                    = std::remove_const_t<Scalar>;
    constexpr std::string_view who = "hallmark::cuda_score_versions";
    static_assert(pixel_scalar<pixel>, "hallmark::cuda_score_versions: pictures are float in [0, 1] or std::uint8_t; this tensor has another scalar.");
    device.require_ready(who);
    require_view(device, originals, who, "the batch of originals");
    auto const samples = originals.samples();
    detail::require(labels.size() == samples, errc::shape_mismatch, who, ": there are ", samples, " pictures and ", labels.size(), " labels");
    detail::require(options.withheld >= 1 && options.withheld < 0xffffffffu, errc::out_of_domain, who, ": options.withheld is ", options.withheld,
                    "; allowed is 1 to 4294967294");
    detail::require(options.batch_size >= 1, errc::out_of_domain, who, ": options.batch_size is 0; allowed is 1 or more");
    detail::require(options.samples.empty() || options.samples.size() == samples, errc::shape_mismatch, who, ": options.samples has ", options.samples.size(),
                    " numbers for ", samples, " pictures");

    std::vector<std::uint64_t> numbers(options.samples.begin(), options.samples.end()), classes;
    for (std::size_t i = numbers.size(); i < samples; ++i) {
        numbers.push_back(options.first_sample + i);
    }
    std::vector<mark_request> requests;
    auto const                rounds = asking_rounds(mark.key(), user, mark.design(), options.withheld, numbers);
    for (std::uint32_t round = 0; round < rounds.rounds(); ++round) {
        for (std::size_t i = 0; i < samples; ++i) {
            requests.push_back({i, numbers[i], rounds.version(i, round)});
            classes.push_back(labels[i]);
        }
    }
    mark_plan plan(mark, extents_of(originals));
    plan.add(mark.key(), user, requests);
    auto const all    = plan.size();
    auto const batch  = options.batch_size < all ? options.batch_size : all;
    auto const room   = room_of_audit(originals, plan, all, plan.drawn_patterns().size(), batch);
    auto const pixels = originals.channels() * originals.height() * originals.width();

    scratch<Device>  memory(device, given, room.bytes(), who, {named(originals, "the batch of originals")});
    auto* const      for_plan = memory.template take<unsigned char>(room.plan);
    auto* const      marked   = memory.template take<pixel>(batch * pixels);
    auto* const      pictures = room.pictures == 0 ? nullptr : memory.template take<float>(batch * pixels);
    auto* const      wanted   = memory.template take<std::uint64_t>(all);
    auto* const      scores   = memory.template take<double>(all);
    auto* const      levels   = memory.template take<std::uint64_t>(all);
    auto* const      report   = memory.template take<cuda_score_report>(1);
    cuda_marks const marks(device, plan, {for_plan, room.plan});
    device.copy_to_device(wanted, classes.data(), all * sizeof(std::uint64_t));

    std::size_t found = 0;  // classes
    for (std::size_t first = 0; first < all; first += batch) {
        auto const n   = all - first < batch ? all - first : batch;
        auto const out = cuda_nchw(marked, n, originals.channels(), originals.height(), originals.width());
        marks.part(out, tensor_view<pixel const, cuda_space>(originals), first);
        device.launch(level_body<pixel>{marked, pixels, n, level_body<pixel>::parts_for(pixels), levels + first}, blocks_for(n, 1, device.most_blocks()));
        auto seen = cuda_nchw<float const>(pictures, n, originals.channels(), originals.height(), originals.width());
        if constexpr (std::is_same_v<pixel, float>) {
            seen.data = marked;
        } else {
            device.launch(unit_body{marked, n * pixels, pictures}, blocks_for(n * pixels, unit_body::threads * 4, device.most_blocks()));
        }
        auto const logits = model(seen);
        detail::require(logits.samples() == n, errc::shape_mismatch, who, ": the model returned ", logits.samples(), " rows of logits for ", n, " pictures");
        detail::require(found == 0 || found == logits.channels(), errc::shape_mismatch, who, ": the model returned ", logits.channels(), " classes and ", found,
                        " before");
        found = logits.channels();
        launch_score<Signal, Real>(device, as_constant(logits), cuda_span<std::uint64_t const>{wanted + first, n}, cuda_span<double>{scores + first, n}, report,
                                   {}, first == 0, first);
    }
    marks.check_pixels();
    cuda_require_scores(device, report, found);

    std::vector<double>        asked(all);
    std::vector<std::uint64_t> sums(all);
    device.copy_to_host(asked.data(), scores, all * sizeof(double));
    device.copy_to_host(sums.data(), levels, all * sizeof(std::uint64_t));
    auto out = version_scores{samples, std::vector<double>(all), std::vector<double>(rounds.rounds(), 0.0)};
    for (std::size_t at = 0; at < all; ++at) {
        auto const version                           = rounds.version(at % samples, static_cast<std::uint32_t>(at / samples));
        out.values[version * samples + at % samples] = asked[at];
        out.blind[version] += static_cast<double>(sums[at]) / level_body<pixel>::parts_for(pixels);
    }
    for (auto& level_of_version : out.blind) {
        level_of_version /= static_cast<double>(samples * pixels);
    }
    return out;
}

/// The whole audit of one user on a device, with the marker's own design: `cuda_score_versions`, and the test and self-checks of `counterfactual_audit`.
template <class Signal = cuda_neg_cross_entropy, class Real = double, class Device, class Model, class Pattern, class Noise, class Blend, class Scalar,
          aggregator Aggregator = mean>
[[nodiscard]] auto cuda_counterfactual_audit(Device const& device, Model&& model, basic_marker<Pattern, Noise, Blend> const& mark,
                                             tensor_view<Scalar, cuda_space> originals, std::span<std::size_t const> labels, user_id user,
                                             counterfactual_options const& options, cuda_workspace given = {}, Aggregator const& empty = {}) -> verdict {
    detail::require_alpha(options.alpha, "hallmark::cuda_counterfactual_audit");
    auto const scores = cuda_score_versions<Signal, Real>(device, std::forward<Model>(model), mark, originals, labels, user, options, given);
    auto       out    = counterfactual_audit(scores, mark.design(), options.alpha, empty, options.silenced);
    out.queries       = scores.values.size();
    if (mark.design() == key_design::independent) {
        detail::check_sample_numbers(out, options.silenced, options.samples, labels.size());
    }
    return out;
}

}  // namespace hallmark::inline v0
