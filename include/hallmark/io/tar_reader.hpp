// The tar format (POSIX.1-1988 ustar, POSIX.1-2001 pax, GNU long names), read from any source of bytes. Internal to io/.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/quoted.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

/// What an archive may ask of the reader's memory.
struct archive_limits {
    std::uint64_t file_size = std::uint64_t{1} << 30;  ///< bytes of one file
};

namespace detail {

inline constexpr std::size_t tar_block     = 512;
inline constexpr std::size_t tar_max_words = std::size_t{1} << 16;  // bytes of a long name or of a pax header

/// `Reader` has read(span<std::byte>) -> size_t, which gives fewer bytes than asked for only at the end.
template <class Reader>
class tar_reader {
public:
    tar_reader(Reader& reader, std::string_view function, std::string_view file, archive_limits const& limits)
        : reader_(reader), function_(function), file_(file), limits_(limits) {}

    template <class F>
    void for_each(F&& f) {
        while (next_header()) {
            auto const kind = field(156, 1).empty() ? '0' : field(156, 1)[0];
            auto const size = number(124, 12);
            switch (kind) {
                case 'L':  // GNU: the data are the next entry's name
                    long_name_ = until_zero(text_data(size, "a long name"));
                    break;
                case 'x':  // pax: the data describe the next entry
                    read_pax(text_data(size, "a pax header"));
                    break;
                case 'g':  // pax: describes all entries; none of what it can say matters here
                case 'K':  // GNU: a long link target
                    (void)text_data(size, "a header");
                    break;
                default:
                    entry(kind, size, f);
            }
        }
    }

private:
    template <class... Parts>
    [[noreturn]] void bad(Parts const&... parts) const {
        fail(errc::bad_format, function_, ": ", quote(file_), parts...);
    }

    template <class F>
    void entry(char kind, std::uint64_t size, F&& f) {
        auto const name = checked(full_name());
        if (has_size_) {
            size = size_;
        }
        long_name_.clear();
        has_size_ = false;
        if (kind == '5') {  // a folder: its size is a hint, and no data follow
            return;
        }
        if (kind != '0' && kind != '7') {
            bad(" has ", quote(name), ", which is not a regular file; links and devices are not read");
        }
        require(size <= limits_.file_size, errc::out_of_domain, function_, ": ", quote(file_), " has ", quote(name), " with ", size,
                " bytes; allowed is at most ", limits_.file_size);
        read_data(size);
        f(std::string_view(name), std::span<std::byte const>(data_));
    }

    /// False at the block of zeros that ends the archive.
    [[nodiscard]] auto next_header() -> bool {
        if (reader_.read(header_) < tar_block) {
            bad(" ends without the mark of an archive's end");
        }
        if (std::all_of(std::begin(header_), std::end(header_), [](std::byte b) { return b == std::byte{0}; })) {
            // What follows is padding, read for the checksum that comes after it.
            data_.resize(std::size_t{1} << 16);
            while (reader_.read(data_) != 0) {
            }
            return false;
        }
        auto const    stored = number(148, 8);
        std::uint64_t sum    = 0;
        for (std::size_t i = 0; i < tar_block; ++i) {
            sum += i >= 148 && i < 156 ? std::uint64_t{' '} : std::to_integer<std::uint64_t>(header_[i]);
        }
        if (sum != stored) {
            bad(" has a header with a wrong checksum");
        }
        return true;
    }

    /// A text field up to its first zero.
    [[nodiscard]] auto field(std::size_t offset, std::size_t length) const -> std::string_view {
        return until_zero({reinterpret_cast<char const*>(header_) + offset, length});
    }
    [[nodiscard]] static auto until_zero(std::string_view text) -> std::string_view { return text.substr(0, text.find('\0')); }

    /// An octal number, or GNU's binary form for what octal digits cannot hold.
    [[nodiscard]] auto number(std::size_t offset, std::size_t length) const -> std::uint64_t {
        auto const    at    = [&](std::size_t i) { return std::to_integer<std::uint64_t>(header_[offset + i]); };
        std::uint64_t value = 0;
        if (at(0) == 0x80) {
            for (std::size_t i = 1; i < length; ++i) {
                if (value >> 56 != 0) {
                    bad(" has a header with a number that is too large");
                }
                value = value << 8 | at(i);
            }
            return value;
        }
        auto text = field(offset, length);
        while (!text.empty() && text.front() == ' ') {
            text.remove_prefix(1);
        }
        while (!text.empty() && text.back() == ' ') {
            text.remove_suffix(1);
        }
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 8);
        if (!text.empty() && (error != std::errc() || end != text.data() + text.size())) {
            bad(" has a header with ", quote(text, 12), " where an octal number is needed");
        }
        return value;
    }

