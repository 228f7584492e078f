// The published program's marks on a device, byte for byte: seeds and draws from the pictures on the host, noise, stripes and blend on the device.
#pragma once

#include <hallmark/backend/cuda/batch.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/parity_body.hpp>
#include <hallmark/core/executor.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/noise/pnoise2.hpp>
#include <hallmark/parity/marker.hpp>
#include <hallmark/parity/noise.hpp>
#include <hallmark/parity/stripes.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

namespace hallmark::inline v0 {

/// What `parity_marker` draws for the pictures of any number of users: it hashes the pictures, so `add` wants them on the host. Perlin noise only.
///
/// Cost: an MD5 of each picture as float32, many at once, and one of each user's sum; 16 bytes a picture.
class parity_plan {
public:
    explicit parity_plan(parity_options const& options = {}) : marker_(options) {
        detail::require(options.noise == parity_options::kind::perlin, errc::out_of_domain,
                        "hallmark::parity_plan: the noise is uniform; allowed is Perlin noise, because the other is one long row of draws");
    }

    /// Appends one user's pictures, in their order, which counts (`parity_sum`). All pictures of a plan have the same size.
    template <class Executor = sequential>
    void add(tensor_view<std::uint8_t const> pictures, Executor const& executor = {}) {
        add(pictures, parity_marker::stripes_of(pictures), executor);
    }
    /// The same, with stripes that another picture seeds.
    template <class Executor = sequential>
    void add(tensor_view<std::uint8_t const> pictures, parity_stripes const& behind, Executor const& executor = {}) {
        auto const fields = parity_marker::fields_of(pictures, executor);
        detail::require(pictures.height() <= 65535 && pictures.width() <= 65535, errc::out_of_domain, "hallmark::parity_plan: the pictures have ",
                        pictures.height(), " x ", pictures.width(), " pixels; allowed are 1 to 65535 each way");
        detail::require(draws_.empty() || (height_ == pictures.height() && width_ == pictures.width()), errc::shape_mismatch,
                        "hallmark::parity_plan: the pictures have ", pictures.height(), " x ", pictures.width(), " pixels and those before ", height_, " x ",
                        width_);
        height_ = pictures.height(), width_ = pictures.width();
        auto const user = static_cast<std::uint32_t>(colours_.size() / 16);
        for (auto const& field : fields) {
            draws_.push_back({field, user});
        }
        colours_.insert(colours_.end(), behind.colours().begin(), behind.colours().end());
    }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return draws_.size(); }
    [[nodiscard]] auto height() const noexcept -> std::size_t { return height_; }
    [[nodiscard]] auto width() const noexcept -> std::size_t { return width_; }
    [[nodiscard]] auto draws() const noexcept -> std::vector<detail::device::parity_draw> const& { return draws_; }
    [[nodiscard]] auto colours() const noexcept -> std::vector<std::uint8_t> const& { return colours_; }
    /// What is saved of every pixel there is, in the order of `parity_table`.
    template <class To>
    [[nodiscard]] auto table() const -> std::vector<To> {
        using rows = detail::device::parity_table;
        std::vector<To> out(rows::size);
        for (std::size_t c = 0; c < 3; ++c) {
            for (std::size_t colour = 0; colour < rows::colours; ++colour) {
                auto const behind = parity_stripes::level_of(colour + 1 < rows::colours ? static_cast<std::uint8_t>(colour) : parity_stripes::none, c);
                for (int sign = -1; sign <= 1; ++sign) {
                    for (std::size_t k = 0; k < 256; ++k) {
                        out[rows::at(c, colour, sign) + k] = marker_.saved<To>(static_cast<std::uint8_t>(k), sign, behind);
                    }
                }
            }
        }
        return out;
    }

private:
    parity_marker                            marker_;
    std::vector<detail::device::parity_draw> draws_;
    std::vector<std::uint8_t>                colours_;
    std::size_t                              height_ = 0, width_ = 0;
};

/// Bytes that `cuda_parity_marks` needs for a plan.
[[nodiscard]] inline auto cuda_parity_marks_workspace(parity_plan const& plan) noexcept -> std::size_t {
    using namespace detail::device;
    return room_for<parity_draw>(plan.size()) + room_for<std::uint8_t>(plan.colours().size()) + room_for<std::uint8_t>(256) +
           room_for<std::uint8_t>(parity_table::size) + room_for<float>(parity_table::size) + 2 * room_for<std::int32_t>(2 * plan.size()) +
           room_for<std::uint64_t>(1);
}

/// A plan in a device's memory; `into` launches and does nothing else, as that of `cuda_marks`. The bytes are those of `parity_marker`: noise and sine round
/// every operation on its own or fuse it as NumPy did, and a pixel is read off a table that the CPU made.
template <class Device>
class cuda_parity_marks {
public:
    cuda_parity_marks(Device const& device, parity_plan const& plan, cuda_workspace workspace = {})
        : device_(device),
          count_(plan.size()),
          height_(plan.height()),
          width_(plan.width()),
          memory_(detail::device::ready_for(device_, count_, who), workspace, cuda_parity_marks_workspace(plan), who) {
        draws_       = uploaded(plan.draws());
        colours_     = uploaded(plan.colours());
        permutation_ = uploaded(std::vector<std::uint8_t>(detail::perlin_permutation, detail::perlin_permutation + 256));
        bytes_       = uploaded(plan.table<std::uint8_t>());
        floats_      = uploaded(plan.table<float>());
        least_       = memory_.template take<std::int32_t>(2 * count_);
        greatest_    = memory_.template take<std::int32_t>(2 * count_);
        flat_        = memory_.template take<std::uint64_t>(1);
        device_.fill(flat_, 0xff, sizeof *flat_);
    }

