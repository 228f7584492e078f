// Marks on a device whose blends look at a whole picture: a plan of an `image_marker`, uploaded, and its launches.
#pragma once

#include <hallmark/backend/cuda/batch.hpp>
#include <hallmark/backend/cuda/image_body.hpp>
#include <hallmark/backend/cuda/image_mark_plan.hpp>
#include <hallmark/backend/cuda/image_steps.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/uploaded_plan.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

namespace detail::device {
/// How many pictures of a plan are under way together; 0 is all.
[[nodiscard]] constexpr auto together(std::size_t asked, std::size_t planned) noexcept -> std::size_t {
    return asked == 0 || asked > planned ? planned : asked;
}
/// Beside what `uploaded_plan` has: the blends, and of each picture under way its levels and what is found in its channels.
template <class Plan>
[[nodiscard]] auto room_of_blends(Plan const& plan, std::size_t at_once) noexcept -> std::size_t {
    auto const planes = together(at_once, plan.size()) * plan.extents().channels;
    return room_for<typename Plan::drawn_blend>(plan.drawn_blends().size()) +
           (image_steps<typename Plan::drawn_blend>::by_pixel
                ? 0
                : room_for<level>(planes * plan.extents().height * plan.extents().width) + room_for<findings>(planes));
}
}  // namespace detail::device

/// Bytes that `cuda_image_marks` needs for a plan, of which `at_once` pictures are under way together: 0 is all. Blends that look at a whole picture keep four
/// bytes a pixel and channel of each; others nothing.
template <class Noise, class Pattern, class Blend>
[[nodiscard]] auto cuda_image_marks_workspace(image_mark_plan<Noise, Pattern, Blend> const& plan, std::size_t at_once = 0) noexcept -> std::size_t {
    return detail::device::room_of_marks(plan) + detail::device::room_of_blends(plan, at_once);
}

/// A plan of an `image_marker` in a device's memory; `into` launches and does nothing else, as that of `cuda_marks`. Bytes are those of `image_marker` on the
/// CPU. `at_once` is how many pictures are under way together, as in `cuda_image_marks_workspace`.
///
/// Cost: for masks that of `cuda_marks`, and pixels that a mask leaves do not ask for the pattern. Other blends write a level for each pixel and channel, and
/// go through pictures and levels once more (bands), twice (ranges, convolutions) or three times (L2).
template <class Device, device_noise Noise, pattern_source Pattern, class Blend>
class cuda_image_marks {
    using plan        = image_mark_plan<Noise, Pattern, Blend>;
    using drawn_blend = typename plan::drawn_blend;
    using steps       = detail::device::image_steps<drawn_blend>;

public:
    cuda_image_marks(Device const& device, plan const& p, cuda_workspace workspace = {}, std::size_t at_once = 0)
        : plan_(device, p, workspace, detail::device::room_of_blends(p, at_once), who),
          size_(p.extents()),
          at_once_(detail::device::together(at_once, p.size())) {
        auto* const blends = plan_.template take<drawn_blend>(p.drawn_blends().size());
        device.copy_to_device(blends, p.drawn_blends().data(), p.drawn_blends().size() * sizeof *blends);
        blends_ = {blends, plan::draws_blends};
        if constexpr (!steps::by_pixel) {
            auto const planes = at_once_ * size_.channels;
            levels_           = plan_.template take<level>(planes * size_.height * size_.width);
            found_            = plan_.template take<detail::device::findings>(planes);
        }
    }

    /// Writes picture i of the plan, made of originals[its source], to out[i] on the executor's stream. float or std::uint8_t, any strides; in place only where
    /// every picture is made of the original with its own number.
    template <pixel_scalar Scalar, class In>
        requires std::same_as<In const, Scalar const>
    void into(tensor_view<Scalar, cuda_space> out, tensor_view<In, cuda_space> originals) const {
        detail::device::require_room(out.samples(), plan_.size(), who);
        part(out, originals, 0);
    }

    /// The same for some of the plan: picture first + i goes to out[i]. In place from the first picture on only.
    template <pixel_scalar Scalar, class In>
        requires std::same_as<In const, Scalar const>
    void part(tensor_view<Scalar, cuda_space> out, tensor_view<In, cuda_space> from, std::size_t first) const {
        using namespace detail::device;
        auto const originals = as_constant(from);
        plan_.require_pictures(out, originals, first);
        auto const given = picture_extents{originals.channels(), originals.height(), originals.width()};
        detail::require(given == size_, errc::shape_mismatch, who, ": the pictures have extents (", given.channels, ", ", given.height, ", ", given.width,
                        ") and the plan is for (", size_.channels, ", ", size_.height, ", ", size_.width, ")");
        if constexpr (steps::by_pixel) {
            plan_.paint(out, originals, pixel_of<drawn_blend>{blends_}, first);
        } else {
            for (std::size_t done = 0; done < out.samples(); done += at_once_) {
                auto const count = out.samples() - done < at_once_ ? out.samples() - done : at_once_;
                auto const some  = out.slice(done, count);
                plan_.paint(cuda_nchw(levels_, count, size_.channels, size_.height, size_.width), originals, level_painted<drawn_blend>{blends_}, first + done);
                finish(some, originals, first + done);
            }
        }
    }

    /// Waits for the stream, and throws where `into` met a float pixel outside [0, 1] since it was last asked. 8-bit pixels are always right.
    void check_pixels() const { plan_.check_pixels(); }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return plan_.size(); }

private:
    static constexpr std::string_view who = "hallmark::cuda_image_marks";

    // Of pictures whose levels are painted.
    template <class Scalar>
    void finish(tensor_view<Scalar, cuda_space> out, tensor_view<Scalar const, cuda_space> in, std::size_t first) const {
        using namespace detail::device;
        auto const* filters = [&]() -> std::uint32_t const* {
            if constexpr (requires { plan_.pattern().filters; }) {
                return plan_.pattern().filters;
            } else {
                return nullptr;
            }
        }();
        auto const groups = std::uint64_t{out.samples()} * size_.channels;
        auto const job    = [&](std::uint64_t items, unsigned piece) {
            return image_job<Scalar, typename plan::draw, drawn_blend>{
                out, in, plan_.draws() + first, blends_, levels_, filters, 0, static_cast<std::uint32_t>((items - 1) / piece + 1), 1};
        };
        if constexpr (steps::by_block) {
            using body = band_body<Scalar, typename plan::draw, drawn_blend>;
            launch_pictures(plan_.device(), body{job(std::uint64_t{(size_.height - 1) / 8 + 1} * ((size_.width - 1) / 8 + 1), body::piece)}, groups);
        } else {
            using body = image_body<Scalar, typename plan::draw, drawn_blend>;
            plan_.device().fill(found_, 0, groups * sizeof *found_);
            for (unsigned step = 0; step <= steps::looks; ++step) {
                launch_pictures(plan_.device(), body{job(std::uint64_t{size_.height} * size_.width, body::piece), found_, step}, groups);
            }
        }
    }

    detail::device::uploaded_plan<Device, plan> plan_;
    picture_extents                             size_;
    std::size_t                                 at_once_;
    detail::device::drawn_blends<drawn_blend>   blends_{};
    level*                                      levels_ = nullptr;
    detail::device::findings*                   found_  = nullptr;
};

}  // namespace hallmark::inline v0
