// The bytes of a row of the published program's mark as a line: (slope · pixel + start) / 2^15, with a start for either sign of the noise.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/unrolled.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace hallmark::inline v0::detail {

/// Fitted to the 512 bytes that it stands for, and of no use where one of them is not met.
struct parity_line {
    std::int32_t slope = 0, start[2] = {}, least = 0;  ///< start of the noise −1 and 1
    std::int32_t white_less = 0;                       ///< what white with noise 1 has less: its published byte may be a tie that double arithmetic rounds down
    bool         fits       = false;

    parity_line() = default;
    /// `bytes[sign + 1][pixel]`, which grow by `ratio` a level, but for the clamp at the darkest pixels and at 255.
    parity_line(std::uint8_t const (&bytes)[3][256], double ratio) noexcept
        : slope(static_cast<std::int32_t>(ratio * 32767.0 + 0.5)), least(bytes[0][0]), fits(true) {
        if (32768.0 * ratio < 32767.0) {
            slope = static_cast<std::int32_t>(32768.0 * ratio + 0.5);
        }
        for (int sign = 0; sign < 2; ++sign) {
            auto const& to  = bytes[2 * sign];
            auto        low = std::int32_t{-1} << 24, high = std::int32_t{1} << 24;
            for (std::int32_t x = 0; x < 255; ++x) {
                auto const byte = std::int32_t{to[x]};
                if (byte > least && byte << 15 > low + slope * x) {
                    low = (byte << 15) - slope * x;
                }
                if (byte < 255 && ((byte + 1) << 15) - 1 < high + slope * x) {
                    high = ((byte + 1) << 15) - 1 - slope * x;
                }
            }
            fits        = fits && low <= high;
            start[sign] = low + (high - low) / 2;
            for (std::int32_t x = 0; x < 256; ++x) {
                auto const v    = (slope * x + start[sign]) >> 15;
                auto const less = (v < least ? least : v > 255 ? 255 : v) - to[x];
                if (x == 255 && sign == 1) {
                    white_less = less;
                } else {
                    fits = fits && less == 0;
                }
            }
        }
    }
};

/// Marks the pixels of a row with noise of the given signs, all or, where no line fits or there are no vectors, none, and tells how many. `calm` has the bytes
/// of pixels without noise.
[[nodiscard]] inline auto draw_line(parity_line const& line, std::uint8_t const (&calm)[256], std::uint8_t const* pixels, std::int8_t const* signs,
                                    std::size_t width, std::uint8_t* to) noexcept -> std::size_t {
    std::size_t done = 0;
#if HALLMARK_VECTORS
    if (!line.fits) {
        return 0;
    }
    simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using set_t          = decltype(set);
        using i32            = typename set_t::i32;
        constexpr auto bytes = set_t::bytes;
        i32            slope, start, other, least, most, white;
        set_t::splat(slope, line.slope);
        set_t::splat(start, line.start[1]);
        set_t::splat(other, line.start[1] ^ line.start[0]);
        set_t::splat(least, line.least);
        set_t::splat(most, 255);
        set_t::splat(white, line.white_less);
        auto const mark = [&](void const* from, void const* noise, void* out) HALLMARK_INLINE_LAMBDA {
            i32 four, signs_of_four, marked = {};  // in each number four pixels, one after the other
            simd::load(four, from);
            simd::load(signs_of_four, noise);
            unrolled<4>([&](auto k) HALLMARK_INLINE_LAMBDA {
                constexpr int at   = 8 * static_cast<int>(k());
                i32           v    = (four >> at) & 255;
                i32 const     sign = (signs_of_four << (24 - at)) >> 31;
                i32 const     less = -((v + 1) >> 8) & ~sign & white;
                set_t::dot2(v, v, slope);
                v      = (v + (start ^ (other & sign))) >> 15;
                v      = v > least ? v : least;
                v      = v < most ? v : most;
                marked = marked | ((v - less) << at);
            });
            simd::store(marked, out);
        };
        for (; done + bytes <= width; done += bytes) {
            mark(pixels + done, signs + done, to + done);
        }
        if (auto const rest = width - done; rest != 0) {
            std::uint8_t some[bytes]  = {}, out[bytes];
            std::int8_t  noise[bytes] = {};
            std::memcpy(some, pixels + done, rest);
            std::memcpy(noise, signs + done, rest);
            mark(some, noise, out);
            std::memcpy(to + done, out, rest);
            done = width;
        }
    });
    for (auto const* at = signs; (at = static_cast<std::int8_t const*>(std::memchr(at, 0, done - static_cast<std::size_t>(at - signs)))) != nullptr; ++at) {
        to[at - signs] = calm[pixels[at - signs]];
    }
#else
    (void)line, (void)calm, (void)pixels, (void)signs, (void)width, (void)to;
#endif
    return done;
}

}  // namespace hallmark::inline v0::detail
