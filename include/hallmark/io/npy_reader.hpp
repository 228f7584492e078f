// A .npy file read block by block: arrays that do not fit into memory.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/descriptor.hpp>
#include <hallmark/io/npy_header.hpp>
#include <hallmark/io/quoted.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace hallmark::inline v0 {

/// The float32 or float64 elements of a .npy file as doubles, in the order of the file. Memory for one block, whatever the size of the file.
/// Arrays of more than one dimension must be in C order; integers are read by read_npy. A file that ends before its header's
/// number of elements is an error when its end is read.
class npy_reader {
public:
    explicit npy_reader(std::string path) : path_(std::move(path)), file_(detail::open_to_read(path_, who)) {
        // The header's length is known after 12 bytes, and no header is longer than npy_max_header.
        std::vector<std::byte> head(12);
        head.resize(detail::read_some(file_, head, path_, who));
        if (head.size() == 12) {
            auto const at     = [&](std::size_t i) { return std::to_integer<std::size_t>(head[i]); };
            auto const wide   = at(6) != 1;
            auto const length = wide ? at(8) | at(9) << 8 | at(10) << 16 | at(11) << 24 : at(8) | at(9) << 8;
            auto const whole  = (wide ? std::size_t{12} : std::size_t{10}) + std::min(length, detail::npy_max_header);
            auto const have   = head.size();
            if (whole > have) {
                head.resize(whole);
                head.resize(have + detail::read_some(file_, std::span(head).subspan(have), path_, who));
            }
        }
        auto const header = detail::parse_npy_header(head, path_);
        detail::require(header.type == npy_type::float32 || header.type == npy_type::float64, errc::bad_format, who, ": the elements of ", detail::quote(path_),
                        " are ", name_of(header.type), "; allowed are float32 and float64");
        detail::require(!header.fortran_order || header.shape.size() < 2, errc::bad_format, who, ": ", detail::quote(path_),
                        " is in Fortran order; allowed is C order");
        for (auto const extent : header.shape) {
            detail::require(extent == 0 || size_ <= std::numeric_limits<std::uint64_t>::max() / 16 / extent, errc::bad_format, who, ": ", detail::quote(path_),
                            " declares more elements than a machine can address");
            size_ *= extent;
        }
        left_  = size_;
        type_  = header.type;
        order_ = header.order;
        shape_ = header.shape;
    }

    [[nodiscard]] auto shape() const noexcept -> std::vector<std::size_t> const& { return shape_; }
    /// Elements in all, and those not read yet.
    [[nodiscard]] auto size() const noexcept -> std::uint64_t { return size_; }
    [[nodiscard]] auto left() const noexcept -> std::uint64_t { return left_; }

    /// Fills `out` with the next elements and returns how many there were: fewer than its length only at the end, then 0.
    /// Throws errc::bad_format where the file ends too early, errc::io_failure where it cannot be read.
    [[nodiscard]] auto read(std::span<double> out) -> std::size_t {
        auto const  wanted = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), left_));
        std::size_t done   = 0;
        while (done < wanted) {
            auto const item  = item_size(type_);
            auto const count = std::min(wanted - done, block_.size() / item);
            auto const bytes = std::span(block_).first(count * item);
            detail::require(detail::read_some(file_, bytes, path_, who) == bytes.size(), errc::bad_format, who, ": ", detail::quote(path_),
                            " ends after fewer than the ", size_, " elements it declares");
            for (std::size_t i = 0; i < count; ++i) {
                out[done + i] = type_ == npy_type::float32 ? static_cast<double>(element<float, std::uint32_t>(i)) : element<double, std::uint64_t>(i);
            }
            done += count;
            left_ -= count;
        }
        return done;
    }

private:
    static constexpr std::string_view who = "hallmark::npy_reader";

    template <class T, class Bits>
    [[nodiscard]] auto element(std::size_t i) const noexcept -> T {
        Bits bits = 0;
        std::memcpy(&bits, block_.data() + i * sizeof(T), sizeof(T));
        if (order_ != std::endian::native) {
            Bits turned = 0;
            for (std::size_t b = 0; b < sizeof(T); ++b) {
                turned = turned << 8 | ((bits >> (8 * b)) & 0xffu);
            }
            bits = turned;
        }
        return std::bit_cast<T>(bits);
    }

    std::string                    path_;
    detail::descriptor             file_;
    std::vector<std::size_t>       shape_;
    std::uint64_t                  size_ = 1, left_ = 0;
    npy_type                       type_  = npy_type::float64;
    std::endian                    order_ = std::endian::native;
    std::array<std::byte, 1 << 16> block_{};
};

}  // namespace hallmark::inline v0
