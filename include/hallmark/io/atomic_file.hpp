// Whole files in and out: a write either happens completely or leaves what was there (POSIX).
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/descriptor.hpp>
#include <hallmark/io/quoted.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hallmark::inline v0 {

/// How `write_file` writes.
struct file_options {
    unsigned mode        = 0644;   ///< permissions of the file, less the process's umask
    bool     must_be_new = false;  ///< an existing file is an error, also when two programs race for the name
    bool     flush       = true;   ///< wait until the disk has it; false is faster and still atomic for every other program
};

namespace detail {

/// The folder that holds `path`, with its closing slash; empty means the working folder.
[[nodiscard]] inline auto folder_of(std::string const& path) -> std::string { return path.substr(0, path.rfind('/') + 1); }

/// A new file beside `path`, removed again unless it was put in place.
class temporary_file {
public:
    temporary_file(std::string const& path, unsigned mode) : name_(unused_name(path)), file_(open_new(path, mode)) {}
    temporary_file(temporary_file const&)                    = delete;
    auto operator=(temporary_file const&) -> temporary_file& = delete;
    ~temporary_file() {
        if (!in_place_) {
            ::unlink(name_.c_str());
        }
    }

    /// Empty when all went well, else the step that failed; errno says why.
    [[nodiscard]] auto put(std::string const& path, std::span<std::byte const> bytes, file_options const& options) -> std::string_view {
        if (!write_all(bytes)) {
            return "write";
        }
        if (options.flush && ::fsync(file_.get()) != 0) {
            return "flush";
        }
        if (!file_.close()) {
            return "close";
        }
        if (options.must_be_new) {  // unlike rename, link never replaces; the temporary name goes afterwards
            return ::link(name_.c_str(), path.c_str()) == 0 ? "" : "create";
        }
        in_place_ = ::rename(name_.c_str(), path.c_str()) == 0;
        return in_place_ ? "" : "replace";
    }

private:
    // Not made from the file's own name, which may be as long as a name can be.
    [[nodiscard]] static auto unused_name(std::string const& path) -> std::string {
        static std::atomic<unsigned> counter{0};
        auto const                   folder = folder_of(path);
        for (;;) {
            auto        name = sentence(folder, ".hallmark-", static_cast<long>(::getpid()), "-", counter.fetch_add(1), ".tmp");
            struct stat there {};
            if (::lstat(name.c_str(), &there) != 0) {
                return name;  // the open below still refuses a name that appears in between
            }
        }
    }
    [[nodiscard]] auto open_new(std::string const& path, unsigned mode) const -> descriptor {
        auto file = descriptor(::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, static_cast<mode_t>(mode)));
        if (!file) {
            fail(errc::io_failure, "hallmark::write_file: cannot create a file beside ", quote(path), ": ", reason(errno));
        }
        return file;
    }
    [[nodiscard]] auto write_all(std::span<std::byte const> bytes) const noexcept -> bool {
        while (!bytes.empty()) {
            auto const put = ::write(file_.get(), bytes.data(), bytes.size());
            if (put < 0 && errno != EINTR) {
                return false;
            }
            bytes = bytes.subspan(put < 0 ? 0 : static_cast<std::size_t>(put));
        }
        return true;
    }

    std::string name_;
    descriptor  file_;
    bool        in_place_ = false;
};
}  // namespace detail

/// Makes the file `path` hold exactly `bytes`. Whoever looks sees the old file or the new one, never a part:
/// the bytes go to a new file in the same folder, to the disk, and then take the name. On any failure the old file is
/// as it was, nothing is left behind, and `errc::io_failure` says what the operating system said. A symbolic
/// link at `path` is replaced, not followed.
inline void write_file(std::string const& path, std::span<std::byte const> bytes, file_options const& options = {}) {
    detail::require_path(path, "hallmark::write_file");
    detail::require(options.mode <= 0777, errc::out_of_domain, "hallmark::write_file: mode is ", options.mode, "; allowed is 0 to 511 (0777)");
    {
        auto       file   = detail::temporary_file(path, options.mode);
        auto const failed = file.put(path, bytes, options);
        auto const why    = errno;
        detail::require(!(failed == "create" && why == EEXIST), errc::io_failure, "hallmark::write_file: ", detail::quote(path),
                        " exists already and is never overwritten");
        if (!failed.empty()) {
            detail::fail(errc::io_failure, "hallmark::write_file: cannot ", failed, " ", detail::quote(path), ": ", detail::reason(why));
        }
    }
    if (options.flush) {  // the name itself is data of the folder
        auto const folder = detail::folder_of(path);
        auto const opened = detail::open_to_read(folder.empty() ? "." : folder, "hallmark::write_file", O_DIRECTORY);
        if (::fsync(opened.get()) != 0 && errno != EINVAL) {  // EINVAL: this file system cannot flush folders
            detail::fail(errc::io_failure, "hallmark::write_file: ", detail::quote(path),
                         " is written, but its folder cannot be flushed: ", detail::reason(errno));
        }
    }
}
inline void write_file(std::string const& path, std::string_view text, file_options const& options = {}) {
    write_file(path, std::as_bytes(std::span<char const>(text.data(), text.size())), options);
}

/// All bytes of `path`, which may also be a pipe. More than `size_limit` bytes is an error before they are held in memory.
[[nodiscard]] inline auto read_file(std::string const& path, std::uint64_t size_limit) -> std::vector<std::byte> {
    constexpr auto function = "hallmark::read_file";
    auto const     file     = detail::open_to_read(path, function);
    struct stat    about {};
    detail::require(::fstat(file.get(), &about) == 0, errc::io_failure, function, ": cannot examine ", detail::quote(path));
    auto const known    = S_ISREG(about.st_mode) ? static_cast<std::uint64_t>(about.st_size) : 0;
    auto const too_long = [&] {
        detail::fail(errc::out_of_domain, function, ": ", detail::quote(path), " is longer than ", size_limit, " bytes, which is the limit here");
    };
    if (known > size_limit) {
        too_long();
    }

    std::vector<std::byte> bytes;
    std::size_t            have = 0;
    auto                   room = known + 1;  // the extra byte finds the end, or that the file has grown
    for (;;) {
        bytes.resize(static_cast<std::size_t>(room));
        have += detail::read_some(file, std::span(bytes).subspan(have), path, function);
        if (have > size_limit) {
            too_long();
        }
        if (have < bytes.size()) {
            break;
        }
        room = std::min(2 * room + 65536, std::max(size_limit, size_limit + 1));  // max: the largest number has no successor
    }
    bytes.resize(have);
    return bytes;
}

}  // namespace hallmark::inline v0
