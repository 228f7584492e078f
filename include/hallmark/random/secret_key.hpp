// The owner's secret: 256 bits that every random choice of a mark comes from.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/random/sha256.hpp>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

#include <unistd.h>  // getentropy

namespace hallmark::inline v0 {

namespace detail {
/// Overwrites memory in a way the compiler may not leave out, although nobody reads the memory again.
inline void wipe(void* data, std::size_t size) noexcept {
    auto* bytes = static_cast<unsigned char volatile*>(data);
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = 0;
    }
}
}  // namespace detail

/// Who has this key can make, find and deny the owner's marks, so it never reaches a log, a report or a
/// manifest: it cannot be printed or compared, is copied only by asking for it (`clone`), and its memory is
/// overwritten when it goes. What may be published is its `commitment`.
class secret_key {
public:
    static constexpr std::size_t size = 32;  ///< bytes

    /// A fresh key from the operating system's generator.
    [[nodiscard]] static auto generate() -> secret_key {
        secret_key key;
        detail::require(::getentropy(key.bytes_.data(), size) == 0, errc::io_failure,
                        "hallmark::secret_key::generate: the operating system gave no random bytes: ", std::strerror(errno));
        return key;
    }
    /// A key whose bytes are already secret and uniform (a key file, a slow hash of a passphrase). The
    /// caller wipes his own copy.
    [[nodiscard]] static auto from_bytes(std::span<std::uint8_t const, size> bytes) noexcept -> secret_key {
        secret_key key;
        std::memcpy(key.bytes_.data(), bytes.data(), size);
        return key;
    }

    secret_key(secret_key&& other) noexcept : bytes_(other.bytes_) { other.wipe(); }
    auto operator=(secret_key&& other) noexcept -> secret_key& {
        if (this != &other) {
            bytes_ = other.bytes_;
            other.wipe();
        }
        return *this;
    }
    secret_key(secret_key const&)                    = delete;
    auto operator=(secret_key const&) -> secret_key& = delete;
    ~secret_key() { wipe(); }

    [[nodiscard]] auto clone() const noexcept -> secret_key { return from_bytes(bytes_); }

    /// The bytes themselves. The name is there to be searched for: every use is a place where the secret leaves.
    [[nodiscard]] auto reveal() const noexcept -> std::span<std::uint8_t const, size> { return bytes_; }

    /// SHA-256 of a fixed text and the key, in hexadecimal. Publishing it before an audit fixes the key
    /// without giving it away; for a key made from a passphrase it lets others test guesses, each at the
    /// price of the slow hash.
    [[nodiscard]] auto commitment() const -> std::string {
        sha256_stream s;
        s.update("hallmark key commitment 1\n");
        s.update(std::span<std::uint8_t const>(bytes_));
        return to_hex(s.finish());
    }

private:
    secret_key() noexcept = default;
    void wipe() noexcept { detail::wipe(bytes_.data(), size); }

    std::array<std::uint8_t, size> bytes_{};
};

}  // namespace hallmark::inline v0