    /// Reads an entry's data into `data_`, and the padding after it. Memory grows with what is really there.
    void read_data(std::uint64_t size) {
        data_.clear();
        while (data_.size() < size) {
            auto const have = data_.size();
            auto const part = static_cast<std::size_t>(std::min<std::uint64_t>(size - have, std::uint64_t{1} << 20));
            data_.resize(have + part);
            if (reader_.read(std::span(data_).subspan(have)) < part) {
                bad(" ends inside a file");
            }
        }
        auto const rest = static_cast<std::size_t>((tar_block - size % tar_block) % tar_block);
        std::byte  padding[tar_block];
        if (reader_.read(std::span(padding, rest)) < rest) {
            bad(" ends inside a file");
        }
    }
    [[nodiscard]] auto text_data(std::uint64_t size, std::string_view what) -> std::string_view {
        require(size <= tar_max_words, errc::out_of_domain, function_, ": ", quote(file_), " has ", what, " of ", size, " bytes; allowed is at most ",
                tar_max_words);
        read_data(size);
        return {reinterpret_cast<char const*>(data_.data()), data_.size()};
    }

    /// Records "LENGTH KEY=VALUE\n", where LENGTH counts the whole record.
    void read_pax(std::string_view text) {
        while (!text.empty()) {
            std::size_t length      = 0;
            auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
            auto const digits       = static_cast<std::size_t>(end - text.data());
            if (error != std::errc() || length > text.size() || length < digits + 3 || text[digits] != ' ' || text[length - 1] != '\n') {
                bad(" has a pax header that is not made of records");
            }
            auto const record = text.substr(digits + 1, length - digits - 2);
            auto const equals = std::min(record.find('='), record.size());
            auto const key    = record.substr(0, equals);
            auto const value  = record.substr(std::min(equals + 1, record.size()));
            if (key == "path") {
                long_name_ = value;
            } else if (key == "size") {
                auto const [stop, problem] = std::from_chars(value.data(), value.data() + value.size(), size_);
                if (problem != std::errc() || stop != value.data() + value.size()) {
                    bad(" has a pax header with ", quote(value, 24), " for a size");
                }
                has_size_ = true;
            }
            text.remove_prefix(length);
        }
    }

    [[nodiscard]] auto full_name() const -> std::string {
        if (!long_name_.empty()) {
            return long_name_;
        }
        auto name = std::string(field(0, 100));
        if (std::string_view(reinterpret_cast<char const*>(header_) + 257, 6) == std::string_view("ustar\0", 6) && !field(345, 155).empty()) {
            name = std::string(field(345, 155)) + "/" + name;  // GNU's own format keeps other things there
        }
        return name;
    }

    /// The name without "." parts and doubled slashes. One that leads out of the archive is an error.
    [[nodiscard]] auto checked(std::string const& name) const -> std::string {
        std::string clean;
        if (name.empty() || name.front() == '/' || name.find('\0') != std::string::npos) {
            bad(" has an entry named ", quote(name), "; allowed are relative names");
        }
        for (auto rest = std::string_view(name); !rest.empty();) {
            auto const slash = std::min(rest.find('/'), rest.size());
            auto const part  = rest.substr(0, slash);
            rest.remove_prefix(std::min(slash + 1, rest.size()));
            if (part == "..") {
                bad(" has an entry named ", quote(name), "; allowed are names without \"..\"");
            }
            if (!part.empty() && part != ".") {
                clean += clean.empty() ? "" : "/";
                clean += part;
            }
        }
        return clean;
    }

    Reader&                reader_;
    std::string_view       function_;
    std::string_view       file_;
    archive_limits         limits_;
    std::byte              header_[tar_block] = {};
    std::string            long_name_;
    std::uint64_t          size_     = 0;
    bool                   has_size_ = false;
    std::vector<std::byte> data_;
};

template <class Reader, class F>
void read_tar(Reader& reader, std::string_view function, std::string_view file, archive_limits const& limits, F&& f) {
    tar_reader<Reader>(reader, function, file, limits).for_each(f);
}
}  // namespace detail
}  // namespace hallmark::inline v0
