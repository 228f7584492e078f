// The pictures and the key that every benchmark uses: the same bytes on every backend.
#pragma once

#include <hallmark/random/secret_key.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace bench {

inline auto key() -> hallmark::secret_key {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(i);
    }
    return hallmark::secret_key::from_bytes(bytes);
}

/// Pixel number i of a picture with some texture.
template <class Scalar>
auto pixel(std::size_t i) -> Scalar {
    auto const level = static_cast<std::uint8_t>(i * 37 % 251);
    if constexpr (std::is_same_v<Scalar, std::uint8_t>) {
        return level;
    } else {
        return static_cast<Scalar>(level) * 0x1p-8f;
    }
}

template <class Elements>
void paint(Elements&& elements) {
    std::size_t i = 0;
    for (auto& e : elements) {
        e = pixel<std::remove_reference_t<decltype(e)>>(i++);
    }
}

}  // namespace bench
