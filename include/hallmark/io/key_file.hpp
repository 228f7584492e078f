// A secret key in a file of its own, which only its owner may read (POSIX).
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/descriptor.hpp>
#include <hallmark/io/quoted.hpp>
#include <hallmark/random/secret_key.hpp>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>

namespace hallmark::inline v0 {
namespace detail {

inline constexpr std::string_view key_file_prefix = "hallmark-key-v1 ";
inline constexpr std::size_t      key_file_size   = key_file_prefix.size() + 2 * secret_key::size + 1;

/// Memory that held a secret, overwritten on every way out.
template <class T, std::size_t N>
struct wiped_array {
    std::array<T, N> value{};

    wiped_array()                                      = default;
    wiped_array(wiped_array const&)                    = delete;
    auto operator=(wiped_array const&) -> wiped_array& = delete;
    ~wiped_array() { wipe(value.data(), sizeof value); }
};

/// 0 to 15, or 16 for what is no lowercase hexadecimal digit.
[[nodiscard]] constexpr auto hex_digit(char c) noexcept -> unsigned {
    return c >= '0' && c <= '9' ? static_cast<unsigned>(c - '0') : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a') + 10 : 16;
}
}  // namespace detail

/// Reads a key that `write_key_file` wrote. A file that anybody but its owner may use is `errc::unsafe_permissions`: a key
/// that others could have read proves nothing. No sentence ever repeats what is in the file.
[[nodiscard]] inline auto read_key_file(std::string const& path) -> secret_key {
    constexpr auto function = "hallmark::read_key_file";
    auto const     file     = detail::open_to_read(path, function, O_NONBLOCK);  // a named pipe must not hang the program
    struct stat    about {};
    if (::fstat(file.get(), &about) != 0) {
        detail::fail(errc::io_failure, function, ": cannot examine ", detail::quote(path), ": ", detail::reason(errno));
    }
    detail::require(S_ISREG(about.st_mode), errc::bad_format, function, ": ", detail::quote(path), " is not a regular file");
    detail::require((about.st_mode & 077u) == 0, errc::unsafe_permissions, function, ": ", detail::quote(path),
                    " can be used by others than its owner; make it private with: chmod 600");

    detail::wiped_array<char, detail::key_file_size + 1> text;  // one more, to see a longer file
    auto const                                           have = detail::read_some(file, std::as_writable_bytes(std::span(text.value)), path, function);
    auto const                                           line = std::string_view(text.value.data(), have);
    auto good = have == detail::key_file_size && line.substr(0, detail::key_file_prefix.size()) == detail::key_file_prefix && line.back() == '\n';

    detail::wiped_array<std::uint8_t, secret_key::size> bytes;
    for (std::size_t i = 0; good && i < secret_key::size; ++i) {
        auto const high = detail::hex_digit(line[detail::key_file_prefix.size() + 2 * i]);
        auto const low  = detail::hex_digit(line[detail::key_file_prefix.size() + 2 * i + 1]);
        good            = high < 16 && low < 16;
        bytes.value[i]  = static_cast<std::uint8_t>((high << 4 | low) & 255u);
    }
    detail::require(good, errc::bad_format, function, ": ", detail::quote(path),
                    " is not a key file; allowed is one line: hallmark-key-v1, a space and 64 lowercase hexadecimal digits");
    return secret_key::from_bytes(bytes.value);
}

/// Writes the key to a new file that only its owner may read (mode 0600). An existing file is never overwritten: the
/// key in it could not be got back, and with it every mark made from it would be lost.
inline void write_key_file(std::string const& path, secret_key const& key) {
    constexpr std::string_view                       digits = "0123456789abcdef";
    detail::wiped_array<char, detail::key_file_size> text;
    auto*                                            out = text.value.data();
    for (char c : detail::key_file_prefix) {
        *out++ = c;
    }
    for (auto b : key.reveal()) {
        *out++ = digits[b >> 4];
        *out++ = digits[b & 15];
    }
    *out = '\n';
    write_file(path, std::string_view(text.value.data(), text.value.size()), {.mode = 0600, .must_be_new = true});
}

}  // namespace hallmark::inline v0
