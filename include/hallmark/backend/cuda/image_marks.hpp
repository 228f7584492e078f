// Marks on a device whose blends know where in the picture a pixel is: a plan of an `image_marker`, uploaded, and its launches.
#pragma once

#include <hallmark/backend/cuda/batch.hpp>
#include <hallmark/backend/cuda/image_mark_plan.hpp>
#include <hallmark/backend/cuda/image_steps.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/uploaded_plan.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

namespace hallmark::inline v0 {

namespace detail::device {
/// Beside what `uploaded_plan` has.
template <class Plan>
[[nodiscard]] auto room_of_blends(Plan const& plan) noexcept -> std::size_t {
    return room_for<typename Plan::drawn_blend>(plan.drawn_blends().size());
}
}  // namespace detail::device

/// Bytes that `cuda_image_marks` needs for a plan.
template <class Noise, class Pattern, class Blend>
[[nodiscard]] auto cuda_image_marks_workspace(image_mark_plan<Noise, Pattern, Blend> const& plan) noexcept -> std::size_t {
    return detail::device::room_of_marks(plan) + detail::device::room_of_blends(plan);
}

/// A plan of an `image_marker` in a device's memory; `into` launches and does nothing else, as that of `cuda_marks`. Bytes are those of `image_marker` on the
/// CPU. Cost: that of `cuda_marks`; pixels that a mask leaves do not ask for the pattern.
template <class Device, device_noise Noise, pattern_source Pattern, class Blend>
class cuda_image_marks {
    using plan        = image_mark_plan<Noise, Pattern, Blend>;
    using drawn_blend = typename plan::drawn_blend;
    using steps       = detail::device::image_steps<drawn_blend>;

public:
    cuda_image_marks(Device const& device, plan const& p, cuda_workspace workspace = {})
        : plan_(device, p, workspace, detail::device::room_of_blends(p), who), size_(p.extents()) {
        auto* const blends = plan_.template take<drawn_blend>(p.drawn_blends().size());
        device.copy_to_device(blends, p.drawn_blends().data(), p.drawn_blends().size() * sizeof *blends);
        blends_ = {blends, plan::draws_blends};
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
        plan_.paint(out, originals, pixel_of<drawn_blend>{blends_}, first);
    }

    /// Waits for the stream, and throws where `into` met a float pixel outside [0, 1] since it was last asked. 8-bit pixels are always right.
    void check_pixels() const { plan_.check_pixels(); }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return plan_.size(); }

private:
    static constexpr std::string_view who = "hallmark::cuda_image_marks";

    static_assert(steps::by_pixel);

    detail::device::uploaded_plan<Device, plan> plan_;
    picture_extents                             size_;
    detail::device::drawn_blends<drawn_blend>   blends_{};
};

}  // namespace hallmark::inline v0
