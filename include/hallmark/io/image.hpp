// JPEG, PNG and BMP files as pictures, and back (stb_image, stb_image_write).
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/image_layout.hpp>
#include <hallmark/io/orientation.hpp>
#include <hallmark/io/quoted.hpp>
#include <hallmark/io/stb.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
struct stb_free {
    void operator()(stb::stbi_uc* p) const noexcept { stb::hallmark_stbi_image_free(p); }
};

/// Pixels in the order row, column, channel, as stb takes and gives them.
[[nodiscard]] inline auto interleaved(tensor_view<std::uint8_t const> picture, std::string_view function) -> std::vector<std::uint8_t> {
    require(picture.samples() == 1, errc::shape_mismatch, function, ": the batch has ", picture.samples(), " samples; allowed is 1");
    require(picture.channels() == 1 || picture.channels() == 3, errc::out_of_domain, function, ": the picture has ", picture.channels(),
            " channels; allowed is 1 or 3");
    // Half of what is read: stb_image_write counts bytes in int, and doubles its buffer as it grows.
    require(picture.height() >= 1 && picture.width() >= 1 && picture.height() <= max_pixels / 2 / picture.width(), errc::out_of_domain, function,
            ": the picture has ", picture.height(), " rows and ", picture.width(), " columns; allowed is at least 1 of each and at most ", max_pixels / 2,
            " pixels");
    std::vector<std::uint8_t> pixels(picture.size());
    auto                      out = pixels.begin();
    for (std::size_t h = 0; h < picture.height(); ++h) {
        for (std::size_t w = 0; w < picture.width(); ++w) {
            for (std::size_t c = 0; c < picture.channels(); ++c) {
                *out++ = picture.at(0, c, h, w);
            }
        }
    }
    return pixels;
}

inline void append_bytes(void* context, void* data, int size) {
    auto&      out   = *static_cast<std::vector<std::byte>*>(context);
    auto const bytes = std::span<std::byte const>(static_cast<std::byte const*>(data), static_cast<std::size_t>(size));
    out.insert(out.end(), bytes.begin(), bytes.end());
}
}  // namespace detail

/// Decodes a JPEG, PNG or BMP file in memory to extents (1, channels, height, width). `channels` is 1 (grey) or 3 (red,
/// green, blue); a colour file read as grey becomes (77 red + 150 green + 29 blue) / 256, a grey file read as
/// colour is repeated. Transparency is dropped: the colours are those stored in the file, not mixed with a
/// background, which is what training pipelines do. 16-bit files keep their upper 8 bits. A JPEG file's
/// orientation tag is obeyed: the picture comes out upright, as viewers show it, and PNG files made from it need no tag. Colour profiles are
/// ignored. A file that ends early is an error, not a picture with a grey end. `name` stands for
/// the file in error sentences.
[[nodiscard]] inline auto decode_image(std::span<std::byte const> bytes, std::size_t channels = 3, std::string_view name = "memory")
    -> image_batch<std::uint8_t> {
    constexpr auto function = "hallmark::decode_image: ";
    detail::require(channels == 1 || channels == 3, errc::out_of_domain, function, "channels is ", channels, "; allowed is 1 or 3");
    detail::require(bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()), errc::out_of_domain, function, detail::quote(name), " has ",
                    bytes.size(), " bytes; allowed is at most ", std::numeric_limits<int>::max());
    detail::require_complete_image(bytes, name);

    auto const*                                             data   = reinterpret_cast<detail::stb::stbi_uc const*>(bytes.data());
    auto const                                              length = static_cast<int>(bytes.size());
    int                                                     width = 0, height = 0, stored = 0;
    std::string                                             why;
    std::unique_ptr<detail::stb::stbi_uc, detail::stb_free> pixels;
    try {
        if (detail::stb::hallmark_stbi_info_from_memory(data, length, &width, &height, &stored) != 0) {
            detail::require(static_cast<std::uint64_t>(width) * static_cast<std::uint64_t>(height) <= detail::max_pixels, errc::out_of_domain, function,
                            detail::quote(name), " has ", height, " rows and ", width, " columns; allowed is at most ", detail::max_pixels, " pixels");
            pixels.reset(detail::stb::hallmark_stbi_load_from_memory(data, length, &width, &height, &stored, static_cast<int>(channels)));
        }
        auto const* reason = detail::stb::hallmark_stbi_failure_reason();
        why                = reason == nullptr ? "no reason given" : reason;
    } catch (error const&) {
        throw;
    } catch (std::runtime_error const& broken) {  // an assertion inside stb
        why = broken.what();
    }
    detail::require(pixels != nullptr, errc::bad_format, function, detail::quote(name), " cannot be decoded: ", why);

    auto const place = upright{jpeg_orientation(bytes), static_cast<std::size_t>(height), static_cast<std::size_t>(width)};
    auto const from  = nhwc<std::uint8_t const>(pixels.get(), 1, channels, place.height, place.width);
    auto       result =
        place.turned() ? image_batch<std::uint8_t>(1, channels, place.width, place.height) : image_batch<std::uint8_t>(1, channels, place.height, place.width);
    auto const to = result.view();
    for (std::size_t c = 0; c < channels; ++c) {
        for (std::size_t h = 0; h < place.height; ++h) {
            for (std::size_t w = 0; w < place.width; ++w) {
                auto const p                 = place(h, w);
                to.at(0, c, p.row, p.column) = from.at(0, c, h, w);
            }
        }
    }
    return result;
}

