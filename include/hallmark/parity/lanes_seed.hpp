// Part of the published program's draws: those of many pictures at once, a picture in each lane.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/simd.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/core/unrolled.hpp>
#include <hallmark/random/md5_lanes.hpp>
#include <hallmark/random/numpy_lanes.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

/// Pixels [first, first + count) of sample n, channel first.
inline void copy_pixels(tensor_view<std::uint8_t const> const& pictures, std::size_t n, std::size_t first, std::size_t count, std::uint8_t* to) noexcept {
    if (count == 0) {
        return;
    }
    auto const height = pictures.height(), width = pictures.width();
    auto       c = first / (height * width), h = first / width % height, w = first % width;
    while (count != 0) {
        auto const  take = std::min(count, width - w);
        auto const* row  = pictures.row(n, c, h);
        if (pictures.stride[3] == 1) {
            std::memcpy(to, row + w, take);
        } else {
            for (std::size_t i = 0; i < take; ++i) {
                to[i] = row[static_cast<std::ptrdiff_t>(w + i) * pictures.stride[3]];
            }
        }
        to += take, count -= take, w = 0;
        if (++h == height) {
            h = 0, ++c;
        }
    }
}

#if HALLMARK_VECTORS
/// The bits of level / 255, rounded to float. 1/255 is 0.010101... in base 256: five digits of it decide the rounding for every level. Both products
/// are exact, so that only their sum is rounded.
template <class Set>
HALLMARK_INLINE void unit_bits(typename Set::u32& levels) noexcept {
    typename Set::f32 const level = __builtin_convertvector((typename Set::i32)levels, typename Set::f32);
    typename Set::f32       high = level * 0x1.01p-8f, low = level * 0x1.0101p-24f;
    Set::rounded(high);
    Set::rounded(low);
    high   = high + low;
    levels = (typename Set::u32)high;
}

/// MD5 of the pixels of samples [first, first + count), channel first, as float32. `count` in [1, streams].
template <class Set>
HALLMARK_INLINE void hash_pictures(tensor_view<std::uint8_t const> const& pictures, std::size_t first, std::size_t count, md5_lanes<Set>& hash) noexcept {
    using u32              = typename Set::u32;
    constexpr auto lanes   = md5_lanes<Set>::lanes;
    constexpr auto vectors = md5_lanes<Set>::vectors;
    constexpr auto streams = md5_lanes<Set>::streams;
    constexpr auto chunk   = std::size_t{1024};
    auto const     pixels  = pictures.channels() * pictures.height() * pictures.width();
    auto const     bits    = std::uint64_t{pixels} * 32;
    std::uint8_t   bytes[chunk];
    std::uint32_t  packed[chunk / 4][streams];  // four pixels a word
    u32            words[16][vectors];
    auto const     unpack = [&](std::size_t q) HALLMARK_INLINE_LAMBDA {
        unrolled<4 * vectors>([&](auto place) HALLMARK_INLINE_LAMBDA {
            constexpr std::size_t i = place / vectors, v = place % vectors;
            u32                   four;
            simd::load(four, packed[q + i] + v * lanes);
            unrolled<4>([&](auto k) HALLMARK_INLINE_LAMBDA {
                words[4 * i + k][v] = (four >> static_cast<int>(8 * k)) & 255u;
                unit_bits<Set>(words[4 * i + k][v]);
            });
        });
    };
    std::size_t at = 0;
    for (bool last = false; !last;) {
        auto const here = std::min(chunk, pixels - at);
        last            = here < chunk;  // with nothing left there is still the padding
        for (std::size_t s = 0; s < streams; ++s) {
            if (s < count) {
                copy_pixels(pictures, first + s, at, here, bytes);
            }
            for (std::size_t i = here; i % 16 != 0; ++i) {
                bytes[i] = 0;
            }
            for (std::size_t q = 0; q < (here + 15) / 16 * 4; ++q) {
                std::memcpy(&packed[q][s], bytes + 4 * q, 4);  // a lane to spare repeats the last picture
            }
        }
        for (std::size_t i = 0; i + 16 <= here; i += 16) {
            unpack(i / 4);
            hash.block(words);
        }
        at += here;
    }
    // The rest, a one bit, zeros, and the length in bits: one block or two.
    auto const rest = pixels % 16;
    if (rest != 0) {
        unpack((pixels % chunk - rest) / 4);
    }
    auto const put = [&](std::size_t from, std::size_t to, std::uint32_t value) HALLMARK_INLINE_LAMBDA {
        for (std::size_t i = from; i < to; ++i) {
            for (auto& w : words[i]) {
                Set::splat(w, value);
            }
        }
    };
    put(rest, rest + 1, 0x80u);
    put(rest + 1, 16, 0);
    if (rest >= 14) {
        hash.block(words);
        put(0, 16, 0);
    }
    put(14, 15, static_cast<std::uint32_t>(bits));
    put(15, 16, static_cast<std::uint32_t>(bits >> 32));
    hash.block(words);
}
#endif

