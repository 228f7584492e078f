// The one exception type hallmark throws, and the check that throws it.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace hallmark::inline v0 {

/// What kind of mistake an `error` reports, for programs; `what()` is for people.
enum class errc {
    empty_input,         ///< a batch, a set or a file with nothing in it
    shape_mismatch,      ///< two things that must agree in length or extent do not
    out_of_domain,       ///< a value outside the range the function is defined on
    not_a_number,        ///< NaN or infinity where a finite number is needed
    bad_format,          ///< a file or a text that is not what it should be
    io_failure,          ///< the operating system refused: missing file, full disk, no permission
    unsafe_permissions,  ///< a secret that others can read
    budget_exhausted,    ///< a model was asked more often than its owner allowed
};

/// Thrown when a caller breaks a precondition that only the running program can see. The message is
/// one sentence: it names the function and the argument, gives the value, and says what is allowed.
class error : public std::runtime_error {
public:
    error(errc code, std::string const& what) : std::runtime_error(what), code_(code) {}
    [[nodiscard]] auto code() const noexcept -> errc { return code_; }

private:
    errc code_;
};

namespace detail {
inline void append(std::string& out, std::string_view text) { out += text; }
inline void append(std::string& out, char c) { out += c; }

template <std::integral T>
void append(std::string& out, T value) {
    out += std::to_string(value);
}

template <std::floating_point T>
void append(std::string& out, T value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", static_cast<double>(value));
    out += text;
}

/// Texts and numbers put side by side: `sentence("ratio is ", 1.5)` is "ratio is 1.5".
template <class... Parts>
[[nodiscard]] auto sentence(Parts const&... parts) -> std::string {
    std::string out;
    (append(out, parts), ...);
    return out;
}

// Out of line and cold: a message assembled inline at every check is code nobody runs.
template <class... Parts>
[[noreturn, gnu::cold, gnu::noinline]] void fail(errc code, Parts const&... parts) {
    throw error(code, sentence(parts...));
}

template <class... Parts>
void require(bool ok, errc code, Parts const&... parts) {
    if (!ok) [[unlikely]] {
        fail(code, parts...);
    }
}

// By their bits and not by comparison: under -ffast-math the compiler may assume that NaN does not happen and
// remove the very check that looks for it.
[[nodiscard]] constexpr auto is_number(float v) noexcept -> bool { return (std::bit_cast<std::uint32_t>(v) & 0x7f800000u) != 0x7f800000u; }
[[nodiscard]] constexpr auto is_number(double v) noexcept -> bool { return (std::bit_cast<std::uint64_t>(v) & 0x7ff0000000000000u) != 0x7ff0000000000000u; }
/// In [0, 1], by the order of the bits of positive floats. −0 counts as 0.
[[nodiscard]] constexpr auto is_unit(float v) noexcept -> bool {
    auto const bits = std::bit_cast<std::uint32_t>(v);
    return bits <= 0x3f800000u || bits == 0x80000000u;
}
}  // namespace detail
}  // namespace hallmark::inline v0
