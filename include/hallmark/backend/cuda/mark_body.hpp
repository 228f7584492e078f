// Part of the CUDA backend: the kernel that marks a picture, or a tile of one, from stripes to rounding, in one block.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/plane.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/pattern/concept.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace hallmark::inline v0::detail::device {

/// One picture that is to be marked: picture `source` of those that came in, with stripes `pattern`.
template <class Draw>
struct picture_draw {
    Draw          noise;
    std::uint32_t pattern;
    std::uint64_t source;
};

/// A number in [0, 1], by its bits; NaN is not. −0 counts as 0.
[[nodiscard]] HALLMARK_HD constexpr auto unit_pixel(float v) noexcept -> bool {
    auto const bits = __builtin_bit_cast(std::uint32_t, v);
    return bits <= 0x3f800000u || bits == 0x80000000u;
}
[[nodiscard]] HALLMARK_HD constexpr auto unit_pixel(std::uint8_t) noexcept -> bool { return true; }

/// `whole`: a block has a picture to itself, so its own extremes are the picture's. Otherwise a picture is cut into tiles: `measure` finds
/// the picture's extremes and writes no pixel, `paint` computes the noise again and uses them. Noise never goes through global memory.
enum class mark_pass : std::uint8_t { whole, measure, paint };

/// A blend that asks which pixel of which pattern it is: `at(pattern, row, height, column, width, pixel, delta, behind)`, where `behind()` is the pattern's
/// level.
template <class B>
concept blend_by_place = B::by_place;

/// What a blend by place makes of a pixel may be of another type, `To`.
template <class Scalar, class Draw, class Behind, class Blend, unsigned Threads, class To = Scalar>
struct mark_body {
    static constexpr unsigned threads = Threads;

    tensor_view<To, cuda_space>           out;
    tensor_view<Scalar const, cuda_space> in;
    picture_draw<Draw> const*             draws;
    Behind                                pattern;
    level                                 height;  // of the noise
    Blend                                 blend;
    std::int32_t *                        least, *greatest;  // of each picture, where it is cut into tiles
    std::uint64_t*                        bad;               // the least index of a pixel outside [0, 1]
    std::uint64_t                         first;             // picture of block 0
    std::uint64_t                         number;            // of picture 0 in the plan
    std::uint32_t                         across, down;      // tiles of a picture
    std::uint32_t                         tile_width, tile_height;
    mark_pass                             pass;
    bool                                  aligned;  // four pixels of a row can be had at once

    [[nodiscard]] auto                  shared_bytes() const noexcept -> std::size_t { return bytes_for({0, 0, tile_width, tile_height}, in.channels()); }
    [[nodiscard]] static constexpr auto bytes_for(tile t, std::size_t channels) noexcept -> std::size_t {
        return plane_bytes(t) + channels * t.height * sizeof(level) + Threads / warp_size * sizeof(noise_range);
    }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const tiles = std::uint64_t{across} * down;
        auto const n     = first + block.index() / tiles;
        auto const index = static_cast<std::uint32_t>(block.index() % tiles);
        auto const x     = index % across * tile_width;
        auto const y     = index / across * tile_height;
        auto const wide = static_cast<std::uint32_t>(in.width()), high = static_cast<std::uint32_t>(in.height());
        auto const at   = tile{x, y, wide - x < tile_width ? wide - x : tile_width, high - y < tile_height ? high - y : tile_height};
        auto const draw = draws[n];

        auto* const                               memory = block.template shared<std::uint32_t>();
        typename Block::template own<noise_range> range;
        fill_plane(block, draw.noise, at, memory, range);

        auto* const behind = reinterpret_cast<level*>(memory + plane_bytes(at) / sizeof(std::uint32_t));
        auto* const room   = reinterpret_cast<noise_range*>(behind + in.channels() * at.height);
        auto        seen   = noise_range{0, 0};
        if (Draw::needs_range && pass != mark_pass::paint) {
            seen = block.reduce(range, wider{}, room);
        }
        if (pass == mark_pass::measure) {
            block.apart([&](unsigned t) {
                if (t == 0) {
                    atomic_least(least + n, seen.least);
                    atomic_greatest(greatest + n, seen.greatest);
                }
            });
            return;
        }
        if (Draw::needs_range && pass == mark_pass::paint) {
            seen = {least[n], greatest[n]};
        }
        if constexpr (Behind::by_row) {
            block.each([&](unsigned t) {
                for (std::uint32_t i = t; i < in.channels() * at.height; i += Threads) {
                    behind[i] = pattern.row_level(draw.pattern, i / at.height, in.channels(), at.y + i % at.height, high);
                }
            });
        }
        auto const map    = draw.noise.map(seen);
        auto const wanted = reinterpret_cast<noise_sample const*>(memory);
        block.apart([&](unsigned t) {
            if (aligned) {
                paint<4>(t, at, n, draw, map, wanted, behind);
            } else {
                paint<1>(t, at, n, draw, map, wanted, behind);
            }
        });
    }

private:
    template <unsigned Count, class Map>
    HALLMARK_HD void paint(unsigned t, tile const& at, std::uint64_t n, picture_draw<Draw> const& draw, Map const& map, noise_sample const* plane,
                           level const* behind) const {
        auto const                  of_height = [&](noise_sample sample) { return static_cast<level>((std::int64_t{sample} * height) >> 30); };
        [[maybe_unused]] auto const plus = of_height(noise_one), minus = of_height(-noise_one);
        auto const                  runs  = at.width / Count;
        auto const                  lines = static_cast<std::uint32_t>(in.channels()) * at.height;
        for (std::uint32_t item = t; item < runs * lines; item += Threads) {
            auto const line = item / runs;
            auto const c    = line / at.height;
            auto const h    = line % at.height;
            auto const w    = item % runs * Count;
            Scalar     pixel[Count];
            To         marked[Count];
            if constexpr (Count == 1) {
                pixel[0] = in.at(draw.source, c, at.y + h, at.x + w);
            } else {
                load_several(in.row(draw.source, c, at.y + h) + at.x + w, pixel);
            }
            for (unsigned i = 0; i < Count; ++i) {
                if (!unit_pixel(pixel[i])) {
                    atomic_least(bad, (((number + n) * in.channels() + c) * in.height() + at.y + h) * in.width() + at.x + w + i);
                }
                auto const sample = plane[std::size_t{h} * at.width + w + i];
                level      delta  = 0;
                if constexpr (Draw::signs) {
                    delta = map.sign(sample) < 0 ? minus : plus;
                } else {
                    delta = of_height(map.wave(sample));
                }
                auto const back = [&] {
                    if constexpr (Behind::by_row) {
                        return behind[line];
                    } else {
                        return pattern.at(draw.pattern, c, at.y + h, at.x + w + i);
                    }
                };
                if constexpr (blend_by_place<Blend>) {
                    marked[i] = blend.at(draw.pattern, at.y + h, in.height(), at.x + w + i, in.width(), pixel[i], delta, back);
                } else {
                    marked[i] = blend(pixel[i], delta, back());
                }
            }
            if constexpr (Count == 1) {
                out.at(n, c, at.y + h, at.x + w) = marked[0];
            } else {
                store_several(marked, out.row(n, c, at.y + h) + at.x + w);
            }
        }
    }
};

}  // namespace hallmark::inline v0::detail::device