/// Adds the pictures after the first to `sum`, level / 255 in float32, in their order. False, and no sum, where there are no vectors.
inline auto add_levels(tensor_view<std::uint8_t const> const& pictures, std::span<float> sum) -> bool {
#if HALLMARK_VECTORS
    return simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
        using set_t                 = decltype(set);
        constexpr auto        lanes = set_t::template count<float>;
        constexpr std::size_t part  = 1024;  // the sum of a part stays in the first cache
        typedef std::uint8_t  bytes_t __attribute__((vector_size(lanes)));
        std::uint8_t          bytes[part + lanes] = {};
        for (std::size_t first = 0; first < sum.size(); first += part) {
            auto const count = std::min(part, sum.size() - first);
            for (std::size_t n = 1; n < pictures.samples(); ++n) {
                copy_pixels(pictures, n, first, count, bytes);
                std::size_t i   = 0;
                auto const  add = [&](float* to) HALLMARK_INLINE_LAMBDA {
                    bytes_t few;
                    simd::load(few, bytes + i);
                    auto                levels = __builtin_convertvector(few, typename set_t::u32);
                    typename set_t::f32 v;
                    unit_bits<set_t>(levels);
                    simd::load(v, to);
                    v = v + (typename set_t::f32)levels;
                    set_t::rounded(v);
                    simd::store(v, to);
                };
                for (; i + lanes <= count; i += lanes) {
                    add(sum.data() + first + i);
                }
                if (i < count) {
                    float rest[lanes] = {};
                    std::memcpy(rest, sum.data() + first + i, (count - i) * sizeof(float));
                    add(rest);
                    std::memcpy(sum.data() + first + i, rest, (count - i) * sizeof(float));
                }
            }
        }
    });
#else
    (void)pictures, (void)sum;
    return false;
#endif
}

/// How many pictures are seeded together.
inline constexpr std::size_t seeds_together = 32;

/// `use(n, draws)` for samples [first, first + count): the generator that the published program seeds with each. False, and no call, where there are no
/// vectors.
template <class Use>
auto seed_pictures(tensor_view<std::uint8_t const> const& pictures, std::size_t first, std::size_t count, Use const& use) -> bool {
#if HALLMARK_VECTORS
    std::vector<std::uint32_t> states;
    std::uint32_t              seeds[4][seeds_together] = {};
    std::size_t                streams = 0, done = 0;
    while (done < count) {
        if (!simd::run([&](auto set) HALLMARK_INLINE_LAMBDA {
                using set_t = decltype(set);
                streams     = md5_lanes<set_t>::streams;
                static_assert(md5_lanes<set_t>::streams <= seeds_together);
                states.resize(624 * streams);
                md5_lanes<set_t> hash;
                hash_pictures<set_t>(pictures, first + done, std::min(streams, count - done), hash);
                for (std::size_t i = 0; i < 4; ++i) {
                    for (std::size_t v = 0; v < md5_lanes<set_t>::vectors; ++v) {
                        simd::store(hash.state[i][v], seeds[i] + v * md5_lanes<set_t>::lanes);
                    }
                }
                seed_twisters<set_t>(hash.state, states.data());
            })) {
            return false;
        }
        for (std::size_t s = 0; s < streams && done < count; ++s, ++done) {
            use(first + done, numpy_lane(states.data() + s, streams, {seeds[0][s], seeds[1][s], seeds[2][s], seeds[3][s]}));
        }
    }
    return true;
#else
    (void)pictures, (void)first, (void)count, (void)use;
    return false;
#endif
}

}  // namespace hallmark::inline v0::detail
