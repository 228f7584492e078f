// An open file of the operating system, and reading from it (POSIX). Internal to io/.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/quoted.hpp>

#include <cerrno>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace hallmark::inline v0 {
namespace detail {

/// What the operating system says about an errno value.
[[nodiscard]] inline auto reason(int code) -> std::string { return std::generic_category().message(code); }

/// An open file; closes itself.
class descriptor {
public:
    explicit descriptor(int fd) noexcept : fd_(fd) {}
    descriptor(descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    descriptor(descriptor const&)                    = delete;
    auto operator=(descriptor const&) -> descriptor& = delete;
    auto operator=(descriptor&&) -> descriptor&      = delete;
    ~descriptor() { (void)close(); }

    [[nodiscard]] explicit operator bool() const noexcept { return fd_ >= 0; }
    [[nodiscard]] auto     get() const noexcept -> int { return fd_; }
    /// False where the file system reports a late write error, which some do only here.
    [[nodiscard]] auto close() noexcept -> bool {
        auto const fd = std::exchange(fd_, -1);
        return fd < 0 || ::close(fd) == 0;
    }

private:
    int fd_;
};

/// A zero byte in a name would end it early for the operating system, and another file would be opened.
inline void require_path(std::string const& path, std::string_view function) {
    require(!path.empty() && path.find('\0') == std::string::npos, errc::io_failure, function, ": path is ", quote(path),
            "; allowed is a name that is not empty and has no zero byte");
}

/// Opens for reading or throws a sentence that begins with `function`.
[[nodiscard]] inline auto open_to_read(std::string const& path, std::string_view function, int extra_flags = 0) -> descriptor {
    require_path(path, function);
    auto file = descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | extra_flags));
    if (!file) {
        fail(errc::io_failure, function, ": cannot open ", quote(path), ": ", reason(errno));
    }
    return file;
}

/// Fills `room` from the file; fewer bytes than that only at the end of the file.
[[nodiscard]] inline auto read_some(descriptor const& file, std::span<std::byte> room, std::string const& path, std::string_view function) -> std::size_t {
    std::size_t have = 0;
    while (have < room.size()) {
        auto const got = ::read(file.get(), room.data() + have, room.size() - have);
        if (got == 0) {
            break;
        }
        if (got < 0 && errno != EINTR) {
            fail(errc::io_failure, function, ": cannot read ", quote(path), ": ", reason(errno));
        }
        have += got < 0 ? 0 : static_cast<std::size_t>(got);
    }
    return have;
}
}  // namespace detail
}  // namespace hallmark::inline v0
