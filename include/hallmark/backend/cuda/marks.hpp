// Marks on a device: a plan that was uploaded, and the launches that apply it to pictures in device memory.
#pragma once

#include <hallmark/backend/cuda/batch.hpp>
#include <hallmark/backend/cuda/mark_plan.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/uploaded_plan.hpp>
#include <hallmark/blend/concept.hpp>
#include <hallmark/blend/convex.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/pattern/colour_stripes.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

namespace hallmark::inline v0 {

/// Bytes that `cuda_marks` needs for a plan.
template <class Noise, class Pattern, class Blend>
[[nodiscard]] auto cuda_marks_workspace(mark_plan<Noise, Pattern, Blend> const& plan) noexcept -> std::size_t {
    return detail::device::room_of_marks(plan);
}

/// A plan in a device's memory. Making it copies the plan, once; `into` then launches and does nothing else: no copy, no allocation, no
/// waiting, so that it can be captured in a graph. `Device` is `cuda_executor`, or `emulated_cuda`.
///
/// Bytes are those of `marker` on the CPU, for every size, stride and key: all that reaches a pixel is integers, or one multiplication
/// and one addition of doubles whose product is exact. `Blend` is a blend whose operator() is HALLMARK_HD: convex, additive, the layer modes, and any of them
/// in `bounded`.
template <class Device, device_noise Noise = sine_sign_noise<perlin>, pattern_source Pattern = colour_stripes, blend Blend = convex>
class cuda_marks {
public:
    cuda_marks(Device const& device, mark_plan<Noise, Pattern, Blend> const& plan, cuda_workspace workspace = {})
        : plan_(device, plan, workspace, 0, who), blend_(plan.blend()) {}

    /// Writes picture i of the plan, made of originals[its source], to out[i] on the executor's stream. float or std::uint8_t, grey or colour,
    /// any strides; in place only where every picture is made of the original with its own number.
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
        auto const originals = detail::device::as_constant(from);
        plan_.require_pictures(out, originals, first);
        plan_.paint(out, originals, blend_, first);
    }

    /// Waits for the stream, and throws where `into` met a float pixel outside [0, 1] since it was last asked. 8-bit pixels are always right.
    void check_pixels() const { plan_.check_pixels(); }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return plan_.size(); }

private:
    static constexpr std::string_view who = "hallmark::cuda_marks";

    detail::device::uploaded_plan<Device, mark_plan<Noise, Pattern, Blend>> plan_;
    Blend                                                                   blend_;
};

}  // namespace hallmark::inline v0
