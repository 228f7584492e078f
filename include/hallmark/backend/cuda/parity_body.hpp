// Part of the CUDA backend: the kernel that marks a picture, or a tile of one, as the published program does.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/plane.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/rounding.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/noise/pnoise2.hpp>
#include <hallmark/noise/pnoise2_grid.hpp>
#include <hallmark/parity/noise.hpp>
#include <hallmark/parity/sine.hpp>
#include <hallmark/parity/stripes.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail::device {

/// One picture: its noise, and whose sixteen stripes are behind it.
struct parity_draw {
    parity_field  field;
    std::uint32_t user;
};

/// The extremes of floats of which none is NaN.
struct float_range {
    float least, greatest;
};
struct wider_floats {
    HALLMARK_HD constexpr void operator()(float_range& a, float_range const& b) const noexcept {
        a.least    = b.least < a.least ? b.least : a.least;
        a.greatest = b.greatest > a.greatest ? b.greatest : a.greatest;
    }
};
/// Whole numbers in the order of the floats, for atomics; its own inverse.
[[nodiscard]] HALLMARK_HD constexpr auto swapped_below_zero(std::int32_t bits) noexcept -> std::int32_t { return bits < 0 ? bits ^ 0x7fffffff : bits; }
[[nodiscard]] HALLMARK_HD constexpr auto ordered_bits(float v) noexcept -> std::int32_t { return swapped_below_zero(__builtin_bit_cast(std::int32_t, v)); }
[[nodiscard]] HALLMARK_HD constexpr auto float_of_ordered(std::int32_t v) noexcept -> float { return __builtin_bit_cast(float, swapped_below_zero(v)); }

/// What is saved of a pixel, by channel, colour (the last: no stripe), sign of the noise and level: made by the CPU's marker.
struct parity_table {
    static constexpr std::size_t                    colours = 12, size = 3 * colours * 3 * 256;
    [[nodiscard]] HALLMARK_HD static constexpr auto at(std::size_t channel, std::size_t colour, int sign) noexcept -> std::size_t {
        return ((channel * colours + colour) * 3 + static_cast<std::size_t>(sign + 1)) * 256;
    }
};

/// `whole`: a block has a picture to itself. Otherwise a picture is cut into tiles, and its noise is computed three times: its own extremes are needed before
/// its sine, and the extremes of the sine before its sign.
enum class parity_pass : std::uint8_t { whole, noise_range, sine_range, paint };

template <class To, unsigned Threads>
struct parity_body {
    static constexpr unsigned threads = Threads;

    tensor_view<To, cuda_space>                 out;
    tensor_view<std::uint8_t const, cuda_space> in;
    parity_draw const*                          draws;
    std::uint8_t const*                         colours;           // sixteen of each user
    To const*                                   table;             // a parity_table
    std::uint8_t const*                         permutation;       // perlin_permutation
    std::int32_t *                              least, *greatest;  // of each picture's noise and, behind it, its sine, where it is cut into tiles
    std::uint64_t*                              flat;              // the least index of a picture whose noise is all equal
    std::uint64_t                               first;             // picture of block 0
    std::uint64_t                               offset;            // of the launch's first picture in the plan
    std::uint32_t                               across, down;
    std::uint32_t                               tile_width, tile_height;
    parity_pass                                 pass;
    bool                                        aligned;

    [[nodiscard]] auto                  shared_bytes() const noexcept -> std::size_t { return bytes_for({0, 0, tile_width, tile_height}); }
    [[nodiscard]] static constexpr auto bytes_for(tile t) noexcept -> std::size_t {
        return std::size_t{t.width} * t.height * sizeof(float) + (std::size_t{t.width} + t.height) * sizeof(pnoise_axis) +
               Threads / warp_size * sizeof(float_range) + 256;
    }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const tiles = std::uint64_t{across} * down;
        auto const n     = first + block.index() / tiles;
        auto const index = static_cast<std::uint32_t>(block.index() % tiles);
        auto const x     = index % across * tile_width;
        auto const y     = index / across * tile_height;
        auto const wide = static_cast<std::uint32_t>(in.width()), high = static_cast<std::uint32_t>(in.height());
        auto const at    = tile{x, y, wide - x < tile_width ? wide - x : tile_width, high - y < tile_height ? high - y : tile_height};
        auto const draw  = draws[offset + n];
        auto const count = at.width * at.height;

        auto* const                               plane = block.template shared<float>();
        auto* const                               axes  = reinterpret_cast<pnoise_axis*>(plane + count);
        auto* const                               room  = reinterpret_cast<float_range*>(axes + at.width + at.height);
        auto* const                               known = reinterpret_cast<std::uint8_t*>(room + Threads / warp_size);
        typename Block::template own<float_range> range;
        fill(block, draw.field, at, plane, axes, known, range);

