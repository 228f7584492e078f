// Files inside a .tar.gz, one after the other, without unpacking it to disk (zlib).
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/descriptor.hpp>
#include <hallmark/io/labelled_images.hpp>
#include <hallmark/io/quoted.hpp>
#include <hallmark/io/tar_reader.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zlib.h>

namespace hallmark::inline v0 {
namespace detail {

/// The decompressed bytes of a gzip stream; `more` gives the next piece of the compressed ones, and nothing at the end.
template <class More>
class gzip_reader {
public:
    gzip_reader(More more, std::string_view function, std::string_view file) : more_(std::move(more)), function_(function), file_(file) {
        // 15: the largest window; + 16: a gzip header and its checksum, nothing else.
        require(::inflateInit2(&state_, 15 + 16) == Z_OK, errc::io_failure, function_, ": no memory to decompress ", quote(file_));
    }
    gzip_reader(gzip_reader const&)                    = delete;
    auto operator=(gzip_reader const&) -> gzip_reader& = delete;
    ~gzip_reader() { ::inflateEnd(&state_); }

    /// Fills `room`; fewer bytes than that only at the end of the stream, after its checksum has been found right.
    [[nodiscard]] auto read(std::span<std::byte> room) -> std::size_t {
        std::size_t have = 0;
        while (have < room.size() && !ended_) {
            auto const part = static_cast<uInt>(std::min<std::size_t>(room.size() - have, 1u << 30));
            if (state_.avail_in == 0 && !refill()) {
                // Between members is the only place where the file may stop.
                require(between_members_ && any_, errc::bad_format, function_, ": ", quote(file_), " ends inside its compressed data");
                ended_ = true;
                break;
            }
            state_.next_out  = reinterpret_cast<Bytef*>(room.data() + have);
            state_.avail_out = part;
            between_members_ = false;
            any_             = true;
            auto const code  = ::inflate(&state_, Z_NO_FLUSH);
            have += part - state_.avail_out;
            if (code == Z_STREAM_END) {
                between_members_ = true;
                require(::inflateReset(&state_) == Z_OK, errc::io_failure, function_, ": cannot decompress ", quote(file_));
            } else if (code != Z_OK && code != Z_BUF_ERROR) {
                fail(errc::bad_format, function_, ": ", quote(file_),
                     " is not a sound gzip file: ", std::string_view(state_.msg == nullptr ? "no reason given" : state_.msg));
            }
        }
        return have;
    }

private:
    [[nodiscard]] auto refill() -> bool {
        std::span<std::byte const> const next = more_();
        // zlib promises not to write through next_in; its type is older than const.
        state_.next_in  = reinterpret_cast<Bytef*>(const_cast<std::byte*>(next.data()));
        state_.avail_in = static_cast<uInt>(next.size());
        return !next.empty();
    }

    More             more_;
    std::string_view function_;
    std::string_view file_;
    z_stream         state_{};
    bool             between_members_ = true;
    bool             any_             = false;
    bool             ended_           = false;
};

template <class More, class F>
void for_each_file_in(More more, std::string_view function, std::string_view file, archive_limits const& limits, F&& f) {
    auto reader = gzip_reader<More>(std::move(more), function, file);
    read_tar(reader, function, file, limits, f);
}

/// Calls `f` for each file of the archive at `path`.
template <class F>
void for_each_file_at(std::string const& path, std::string_view function, archive_limits const& limits, F&& f) {
    auto const             file = open_to_read(path, function);
    std::vector<std::byte> buffer(std::size_t{1} << 18);
    auto const             more = [&] { return std::span<std::byte const>(buffer.data(), read_some(file, buffer, path, function)); };
    for_each_file_in(more, function, path, limits, f);
}
}  // namespace detail

/// Calls `f(std::string_view name, std::span<std::byte const> bytes)` for each regular file of a .tar.gz in memory, in the archive's
/// order; the bytes live until `f` returns. Understood are ustar, GNU long names and pax paths. Checked are every
/// header's checksum, the compressed data's, and that nothing is cut off, but a mistake near the end is found only
/// after `f` has seen the files before it. Absolute names, names with "..", links and devices are errors: a data set has none.
template <class F>
void for_each_file(std::span<std::byte const> archive, F&& f, archive_limits const& limits = {}) {
    auto const more = [rest = archive]() mutable {
        auto const part = rest.first(std::min<std::size_t>(rest.size(), 1u << 30));  // zlib counts in 32 bits
        rest            = rest.subspan(part.size());
        return part;
    };
    detail::for_each_file_in(more, "hallmark::for_each_file", "memory", limits, f);
}

/// The same for a .tar.gz file, which is never held in memory as a whole.
template <class F>
void for_each_file(std::string const& path, F&& f, archive_limits const& limits = {}) {
    detail::for_each_file_at(path, "hallmark::for_each_file", limits, f);
}

/// Reads prefix/CLASS/…/picture inside the .tar.gz at `path` as a labelled data set, as `load_folder` reads an unpacked folder:
/// the same samples in the same order, whatever the archive's. `prefix` is a folder in the archive ("train"), or
/// empty; names are relative to it. The whole archive is read also where few pictures are wanted, for its checksum.
template <class Decoder>
[[nodiscard]] auto load_archive(std::string const& path, std::string_view prefix, Decoder const& decode, gather_options const& options = {})
    -> labelled_images {
    constexpr auto function = "hallmark::load_archive";
    while (!prefix.empty() && prefix.back() == '/') {
        prefix.remove_suffix(1);
    }
    auto const below    = prefix.empty() ? std::string() : std::string(prefix) + "/";
    auto       gatherer = detail::image_gatherer(function, prefix.empty() ? path : path + ":" + std::string(prefix), options);
    detail::for_each_file_at(path, function, {}, [&](std::string_view name, std::span<std::byte const> bytes) {
        if (name.substr(0, below.size()) == below && gatherer.wants(name.substr(below.size()))) {
            gatherer.add(name.substr(below.size()), bytes, decode);
        }
    });
    return gatherer.finish();
}

}  // namespace hallmark::inline v0
