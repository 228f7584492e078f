// Marks on a device: a plan that was uploaded, and the launches that apply it to pictures in device memory.
#pragma once

#include <hallmark/backend/cuda/batch.hpp>
#include <hallmark/backend/cuda/mark_body.hpp>
#include <hallmark/backend/cuda/mark_plan.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/pattern_draw.hpp>
#include <hallmark/blend/concept.hpp>
#include <hallmark/blend/convex.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/colour_stripes.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail::device {
template <class Plan>
[[nodiscard]] auto room_of_marks(std::size_t pictures, std::size_t elements_of_patterns) noexcept -> std::size_t {
    return room_for<picture_draw<typename Plan::draw>>(pictures) + room_for<typename Plan::patterns::element>(elements_of_patterns) +
           2 * room_for<std::int32_t>(pictures) + room_for<std::uint64_t>(1);
}
}  // namespace detail::device

/// Bytes that `cuda_marks` needs for a plan.
template <class Noise, class Pattern, class Blend>
[[nodiscard]] auto cuda_marks_workspace(mark_plan<Noise, Pattern, Blend> const& plan) noexcept -> std::size_t {
    return detail::device::room_of_marks<mark_plan<Noise, Pattern, Blend>>(plan.size(), plan.drawn_patterns().elements().size());
}

/// A plan in a device's memory. Making it copies the plan, once; `into` then launches and does nothing else: no copy, no allocation, no
/// waiting, so that it can be captured in a graph. `Device` is `cuda_executor`, or `emulated_cuda`.
///
/// Bytes are those of `marker` on the CPU, for every size, stride and key: all that reaches a pixel is integers, or one multiplication
/// and one addition of doubles whose product is exact. `Blend` is a blend whose operator() is HALLMARK_HD: convex, additive, the layer modes, and any of them
/// in `bounded`.
template <class Device, device_noise Noise = sine_sign_noise<perlin>, pattern_source Pattern = colour_stripes, blend Blend = convex>
class cuda_marks {
    using draw     = typename mark_plan<Noise, Pattern, Blend>::draw;
    using patterns = typename mark_plan<Noise, Pattern, Blend>::patterns;

public:
    cuda_marks(Device const& device, mark_plan<Noise, Pattern, Blend> const& plan, cuda_workspace workspace = {})
        : device_(device),
          count_(plan.size()),
          sources_(0),
          in_place_(true),
          height_(plan.noise_height()),
          blend_(plan.blend()),
          memory_(detail::device::ready_for(device_, count_, who), workspace, cuda_marks_workspace(plan), who) {
        using namespace detail::device;
        for (std::size_t i = 0; i < count_; ++i) {
            auto const source = plan.pictures()[i].source;
            sources_          = source >= sources_ ? source + 1 : sources_;
            in_place_         = in_place_ && source == i;
        }
        auto* const draws   = memory_.template take<picture_draw<draw>>(count_);
        auto const& drawn   = plan.drawn_patterns();
        auto* const painted = memory_.template take<typename patterns::element>(drawn.elements().size());
        least_              = memory_.template take<std::int32_t>(count_);
        greatest_           = memory_.template take<std::int32_t>(count_);
        bad_                = memory_.template take<std::uint64_t>(1);
        device_.copy_to_device(draws, plan.pictures().data(), count_ * sizeof(picture_draw<draw>));
        device_.copy_to_device(painted, drawn.elements().data(), drawn.elements().size() * sizeof *painted);
        draws_   = draws;
        pattern_ = drawn.at(painted);
        device_.fill(bad_, 0xff, sizeof *bad_);
    }

    /// Writes picture i of the plan, made of originals[its source], to out[i] on the executor's stream. float or std::uint8_t, grey or colour,
    /// any strides; in place only where every picture is made of the original with its own number.
    template <pixel_scalar Scalar, class In>
        requires std::same_as<In const, Scalar const>
    void into(tensor_view<Scalar, cuda_space> out, tensor_view<In, cuda_space> originals) const {
        detail::device::require_room(out.samples(), count_, who);
        part(out, originals, 0);
    }

