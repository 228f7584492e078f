// Part of the Gabor field: the impulses of a tile drawn, turned into factors and added up, in lanes.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/noise/concept.hpp>
#include <hallmark/noise/gabor_parts.hpp>
#include <hallmark/noise/gabor_tile.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace hallmark::inline v0::detail {

template <class Set>
struct gabor_lanes;
#if HALLMARK_VECTORS
/// The kernel: noise/gabor_parts.hpp on vectors. A factor is a 32-bit word, two 16-bit numbers in it.
template <class Set>
struct gabor_lanes {
    using u32                          = typename Set::u32;
    using i32                          = typename Set::i32;
    using i16                          = typename Set::i16;
    using u16                          = typename Set::u16;
    static constexpr std::size_t lanes = Set::template count<std::uint32_t>, rows = gabor_tile::rows;

    HALLMARK_INLINE static void constant(i16& out, std::int32_t v) noexcept { Set::splat(out, static_cast<std::int16_t>(v)); }

    // The sets without an instruction for it multiply signed numbers, whose overflow sanitizers report: the low half is taken of unsigned ones here.
    HALLMARK_INLINE static void multiply_round(i16& out, i16 const& a, i16 const& b) noexcept {
        if constexpr (lanes > 4) {
            Set::multiply_round(out, a, b);
        } else {
            u16 const low = (u16)a * (u16)b;
            u16       high;
            Set::multiply_high(high, (u16)a, (u16)b);
            high = high - ((u16)(a >> 15) & (u16)b) - ((u16)(b >> 15) & (u16)a);
            out  = (i16)((high << 1) + (low >> 15) + ((low >> 14) & 1));
        }
    }
    HALLMARK_INLINE static void wave(i16 const& half, i16& out) noexcept {
        i16 a, b, c, v, v2, most;
        constant(a, gabor_sine[0]);
        constant(b, gabor_sine[1]);
        constant(c, gabor_sine[2]);
        constant(most, 32767);
        v = (i16)((u16)most - ((u16)(half ^ (half >> 15)) << 1));
        multiply_round(v2, v, v);
        multiply_round(c, v2, c);
        c = b - c;
        multiply_round(c, v2, c);
        c = a - c;
        multiply_round(c, v, c);
        out = c + c;
    }
    HALLMARK_INLINE static void bell(u32 const& way, i16& out) noexcept {
        i16 a, b, c, u, most;
        constant(a, gabor_fall[0]);
        constant(b, gabor_fall[1]);
        constant(c, gabor_fall[2]);
        constant(most, 32767);
        i32 d = (i32)way, least, edge;
        Set::splat(least, -gabor_edge);
        Set::splat(edge, gabor_edge);
        d           = d < least ? least : d;
        d           = (d > edge ? edge : d) >> 1;
        i16 const t = (i16)(((u32)d & 0xffffu) | ((u32)d << 16));
        multiply_round(u, t, t);
        multiply_round(c, c, u);
        c = b + c;
        multiply_round(c, c, u);
        c = a + c;
        multiply_round(c, i16(most - u), c);
        c = c + c;
        multiply_round(out, c, c);
    }
    HALLMARK_INLINE static void halves(u32 const& turn, std::uint32_t quarter, i16& out) noexcept {
        out = (i16)(((turn >> 16) | (turn & 0xffff0000u)) + quarter);
    }

