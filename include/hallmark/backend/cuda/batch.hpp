// Part of the CUDA backend: what launches over a batch of pictures share: the checks of both batches, and how pictures are cut up for blocks.
#pragma once

#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/plane.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace hallmark::inline v0::detail::device {

/// What a launch was asked for: pictures [first, first + those of the destination) of `count`, made of the originals below `sources`.
struct batch_request {
    std::size_t first, count, sources;
    bool        in_place;  ///< every picture is made of the original with its own number
};

template <class Device, class Out, class In>
void require_batch(Device const& device, tensor_view<Out, cuda_space> out, tensor_view<In const, cuda_space> in, batch_request const& r, std::string_view who) {
    device.require_ready(who);
    require_view(device, in, who, "the batch of originals");
    require(in.height() <= 0x7fffffffu && in.width() <= 0x7fffffffu, errc::out_of_domain, who, ": the pictures have ", in.height(), " rows and ", in.width(),
            " columns; allowed are up to 2147483647 of each");
    require_view(device, out, who, "the destination");
    require_pictures(addresses(in), who);
    require(r.first <= r.count && out.samples() <= r.count - r.first, errc::shape_mismatch, who, ": ", out.samples(), " pictures from number ", r.first,
            " on were asked for and the plan has ", r.count);
    require(r.sources <= in.samples(), errc::shape_mismatch, who, ": the plan asks for original ", r.sources - 1, " and there are ", in.samples());
    require(out.channels() == in.channels() && out.height() == in.height() && out.width() == in.width(), errc::shape_mismatch, who,
            ": the destination's pictures have extents (", out.channels(), ", ", out.height(), ", ", out.width(), "), the originals' (", in.channels(), ", ",
            in.height(), ", ", in.width(), ")");
    require_distinct_elements(addresses(out), who);
    auto const a = bytes_of(addresses(out)), b = bytes_of(addresses(in));
    if constexpr (!std::is_same_v<Out, In>) {
        require_apart({a, "the destination"}, {{b, "the originals"}}, who);
    } else if (a.first < b.last && b.first < a.last) {
        require(r.in_place && r.first == 0, errc::shape_mismatch, who,
                ": the destination overlaps the originals, and some picture is not made of the original with its own number; give it memory of its own");
        require_same_or_apart(addresses(out), addresses(in.slice(0, out.samples())), who);
    }
}
/// Before any memory is asked for.
template <class Device>
[[nodiscard]] auto ready_for(Device const& device, std::size_t planned, std::string_view who) -> Device const& {
    require(planned > 0, errc::empty_input, who, ": the plan has no pictures; allowed is 1 or more");
    device.require_ready(who);
    return device;
}
inline void require_room(std::size_t pictures, std::size_t planned, std::string_view who) {
    require(pictures == 0 || pictures == planned, errc::shape_mismatch, who, ": the destination has room for ", pictures, " pictures and the plan has ",
            planned);
}

/// Of a grid.
inline constexpr std::uint64_t most_blocks = 0x7fffffff;

/// How pictures are cut: one block of so many threads for each tile. A tile that is the whole picture finds its extremes on the way.
struct picture_cut {
    unsigned      threads;
    bool          whole;
    std::uint32_t width, height;
};
/// One block for a picture where its noise fits the shared memory, `bytes_for(tile, threads)`. Small pictures get few threads, so that more blocks are on
/// a processor at once.
template <class Bytes>
[[nodiscard]] auto cut_of(std::size_t columns, std::size_t rows, std::size_t channels, std::size_t limit, std::string_view who, Bytes const& bytes_for)
    -> picture_cut {
    auto const wide = static_cast<std::uint32_t>(columns), high = static_cast<std::uint32_t>(rows);
    auto const all = tile{0, 0, wide, high};
    // Sides from which sizes in bytes could wrap around go in tiles without being asked.
    if (std::uint64_t{wide} * high < (std::uint64_t{1} << 24) && channels * high < (std::uint64_t{1} << 24)) {
        if (std::uint64_t{wide} * high <= 4096 && bytes_for(all, 128u) <= limit) {
            return {128, true, wide, high};
        }
        if (bytes_for(all, 512u) <= limit) {
            return {512, true, wide, high};
        }
    }
    auto const cut   = picture_cut{128, false, wide < 128 ? wide : 128u, high < 32 ? high : 32u};
    auto const tiles = std::uint64_t{(wide - 1) / cut.width + 1} * ((high - 1) / cut.height + 1);
    require(tiles <= most_blocks, errc::out_of_domain, who, ": a picture of ", rows, " x ", columns, " pixels is cut into ", tiles,
            " tiles; allowed are up to 2147483647");
    return cut;
}

/// Whether four neighbours of every row lie side by side, at a multiple of their size together.
template <class Scalar>
[[nodiscard]] auto in_fours(tensor_view<Scalar, cuda_space> v, std::uint32_t tile_width) noexcept -> bool {
    auto const four = [&](int i) { return v.extent[i] <= 1 || v.stride[i] % 4 == 0; };
    return v.stride[3] == 1 && v.width() % 4 == 0 && tile_width % 4 == 0 && four(0) && four(1) && four(2) &&
           reinterpret_cast<std::uintptr_t>(v.data) % (4 * sizeof(Scalar)) == 0;
}

/// Launches a body cut by `cut_of`, with members `first`, the picture of block 0, and `across` and `down`, the tiles of a picture: a grid has only so many
/// blocks.
template <class Device, class Body>
void launch_pictures(Device const& device, Body body, std::uint64_t pictures) {
    auto const tiles   = std::uint64_t{body.across} * body.down;
    auto const at_once = most_blocks / tiles;
    for (std::uint64_t done = 0; done < pictures; done += at_once) {
        body.first = done;
        device.launch(body, (pictures - done < at_once ? pictures - done : at_once) * tiles);
    }
}

}  // namespace hallmark::inline v0::detail::device