/// Decodes a file of at most `size_limit` bytes; see `decode_image`.
[[nodiscard]] inline auto read_image(std::string const& path, std::size_t channels = 3, std::uint64_t size_limit = std::uint64_t{1} << 30)
    -> image_batch<std::uint8_t> {
    return decode_image(read_file(path, size_limit), channels, path);
}

/// `decode_image` with its channels chosen, for the functions that load many pictures (io/folder.hpp, io/archive.hpp).
struct image_decoder {
    std::size_t channels = 3;

    [[nodiscard]] auto operator()(std::span<std::byte const> bytes) const -> image_batch<std::uint8_t> { return decode_image(bytes, channels); }
};

/// A PNG file, 8 bits a channel, of the one sample in `picture` (1 or 3 channels, any strides). Decoding gives the same pixels.
[[nodiscard]] inline auto encode_png(tensor_view<std::uint8_t const> picture) -> std::vector<std::byte> {
    auto const             pixels   = detail::interleaved(picture, "hallmark::encode_png");
    auto const             width    = static_cast<int>(picture.width());
    auto const             height   = static_cast<int>(picture.height());
    auto const             channels = static_cast<int>(picture.channels());
    std::vector<std::byte> file;
    struct at_the_end {
        ~at_the_end() { detail::stb::workspace::mine().clear(); }
    } const release;
    auto const done = detail::stb::stbi_write_png_to_func(detail::append_bytes, &file, width, height, channels, pixels.data(), width * channels);
    detail::require(done != 0, errc::io_failure, "hallmark::encode_png: no memory for the encoder");
    return file;
}

/// A JPEG file of the one sample in `picture` (1 or 3 channels, any strides, extents to 65535). `quality` is 1 (smallest) to
/// 100 (best); up to 90 the colours have half the resolution (4:2:0). Lossy: decoding gives similar pixels. A
/// grey picture is stored as colour with three equal channels.
[[nodiscard]] inline auto encode_jpeg(tensor_view<std::uint8_t const> picture, int quality) -> std::vector<std::byte> {
    constexpr auto function = "hallmark::encode_jpeg";
    detail::require(quality >= 1 && quality <= 100, errc::out_of_domain, function, ": quality is ", quality, "; allowed is 1 to 100");
    auto const pixels = detail::interleaved(picture, function);
    detail::require(picture.width() <= 65535 && picture.height() <= 65535, errc::out_of_domain, function, ": the picture has ", picture.height(), " rows and ",
                    picture.width(), " columns; allowed is at most 65535 of each");
    std::vector<std::byte> file;
    auto const done = detail::stb::stbi_write_jpg_to_func(detail::append_bytes, &file, static_cast<int>(picture.width()), static_cast<int>(picture.height()),
                                                          static_cast<int>(picture.channels()), pixels.data(), quality);
    detail::require(done != 0, errc::io_failure, "hallmark::encode_jpeg: no memory for the encoder");
    return file;
}

}  // namespace hallmark::inline v0