    HALLMARK_INLINE static void impulses(gabor_parameters const p, gabor_tile& t) noexcept {
        std::size_t at = 0;
        u32         index;
        for (std::size_t i = 0; i < lanes; ++i) {
            index[i] = (std::uint32_t)i;
        }
        auto *const tx = t.x.get(), *const ty = t.y.get(), *const ta = t.across.get(), *const td = t.down.get(), *const tp = t.phase.get(),
                    *const tw = t.weight.get();
        for (auto const& cell : t.cells) {
            for (std::uint32_t k = 0; k < cell.number; k += lanes) {
                u32 const draw = (index + k) * 3u;
                u32       place, turn, weigh;
                gabor_draw(cell.hash, draw, place);
                gabor_draw(cell.hash, u32(draw + 1u), turn);
                gabor_draw(cell.hash, u32(draw + 2u), weigh);
                i32 across, down, height;
                if (p.isotropic) {
                    i16 half, both;
                    halves(u32(turn << 16), 0xc0000000u, half);
                    wave(half, both);
                    across = (i32)((u32)both << 16) >> 16;
                    down   = (i32)both >> 16;
                } else {
                    Set::splat(across, 2 * p.cosine);
                    Set::splat(down, 2 * p.sine);
                }
                p.along(across, across);
                p.along(down, down);
                height = (i32)weigh >> 17;
                if (p.signs) {
                    height = (((i32)weigh >> 31) | 1) * (1 << 14);
                }
                height        = (height * p.scale) >> 16;
                auto const to = at + k;  // what goes beyond the cell's number is overwritten by the next cell
                simd::store(u32((cell.x << 16) + (place >> 16)), tx + to);
                simd::store(u32((cell.y << 16) + (place & 0xffffu)), ty + to);
                simd::store(across, ta + to);
                simd::store(down, td + to);
                simd::store(u32(turn & 0xffff0000u), tp + to);
                simd::store(height, tw + to);
            }
            at += cell.number;
        }
    }

    // Whether an impulse at x acts on places from `least` to `greatest`.
    struct reach {
        std::uint32_t   from, length;
        HALLMARK_INLINE reach(lattice_coordinate const* at, std::size_t count) noexcept {
            std::int32_t least = 0, greatest = 0;
            for (std::size_t i = 0; i < count; ++i) {
                auto const d = (std::int32_t)(at[i] - at[0]);
                least        = d < least ? d : least;
                greatest     = d > greatest ? d : greatest;
            }
            from   = at[0] + (std::uint32_t)(least - gabor_edge);
            length = (std::uint32_t)(greatest - least + 2 * gabor_edge);
        }
        HALLMARK_INLINE auto operator()(std::uint32_t x) const noexcept -> bool { return x - from <= length; }
    };

    HALLMARK_INLINE static void columns(gabor_tile& t) noexcept {
        auto const        number = t.number;
        auto const *const tx = t.x.get(), *const ta = t.across.get();
        for (std::size_t c = 0, first = 0; first < t.width; ++c, first += lanes) {
            auto const  reaches = reach(t.xs + first, lanes);
            auto* const out     = t.columns.get() + c * number * lanes;
            auto* const bits    = t.column_reach.data() + c * t.words;
            u32         place;
            simd::load(place, t.xs + first);
            for (std::size_t k = 0; k < number; ++k) {
                if (!reaches(tx[k])) {
                    continue;
                }
                bits[k / 64] |= std::uint64_t{1} << (k % 64);
                u32 const way = place - tx[k];
                i16       high, half, both;
                bell(way, high);
                halves(u32(way * ta[k]), 0xc0000000u, half);
                wave(half, both);
                multiply_round(both, high, both);
                simd::store(both, out + k * lanes);
            }
        }
    }
    HALLMARK_INLINE static void lines(gabor_tile& t) noexcept {
        constexpr std::size_t group = lanes > rows ? lanes : rows, stride = gabor_tile::side;
        auto const            number = t.number;
        auto const *const ty = t.y.get(), *const td = t.down.get(), *const tp = t.phase.get(), *const tw = t.weight.get();
        for (std::size_t first = 0; first < t.height; first += group) {
            auto const  reaches = reach(t.ys + first, group);
            auto* const out     = t.lines.get() + first;
            for (std::size_t k = 0; k < number; ++k) {
                if (!reaches(ty[k])) {
                    continue;
                }
                i16 weight;
                constant(weight, (std::int32_t)tw[k]);
                for (std::size_t r = 0; r < group; r += lanes) {
                    u32 place;
                    i16 high, half, both;
                    simd::load(place, t.ys + first + r);
                    u32 const way = place - ty[k];
                    bell(way, high);
                    multiply_round(high, high, weight);
                    halves(u32(way * td[k] + tp[k]), 0x40000000u, half);
                    wave(half, both);
                    multiply_round(both, high, both);
                    simd::store(both, out + k * stride + r);
                }
            }
        }
        for (std::size_t s = 0; s * rows < t.height; ++s) {
            auto const  reaches = reach(t.ys + s * rows, rows);
            auto* const bits    = t.line_reach.data() + s * t.words;
            for (std::size_t k = 0; k < number; ++k) {
                bits[k / 64] |= std::uint64_t{reaches(ty[k])} << (k % 64);
            }
        }
    }

