// From one secret to the stream of every draw: secret → user → (version, purpose, sample) → stream.
#pragma once

#include <hallmark/random/chacha20.hpp>
#include <hallmark/random/secret_key.hpp>
#include <hallmark/random/sha256.hpp>
#include <hallmark/random/stream.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hallmark::inline v0 {

/// Whose pictures: a number, or a name of any length (its SHA-256, cut to 127 bits). Numbers and names never
/// stand for the same user.
class user_id {
public:
    template <std::integral T>
    constexpr user_id(T number) noexcept
        : word_{static_cast<std::uint32_t>(static_cast<std::uint64_t>(number)), static_cast<std::uint32_t>(static_cast<std::uint64_t>(number) >> 32), 0, 0} {}

    user_id(std::string_view name) noexcept {
        auto const hash = sha256(name);
        for (std::size_t i = 0; i < 16; ++i) {
            word_[i / 4] |= std::uint32_t{hash[i]} << (8 * (i % 4));
        }
        word_[3] |= 0x80000000u;
    }
    user_id(std::string const& name) noexcept : user_id(std::string_view(name)) {}
    user_id(char const* name) noexcept : user_id(std::string_view(name)) {}

    [[nodiscard]] constexpr auto address() const noexcept -> chacha_input { return {{word_[0], word_[1], word_[2], word_[3]}}; }

    friend constexpr auto operator==(user_id const&, user_id const&) -> bool = default;

private:
    std::uint32_t word_[4] = {};
};

/// What a draw is for. Streams of different purposes have nothing in common.
enum class purpose : std::uint32_t { pattern = 1, noise = 2, audit = 3 };

/// The part of a secret that belongs to one user. Wiped on destruction, like the secret.
class user_key {
public:
    user_key(secret_key const& secret, user_id user) noexcept {
        chacha_key root{};
        auto const bytes = secret.reveal();
        for (std::size_t i = 0; i < secret_key::size; ++i) {
            root.word[i / 4] |= std::uint32_t{bytes[i]} << (8 * (i % 4));
        }
        key_ = derive(root, user.address());
        detail::wipe(&root, sizeof root);
    }
    user_key(user_key const&)                    = delete;
    auto operator=(user_key const&) -> user_key& = delete;
    ~user_key() { detail::wipe(&key_, sizeof key_); }

    /// The draws of one sample for one purpose. Version 0 is the mark that is published; versions 1, 2, …
    /// are the marks it could have had, which an audit compares it with.
    [[nodiscard]] auto open(std::uint32_t version, purpose what, std::uint64_t sample) const noexcept -> stream {
        return stream(
            derive(key_, {{version, static_cast<std::uint32_t>(what), static_cast<std::uint32_t>(sample), static_cast<std::uint32_t>(sample >> 32)}}));
    }

private:
    // Half of a block keyed with the parent, at the child's address: ChaCha20 as a pseudo-random function,
    // so no child tells anything about its parent or its siblings.
    static auto derive(chacha_key const& parent, chacha_input const& address) noexcept -> chacha_key {
        auto const block = chacha20(parent, address);
        chacha_key child{};
        for (std::size_t i = 0; i < 8; ++i) {
            child.word[i] = block.word[i];
        }
        return child;
    }

    chacha_key key_{};
};

}  // namespace hallmark::inline v0
