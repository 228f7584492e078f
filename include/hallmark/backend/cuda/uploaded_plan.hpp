// Part of the CUDA backend: a plan in a device's memory, and the launches that compute its noise and bring it, pixel by pixel, into pictures.
#pragma once

#include <hallmark/backend/cuda/batch.hpp>
#include <hallmark/backend/cuda/mark_body.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/pattern_draw.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hallmark::inline v0::detail::device {

template <class Plan>
[[nodiscard]] auto room_of_marks(std::size_t pictures, std::size_t elements_of_patterns) noexcept -> std::size_t {
    return room_for<picture_draw<typename Plan::draw>>(pictures) + room_for<typename Plan::patterns::element>(elements_of_patterns) +
           2 * room_for<std::int32_t>(pictures) + room_for<std::uint64_t>(1);
}
template <class Plan>
[[nodiscard]] auto room_of_marks(Plan const& plan) noexcept -> std::size_t {
    return room_of_marks<Plan>(plan.size(), plan.drawn_patterns().elements().size());
}

/// `who` says in whose name it refuses.
template <class Device, class Plan>
class uploaded_plan {
    using draw     = typename Plan::draw;
    using patterns = typename Plan::patterns;

public:
    using behind = typename patterns::behind;

    /// Copies the plan. `more` bytes are asked for beside those of the plan, for `take`.
    uploaded_plan(Device const& device, Plan const& plan, cuda_workspace workspace, std::size_t more, std::string_view who)
        : who_(who),
          device_(device),
          count_(plan.size()),
          sources_(0),
          in_place_(true),
          height_(plan.noise_height()),
          memory_(ready_for(device_, count_, who), workspace, room_of_marks(plan) + more, who) {
        for (std::size_t i = 0; i < count_; ++i) {
            auto const source = plan.pictures()[i].source;
            sources_          = source >= sources_ ? source + 1 : sources_;
            in_place_         = in_place_ && source == i;
        }
        auto* const draws   = take<picture_draw<draw>>(count_);
        auto const& drawn   = plan.drawn_patterns();
        auto* const painted = take<typename patterns::element>(drawn.elements().size());
        least_              = take<std::int32_t>(count_);
        greatest_           = take<std::int32_t>(count_);
        bad_                = take<std::uint64_t>(1);
        device_.copy_to_device(draws, plan.pictures().data(), count_ * sizeof(picture_draw<draw>));
        device_.copy_to_device(painted, drawn.elements().data(), drawn.elements().size() * sizeof *painted);
        draws_   = draws;
        pattern_ = drawn.at(painted);
        device_.fill(bad_, 0xff, sizeof *bad_);
    }

    template <class T>
    [[nodiscard]] auto take(std::size_t n) noexcept -> T* {
        return memory_.template take<T>(n);
    }
    [[nodiscard]] auto device() const noexcept -> Device const& { return device_; }
    [[nodiscard]] auto size() const noexcept -> std::size_t { return count_; }
    [[nodiscard]] auto draws() const noexcept -> picture_draw<draw> const* { return draws_; }
    [[nodiscard]] auto pattern() const noexcept -> behind const& { return pattern_; }

    /// What every call checks: pictures from `first` on are made of `originals`.
    template <class Scalar>
    void require_pictures(tensor_view<Scalar, cuda_space> out, tensor_view<Scalar const, cuda_space> originals, std::size_t first) const {
        require_batch(device_, out, originals, {first, count_, sources_, in_place_}, who_);
        memory_.require_apart({named(originals, "the batch of originals"), named(out, "the destination")}, who_);
        require_painted(pattern_, {originals.channels(), originals.height(), originals.width()}, who_);
    }

    /// Writes what `blend` makes of picture first + i to out[i].
    template <class To, class Scalar, class Blend>
    void paint(tensor_view<To, cuda_space> out, tensor_view<Scalar const, cuda_space> originals, Blend const& blend, std::size_t first) const {
        auto const channels = originals.channels();
        auto const cut      = cut_of(originals.width(), originals.height(), channels, device_.shared_limit(), who_, [&](tile t, unsigned threads) {
            return threads == 128 ? body<To, Scalar, Blend, 128>::bytes_for(t, channels) : body<To, Scalar, Blend, 512>::bytes_for(t, channels);
        });
        if (cut.whole) {
            return cut.threads == 128 ? launch<128>(out, originals, blend, first, mark_pass::whole, cut)
                                      : launch<512>(out, originals, blend, first, mark_pass::whole, cut);
        }
        if constexpr (draw::needs_range) {
            device_.fill(least_ + first, 0x7f, out.samples() * sizeof *least_);        // above any sample
            device_.fill(greatest_ + first, 0x80, out.samples() * sizeof *greatest_);  // below any
            launch<128>(out, originals, blend, first, mark_pass::measure, cut);
        }
        launch<128>(out, originals, blend, first, mark_pass::paint, cut);
    }

    /// Waits for the stream, and throws where `paint` met a pixel outside [0, 1] since it was last asked.
    void check_pixels() const {
        std::uint64_t bad = 0;
        device_.copy_to_host(&bad, bad_, sizeof bad);
        device_.fill(bad_, 0xff, sizeof bad);
        detail::require(bad == ~std::uint64_t{0}, errc::out_of_domain, who_, ": pixel ", bad,
                        " of the plan's pictures, counted by sample, channel, row and column, was not in [0, 1] in the original; allowed is 0 to 1");
    }

private:
    template <class To, class Scalar, class Blend, unsigned Threads>
    using body = mark_body<Scalar, draw, behind, Blend, Threads, To>;

    template <unsigned Threads, class To, class Scalar, class Blend>
    void launch(tensor_view<To, cuda_space> out, tensor_view<Scalar const, cuda_space> in, Blend const& blend, std::size_t first, mark_pass pass,
                picture_cut const& cut) const {
        auto const across = static_cast<std::uint32_t>((in.width() + cut.width - 1) / cut.width);
        auto const down   = static_cast<std::uint32_t>((in.height() + cut.height - 1) / cut.height);
        launch_pictures(device_,
                        body<To, Scalar, Blend, Threads>{out, in, draws_ + first, pattern_, height_, blend, least_ + first, greatest_ + first, bad_, 0, first,
                                                         across, down, cut.width, cut.height, pass, in_fours(out, cut.width) && in_fours(in, cut.width)},
                        out.samples());
    }

    std::string_view          who_;
    Device                    device_;
    std::size_t               count_, sources_;
    bool                      in_place_;
    level                     height_;
    scratch<Device>           memory_;
    picture_draw<draw> const* draws_ = nullptr;
    behind                    pattern_{};
    std::int32_t*             least_    = nullptr;
    std::int32_t*             greatest_ = nullptr;
    std::uint64_t*            bad_      = nullptr;
};

}  // namespace hallmark::inline v0::detail::device