    HALLMARK_INLINE static void meet(i32& sum, i32 const& column, std::int32_t line) noexcept {
        i32 both, part;
        Set::splat(both, line);
        Set::dot2(part, column, both);
        sum += part >> 4;
    }
    HALLMARK_INLINE static void finish(i32& sum, std::size_t width, std::size_t height, std::size_t row, noise_sample* out, std::ptrdiff_t stride, i32& least,
                                       i32& greatest) noexcept {
        if (row >= height) {
            return;
        }
        i32 most, bottom;
        Set::splat(most, 1 << 25);
        Set::splat(bottom, -(1 << 25));
        sum      = sum > most ? most : sum;
        sum      = (sum < bottom ? bottom : sum) * 32;
        least    = sum < least ? sum : least;
        greatest = sum > greatest ? sum : greatest;
        auto* to = out + (std::ptrdiff_t)row * stride;
        if (width >= lanes) {
            simd::store(sum, to);
        } else {
            std::memcpy(to, &sum, width * sizeof *to);
        }
    }
    HALLMARK_INLINE static void tile(gabor_parameters const& p, gabor_tile& t, noise_sample* out, std::ptrdiff_t stride, noise_range& range) noexcept {
        constexpr std::size_t line_stride = gabor_tile::side;
        impulses(p, t);
        columns(t);
        lines(t);
        i32 least, greatest;
        Set::splat(least, range.least);
        Set::splat(greatest, range.greatest);
        auto const words = t.words, number = t.number;
        for (std::size_t c = 0, w = 0; w < t.width; ++c, w += lanes) {
            auto const* const column = t.columns.get() + c * number * lanes;
            auto const* const across = t.column_reach.data() + c * words;
            for (std::size_t h = 0; h < t.height; h += rows) {
                auto const* const line = t.lines.get() + h;
                auto const* const down = t.line_reach.data() + h / rows * words;
                i32               s0 = {}, s1 = {}, s2 = {}, s3 = {}, s4 = {}, s5 = {}, s6 = {}, s7 = {};
                for (std::size_t i = 0; i < words; ++i) {
                    for (auto bits = across[i] & down[i]; bits != 0; bits &= bits - 1) {
                        auto const  k = i * 64 + (std::size_t)std::countr_zero(bits);
                        auto const* l = line + k * line_stride;
                        i32         both;
                        simd::load(both, column + k * lanes);
                        meet(s0, both, l[0]);
                        meet(s1, both, l[1]);
                        meet(s2, both, l[2]);
                        meet(s3, both, l[3]);
                        meet(s4, both, l[4]);
                        meet(s5, both, l[5]);
                        meet(s6, both, l[6]);
                        meet(s7, both, l[7]);
                    }
                }
                auto const  width = t.width - w, height = t.height - h;
                auto* const to = out + (std::ptrdiff_t)h * stride + (std::ptrdiff_t)w;
                finish(s0, width, height, 0, to, stride, least, greatest);
                finish(s1, width, height, 1, to, stride, least, greatest);
                finish(s2, width, height, 2, to, stride, least, greatest);
                finish(s3, width, height, 3, to, stride, least, greatest);
                finish(s4, width, height, 4, to, stride, least, greatest);
                finish(s5, width, height, 5, to, stride, least, greatest);
                finish(s6, width, height, 6, to, stride, least, greatest);
                finish(s7, width, height, 7, to, stride, least, greatest);
            }
        }
        for (std::size_t i = 0; i < lanes; ++i) {
            range.least    = least[i] < range.least ? least[i] : range.least;
            range.greatest = greatest[i] > range.greatest ? greatest[i] : range.greatest;
        }
    }
};
#endif

}  // namespace hallmark::inline v0::detail
