// Internal to the kernels in lanes: logarithms, with the same bits for every instruction set.
#pragma once

#include <hallmark/config.hpp>
#include <hallmark/core/unrolled.hpp>

#include <cstddef>
#include <cstring>

namespace hallmark::inline v0::detail {

template <class To, class From>
HALLMARK_INLINE void bits_of(To& to, From const& from) noexcept {
    static_assert(sizeof(To) == sizeof(From));
    std::memcpy(&to, &from, sizeof to);
}
/// 2 · artanh(s) for |s| ≤ 1/3, 1e-10 off relatively: log((1 + s) / (1 − s)).
template <class Set, std::size_t Count>
HALLMARK_INLINE void two_artanh(typename Set::f64 (&s)[Count]) noexcept {
    typename Set::f64 square[Count], p[Count];
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        square[i] = s[i] * s[i];
        Set::rounded(square[i]);
        p[i] = typename Set::f64{} + 2.0 / 19;
    });
    constexpr double series[] = {2.0 / 17, 2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3, 2.0};
    unrolled<9>([&](auto k) HALLMARK_INLINE_LAMBDA {
        unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
            p[i] = p[i] * square[i];
            Set::rounded(p[i]);
            p[i] = p[i] + series[k];
        });
    });
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        s[i] = p[i] * s[i];
        Set::rounded(s[i]);
    });
}

/// log(x) for normal x > 0: e · log 2 + log m, each an ulp or two off.
template <class Set, std::size_t Count>
HALLMARK_INLINE void log_f64(typename Set::f64 (&x)[Count]) noexcept {
    typename Set::f64 m[Count], e[Count];
    typename Set::i64 word, power;
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA {
        bits_of(word, x[i]);
        // m = x / 2^e in [2/3, 4/3): the exponent of 1.5 · x, in whole steps.
        power = (word - 0x3fe5555555555555) >> 52;
        word  = word - (power << 52);
        bits_of(m[i], word);
        word = power + 0x4338000000000000;  // as in exp: an integer in the lowest bits of 1.5 · 2^52
        bits_of(e[i], word);
        e[i] = (e[i] - 6755399441055744.0) * 0.6931471805599453;
        Set::rounded(e[i]);
        m[i] = (m[i] - 1.0) / (m[i] + 1.0);
    });
    two_artanh<Set>(m);
    unrolled<Count>([&](auto i) HALLMARK_INLINE_LAMBDA { x[i] = e[i] + m[i]; });
}

}  // namespace hallmark::inline v0::detail