        auto noise = float_range{0.0f, 0.0f};
        if (!range_of(block, range, room, n, 0, parity_pass::noise_range, noise)) {
            return;
        }
        auto const extent = minus(noise.greatest, noise.least);
        block.each([&](unsigned t) {
            range[t] = none();
            for (std::uint32_t i = t; i < count; i += Threads) {
                plane[i] = parity_sine(parity_argument(parity_share(plane[i], noise.least, extent), static_cast<float>(draw.field.frequency)));
                wider_floats{}(range[t], float_range{plane[i], plane[i]});
            }
        });
        auto sine = float_range{0.0f, 0.0f};
        if (!range_of(block, range, room, n, 1, parity_pass::sine_range, sine)) {
            return;
        }
        block.apart([&](unsigned t) {
            if (aligned) {
                paint<4>(t, at, n, draw.user, sine, plane);
            } else {
                paint<1>(t, at, n, draw.user, sine, plane);
            }
        });
    }

private:
    HALLMARK_HD static constexpr auto none() noexcept -> float_range { return {3e38f, -3e38f}; }

    /// The noise before its sine, octave by octave, as `fill_raw` has it, and each thread's extremes.
    template <class Block, class Ranges>
    HALLMARK_HD void fill(Block const& block, parity_field const& field, tile const& at, float* plane, pnoise_axis* axes, std::uint8_t* known,
                          Ranges& range) const {
        auto const     grid = pnoise_grid{field.period, field.octaves, in.height(), in.width()};
        pnoise_octaves octave;
        for (std::uint32_t o = 0; o < field.octaves; ++o) {
            auto const now = octave;
            octave.next();
            block.each([&](unsigned t) {
                for (std::uint32_t i = t; o == 0 && i < 256; i += Threads) {
                    known[i] = permutation[i];
                }
                for (std::uint32_t i = t; i < at.width + at.height; i += Threads) {
                    axes[i] = grid.axis(i < at.width ? at.x + i : at.y + (i - at.width), now);
                }
            });
            block.each([&](unsigned t) {
                range[t] = none();
                for (std::uint32_t i = t; i < at.width * at.height; i += Threads) {
                    auto v = pnoise_octave(axes[at.width + i / at.width], axes[i % at.width], known);
                    if (field.octaves > 1) {
                        v = plus(o == 0 ? 0.0f : plane[i], times(v, now.height));
                        v = o + 1 < field.octaves ? v : quotient(v, octave.most);
                    }
                    plane[i] = v;
                    wider_floats{}(range[t], float_range{v, v});  // that of the last octave stays
                }
            });
        }
    }

    /// The picture's range: false where this launch ends with it, or where there is none.
    template <class Block, class Ranges>
    HALLMARK_HD auto range_of(Block const& block, Ranges& range, float_range* room, std::uint64_t n, unsigned which, parity_pass measure,
                              float_range& all) const -> bool {
        auto const at = 2 * (offset + n) + which;
        if (pass == parity_pass::whole || pass == measure) {
            all = block.reduce(range, wider_floats{}, room);
        } else {
            all = {float_of_ordered(least[at]), float_of_ordered(greatest[at])};
        }
        if (pass == measure) {
            block.apart([&](unsigned t) {
                if (t == 0) {
                    atomic_least(least + at, ordered_bits(all.least));
                    atomic_greatest(greatest + at, ordered_bits(all.greatest));
                }
            });
            return false;
        }
        if (!(all.least < all.greatest)) {
            block.apart([&](unsigned t) {
                if (t == 0) {
                    atomic_least(flat, offset + n);
                }
            });
            return false;
        }
        return true;
    }

    template <unsigned Count>
    HALLMARK_HD void paint(unsigned t, tile const& at, std::uint64_t n, std::uint32_t user, float_range const& sine, float const* plane) const {
        auto const extent = minus(sine.greatest, sine.least);
        auto const runs   = at.width / Count;
        for (std::uint32_t item = t; item < runs * at.height; item += Threads) {
            auto const h      = item / runs;
            auto const w      = item % runs * Count;
            auto const stripe = parity_stripes::stripe_at(at.y + h, in.width());
            auto const colour = stripe < 16 ? colours[std::size_t{user} * 16 + stripe] : parity_table::colours - 1;
            int        sign[Count];
            for (unsigned i = 0; i < Count; ++i) {
                sign[i] = parity_sign(parity_share(plane[std::size_t{h} * at.width + w + i], sine.least, extent));
            }
            for (std::size_t c = 0; c < 3; ++c) {
                std::uint8_t pixel[Count];
                To           marked[Count];
                if constexpr (Count == 1) {
                    pixel[0] = in.at(offset + n, c, at.y + h, at.x + w);
                } else {
                    load_several(in.row(offset + n, c, at.y + h) + at.x + w, pixel);
                }
                for (unsigned i = 0; i < Count; ++i) {
                    marked[i] = table[parity_table::at(c, colour, sign[i]) + pixel[i]];
                }
                if constexpr (Count == 1) {
                    out.at(n, c, at.y + h, at.x + w) = marked[0];
                } else {
                    store_several(marked, out.row(n, c, at.y + h) + at.x + w);
                }
            }
        }
    }
};

}  // namespace hallmark::inline v0::detail::device
