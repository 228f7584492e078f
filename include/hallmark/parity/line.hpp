// The bytes of a row of the published program's mark as a line: (slope · pixel + start) / 2^15, with a start for either sign of the noise.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>

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

#if HALLMARK_VECTORS
/// As many bytes as a vector has numbers.
template <std::size_t Count>
struct few_bytes {
    typedef std::uint8_t u8 __attribute__((vector_size(Count)));
    typedef std::int8_t  i8 __attribute__((vector_size(Count)));
};
#endif

/// Marks the first pixels of a row with noise of the given signs, as many as fill whole vectors, and tells how many. `calm` has the bytes of pixels without
/// noise.
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
        constexpr auto lanes = set_t::template count<std::int32_t>;
        using bytes_t        = typename few_bytes<lanes>::u8;
        using signs_t        = typename few_bytes<lanes>::i8;
        i32 slope, start, other, least, most, white;
        set_t::splat(slope, line.slope);
        set_t::splat(start, line.start[1]);
        set_t::splat(other, line.start[1] ^ line.start[0]);
        set_t::splat(least, line.least);
        set_t::splat(most, 255);
        set_t::splat(white, line.white_less);
        for (; done + lanes <= width; done += lanes) {
            bytes_t few;
            signs_t noise;
            simd::load(few, pixels + done);
            simd::load(noise, signs + done);
            i32       v    = __builtin_convertvector(few, i32);
            i32 const sign = __builtin_convertvector(noise, i32);
            i32 const less = -((v + 1) >> 8) & ~(sign >> 31) & white;
            set_t::dot2(v, v, slope);
            v   = (v + (start ^ (other & (sign >> 31)))) >> 15;
            v   = v > least ? v : least;
            v   = v < most ? v : most;
            v   = v - less;
            few = __builtin_convertvector(v, bytes_t);
            simd::store(few, to + done);
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