    /// The same for some of the plan: picture first + i goes to out[i]. In place from the first picture on only.
    template <pixel_scalar Scalar, class In>
        requires std::same_as<In const, Scalar const>
    void part(tensor_view<Scalar, cuda_space> out, tensor_view<In, cuda_space> from, std::size_t first) const {
        using namespace detail::device;
        auto const originals = as_constant(from);
        require_batch(device_, out, originals, {first, count_, sources_, in_place_}, who);
        memory_.require_apart({named(originals, "the batch of originals"), named(out, "the destination")}, who);
        auto const channels = originals.channels();
        require_painted(pattern_, {channels, originals.height(), originals.width()}, who);
        auto const cut = cut_of(originals.width(), originals.height(), channels, device_.shared_limit(), who, [&](tile t, unsigned threads) {
            return threads == 128 ? body<Scalar, 128>::bytes_for(t, channels) : body<Scalar, 512>::bytes_for(t, channels);
        });
        if (cut.whole) {
            return cut.threads == 128 ? launch<128>(out, originals, first, mark_pass::whole, cut) : launch<512>(out, originals, first, mark_pass::whole, cut);
        }
        if constexpr (draw::needs_range) {
            device_.fill(least_ + first, 0x7f, out.samples() * sizeof *least_);        // above any sample
            device_.fill(greatest_ + first, 0x80, out.samples() * sizeof *greatest_);  // below any
            launch<128>(out, originals, first, mark_pass::measure, cut);
        }
        launch<128>(out, originals, first, mark_pass::paint, cut);
    }

    /// Waits for the stream, and throws where `into` met a float pixel outside [0, 1] since it was last asked. 8-bit pixels are always right.
    void check_pixels() const {
        std::uint64_t bad = 0;
        device_.copy_to_host(&bad, bad_, sizeof bad);
        device_.fill(bad_, 0xff, sizeof bad);
        detail::require(bad == ~std::uint64_t{0}, errc::out_of_domain, who, ": pixel ", bad,
                        " of the plan's pictures, counted by sample, channel, row and column, was not in [0, 1] in the original; allowed is 0 to 1");
    }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return count_; }

private:
    static constexpr std::string_view who = "hallmark::cuda_marks";

    template <class Scalar, unsigned Threads>
    using body = detail::device::mark_body<Scalar, draw, typename patterns::behind, Blend, Threads>;

    template <unsigned Threads, class Scalar>
    void launch(tensor_view<Scalar, cuda_space> out, tensor_view<Scalar const, cuda_space> in, std::size_t first, detail::device::mark_pass pass,
                detail::device::picture_cut const& cut) const {
        using namespace detail::device;
        auto const across = static_cast<std::uint32_t>((in.width() + cut.width - 1) / cut.width);
        auto const down   = static_cast<std::uint32_t>((in.height() + cut.height - 1) / cut.height);
        launch_pictures(device_,
                        body<Scalar, Threads>{out, in, draws_ + first, pattern_, height_, blend_, least_ + first, greatest_ + first, bad_, 0, first, across,
                                              down, cut.width, cut.height, pass, in_fours(out, cut.width) && in_fours(in, cut.width)},
                        out.samples());
    }

    Device                                    device_;
    std::size_t                               count_, sources_;
    bool                                      in_place_;
    level                                     height_;
    Blend                                     blend_;
    detail::device::scratch<Device>           memory_;
    detail::device::picture_draw<draw> const* draws_ = nullptr;
    typename patterns::behind                 pattern_{};
    std::int32_t*                             least_    = nullptr;
    std::int32_t*                             greatest_ = nullptr;
    std::uint64_t*                            bad_      = nullptr;
};

}  // namespace hallmark::inline v0