    /// Writes the mark of originals[i], the plan's picture i, to out[i] on the executor's stream. `To` is std::uint8_t, the bytes of the published files, or
    /// float, what its training takes (`parity_marker::as_float`). Any strides; bytes may be marked in place.
    template <class To>
    void into(tensor_view<To, cuda_space> out, tensor_view<std::uint8_t const, cuda_space> originals) const {
        detail::device::require_room(out.samples(), count_, who);
        part(out, originals, 0);
    }

    /// The same for some of the plan: picture first + i goes to out[i]. In place from the first picture on only.
    template <class To>
    void part(tensor_view<To, cuda_space> out, tensor_view<std::uint8_t const, cuda_space> originals, std::size_t first) const {
        using namespace detail::device;
        static_assert(std::is_same_v<To, std::uint8_t> || std::is_same_v<To, float>,
                      "hallmark::cuda_parity_marks: marked pictures are std::uint8_t or float; this tensor has another scalar.");
        require_batch(device_, out, originals, {first, count_, count_, true}, who);
        memory_.require_apart({named(originals, "the batch of originals"), named(out, "the destination")}, who);
        detail::require(originals.channels() == 3 && originals.height() == height_ && originals.width() == width_, errc::shape_mismatch, who,
                        ": the originals have extents (", originals.channels(), ", ", originals.height(), ", ", originals.width(),
                        "), the plan's pictures (3, ", height_, ", ", width_, ")");
        auto const cut = cut_of(width_, height_, 3, device_.shared_limit(), who, [](tile t, unsigned threads) {
            return threads == 128 ? parity_body<To, 128>::bytes_for(t) : parity_body<To, 512>::bytes_for(t);
        });
        if (cut.whole) {
            return cut.threads == 128 ? launch<128>(out, originals, first, parity_pass::whole, cut)
                                      : launch<512>(out, originals, first, parity_pass::whole, cut);
        }
        device_.fill(least_ + 2 * first, 0x7f, 2 * out.samples() * sizeof *least_);        // above any
        device_.fill(greatest_ + 2 * first, 0x80, 2 * out.samples() * sizeof *greatest_);  // below any
        launch<128>(out, originals, first, parity_pass::noise_range, cut);
        launch<128>(out, originals, first, parity_pass::sine_range, cut);
        launch<128>(out, originals, first, parity_pass::paint, cut);
    }

    /// Waits for the stream, and throws where a picture was so small that all its noise is equal, as the CPU does before it marks; its destination was not
    /// written.
    void check_noise() const {
        std::uint64_t flat = 0;
        device_.copy_to_host(&flat, flat_, sizeof flat);
        device_.fill(flat_, 0xff, sizeof flat);
        detail::require(flat == ~std::uint64_t{0}, errc::out_of_domain, who, ": all samples of the noise of picture ", flat,
                        " are equal, so the published program divides 0 by 0");
    }

    [[nodiscard]] auto size() const noexcept -> std::size_t { return count_; }

private:
    static constexpr std::string_view who = "hallmark::cuda_parity_marks";

    template <class T>
    auto uploaded(std::vector<T> const& from) -> T* {
        auto* const to = memory_.template take<T>(from.size());
        device_.copy_to_device(to, from.data(), from.size() * sizeof(T));
        return to;
    }
    template <unsigned Threads, class To>
    void launch(tensor_view<To, cuda_space> out, tensor_view<std::uint8_t const, cuda_space> in, std::size_t first, detail::device::parity_pass pass,
                detail::device::picture_cut const& cut) const {
        using namespace detail::device;
        auto const table = [&] {
            if constexpr (sizeof(To) == 1) {
                return bytes_;
            } else {
                return floats_;
            }
        }();
        parity_body<To, Threads> const body{out,
                                            in,
                                            draws_,
                                            colours_,
                                            table,
                                            permutation_,
                                            least_,
                                            greatest_,
                                            flat_,
                                            0,
                                            first,
                                            static_cast<std::uint32_t>((in.width() + cut.width - 1) / cut.width),
                                            static_cast<std::uint32_t>((in.height() + cut.height - 1) / cut.height),
                                            cut.width,
                                            cut.height,
                                            pass,
                                            in_fours(out, cut.width) && in_fours(in, cut.width)};
        launch_pictures(device_, body, out.samples());
    }

    Device                             device_;
    std::size_t                        count_, height_, width_;
    detail::device::scratch<Device>    memory_;
    detail::device::parity_draw const* draws_       = nullptr;
    std::uint8_t const*                colours_     = nullptr;
    std::uint8_t const*                permutation_ = nullptr;
    std::uint8_t const*                bytes_       = nullptr;
    float const*                       floats_      = nullptr;
    std::int32_t*                      least_       = nullptr;
    std::int32_t*                      greatest_    = nullptr;
    std::uint64_t*                     flat_        = nullptr;
};

}  // namespace hallmark::inline v0
