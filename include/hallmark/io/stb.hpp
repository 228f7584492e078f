// Sean Barrett's stb_image and stb_image_write, compiled into a namespace of hallmark's own. Internal to io/image.hpp.
//
// stb's functions are C functions with global names, defined in whichever source file says so. A header-only
// library cannot ask its user for such a file, and must not clash with one that exists already. So this header makes
// its own copy: in a namespace and static, in every source file that includes it. Programs may define
// STB_IMAGE_IMPLEMENTATION wherever they like, before or after this header or in another file, or link
// libstb; nothing has to be defined for hallmark. Every macro that is touched here is put back at the end.
#pragma once

// What stb includes, included first: inside the namespace it would declare the C library there.
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#    include <emmintrin.h>
#endif

#include <stdexcept>

namespace hallmark::inline v0 {
namespace detail::stb {
// A broken file that gets past stb's checks to its assertions must not end the program.
[[noreturn]] inline void assertion_failed() { throw std::runtime_error("the decoder met a state it does not expect"); }

/// Memory of the PNG writer, which takes thousands of small pieces a picture, lets them grow, and gives all of them back at the end: malloc took longer than
/// the rest of it. Nothing is given back piece by piece; a thread keeps its first block for the next picture.
class workspace {
public:
    [[nodiscard]] static auto mine() noexcept -> workspace& {
        static thread_local workspace held;
        return held;
    }
    workspace()                                    = default;
    workspace(workspace const&)                    = delete;
    auto operator=(workspace const&) -> workspace& = delete;
    ~workspace() {
        clear();
        free(top_);
    }

    /// Null if there is no memory. Aligned to 16 bytes.
    [[nodiscard]] auto get(size_t size) noexcept -> void* {
        size = rounded(size);
        if (top_ == nullptr || top_->size - top_->used < size) {
            auto const room = size > first_size ? size : first_size;
            auto*      next = static_cast<block*>(malloc(sizeof(block) + room));
            if (next == nullptr) {
                return nullptr;
            }
            *next = {top_, room, 0};
            top_  = next;
        }
        auto* const out = bytes_of(top_) + top_->used;
        top_->used += size;
        return out;
    }
    /// The piece that was got last grows where it is; any other is copied.
    [[nodiscard]] auto grow(void* old, size_t had, size_t size) noexcept -> void* {
        if (old == nullptr) {
            return get(size);
        }
        auto* const from = static_cast<char*>(old);
        auto const  more = rounded(size) - rounded(had);
        if (from + rounded(had) == bytes_of(top_) + top_->used && top_->size - top_->used >= more) {
            top_->used += more;
            return old;
        }
        auto* const to = get(size);
        if (to != nullptr) {
            memcpy(to, old, had);
        }
        return to;
    }
    /// Takes everything back.
    void clear() noexcept {
        while (top_ != nullptr && top_->before != nullptr) {
            auto* const before = top_->before;
            free(top_);
            top_ = before;
        }
        if (top_ != nullptr && top_->size > first_size) {
            free(top_);
            top_ = nullptr;
        }
        if (top_ != nullptr) {
            top_->used = 0;
        }
    }

private:
    struct alignas(16) block {
        block* before;
        size_t size, used;
    };
    static constexpr size_t first_size = size_t{1} << 20;

    static auto rounded(size_t size) noexcept -> size_t { return (size + 15) / 16 * 16; }
    static auto bytes_of(block* b) noexcept -> char* { return reinterpret_cast<char*>(b + 1); }

    block* top_ = nullptr;
};
}  // namespace detail::stb
}  // namespace hallmark::inline v0

#pragma push_macro("STBI_INCLUDE_STB_IMAGE_H")
#pragma push_macro("STB_IMAGE_IMPLEMENTATION")
#pragma push_macro("STB_IMAGE_STATIC")
#pragma push_macro("STBIDEF")
#pragma push_macro("STBI_ASSERT")
#pragma push_macro("STBI_MALLOC")
#pragma push_macro("STBI_REALLOC")
#pragma push_macro("STBI_REALLOC_SIZED")
#pragma push_macro("STBI_FREE")
#pragma push_macro("STBI_MAX_DIMENSIONS")
#pragma push_macro("STBI_NO_STDIO")
#pragma push_macro("STBI_NO_LINEAR")
#pragma push_macro("STBI_NO_HDR")
#pragma push_macro("STBI_NO_JPEG")
#pragma push_macro("STBI_NO_PNG")
#pragma push_macro("STBI_NO_BMP")
#pragma push_macro("STBI_NO_PSD")
#pragma push_macro("STBI_NO_TGA")
#pragma push_macro("STBI_NO_GIF")
#pragma push_macro("STBI_NO_PIC")
#pragma push_macro("STBI_NO_PNM")
#pragma push_macro("STBI_NO_ZLIB")
#pragma push_macro("STBI_NO_FAILURE_STRINGS")
#pragma push_macro("stbi__err")
#pragma push_macro("INCLUDE_STB_IMAGE_WRITE_H")
#pragma push_macro("STB_IMAGE_WRITE_IMPLEMENTATION")
#pragma push_macro("STB_IMAGE_WRITE_STATIC")
#pragma push_macro("STBIWDEF")
#pragma push_macro("STBIW_ASSERT")
#pragma push_macro("STBIW_MALLOC")
#pragma push_macro("STBIW_REALLOC")
#pragma push_macro("STBIW_REALLOC_SIZED")
#pragma push_macro("STBIW_FREE")
#pragma push_macro("STBI_WRITE_NO_STDIO")

#undef STBI_INCLUDE_STB_IMAGE_H
#undef STB_IMAGE_IMPLEMENTATION
#undef STB_IMAGE_STATIC
#undef STBIDEF
#undef STBI_ASSERT
#undef STBI_MALLOC
#undef STBI_REALLOC
#undef STBI_REALLOC_SIZED
#undef STBI_FREE
#undef STBI_MAX_DIMENSIONS
#undef STBI_NO_STDIO
#undef STBI_NO_LINEAR
#undef STBI_NO_HDR
#undef STBI_NO_JPEG
#undef STBI_NO_PNG
#undef STBI_NO_BMP
#undef STBI_NO_PSD
#undef STBI_NO_TGA
#undef STBI_NO_GIF
#undef STBI_NO_PIC
#undef STBI_NO_PNM
#undef STBI_NO_ZLIB
#undef STBI_NO_FAILURE_STRINGS
#undef stbi__err
#undef INCLUDE_STB_IMAGE_WRITE_H
#undef STB_IMAGE_WRITE_IMPLEMENTATION
#undef STB_IMAGE_WRITE_STATIC
#undef STBIWDEF
#undef STBIW_ASSERT
#undef STBIW_MALLOC
#undef STBIW_REALLOC
#undef STBIW_REALLOC_SIZED
#undef STBIW_FREE
#undef STBI_WRITE_NO_STDIO

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ASSERT(x) ((x) ? (void)0 : ::hallmark::detail::stb::assertion_failed())
// Zeroed memory: a JPEG that uses a table it never defined would be decoded with whatever lay there before.
#define STBI_MALLOC(size) calloc(1, size)
#define STBI_REALLOC(p, size) realloc(p, size)
#define STBI_FREE(p) free(p)
#define STBI_NO_STDIO
#define STBI_NO_LINEAR
#define STBI_NO_HDR
#define STBI_NO_PSD
#define STBI_NO_TGA
#define STBI_NO_GIF
#define STBI_NO_PIC
#define STBI_NO_PNM
#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBIW_ASSERT(x) ((x) ? (void)0 : ::hallmark::detail::stb::assertion_failed())
#define STBI_WRITE_NO_STDIO
#define STBIW_MALLOC(size) ::hallmark::detail::stb::workspace::mine().get(size)
#define STBIW_REALLOC_SIZED(p, had, size) ::hallmark::detail::stb::workspace::mine().grow(p, had, size)
#define STBIW_REALLOC(p, size) STBIW_REALLOC_SIZED(p, 0, size)
#define STBIW_FREE(p) (void)(p)

// g++ gives a static function declared in an extern "C" block its bare name in the object file, whatever the
// namespace. Other names keep them apart from a second copy of stb in the same source file.
#define stbi_load_from_memory hallmark_stbi_load_from_memory
#define stbi_load_from_callbacks hallmark_stbi_load_from_callbacks
#define stbi_load_16_from_memory hallmark_stbi_load_16_from_memory
#define stbi_load_16_from_callbacks hallmark_stbi_load_16_from_callbacks
#define stbi_is_hdr_from_memory hallmark_stbi_is_hdr_from_memory
#define stbi_is_hdr_from_callbacks hallmark_stbi_is_hdr_from_callbacks
#define stbi_is_16_bit_from_memory hallmark_stbi_is_16_bit_from_memory
#define stbi_is_16_bit_from_callbacks hallmark_stbi_is_16_bit_from_callbacks
#define stbi_failure_reason hallmark_stbi_failure_reason
#define stbi_image_free hallmark_stbi_image_free
#define stbi_info_from_memory hallmark_stbi_info_from_memory
#define stbi_info_from_callbacks hallmark_stbi_info_from_callbacks
#define stbi_set_unpremultiply_on_load hallmark_stbi_set_unpremultiply_on_load
#define stbi_set_unpremultiply_on_load_thread hallmark_stbi_set_unpremultiply_on_load_thread
#define stbi_convert_iphone_png_to_rgb hallmark_stbi_convert_iphone_png_to_rgb
#define stbi_convert_iphone_png_to_rgb_thread hallmark_stbi_convert_iphone_png_to_rgb_thread
#define stbi_set_flip_vertically_on_load hallmark_stbi_set_flip_vertically_on_load
#define stbi_set_flip_vertically_on_load_thread hallmark_stbi_set_flip_vertically_on_load_thread
#define stbi_zlib_decode_malloc hallmark_stbi_zlib_decode_malloc
#define stbi_zlib_decode_malloc_guesssize hallmark_stbi_zlib_decode_malloc_guesssize
#define stbi_zlib_decode_malloc_guesssize_headerflag hallmark_stbi_zlib_decode_malloc_guesssize_headerflag
#define stbi_zlib_decode_buffer hallmark_stbi_zlib_decode_buffer
#define stbi_zlib_decode_noheader_malloc hallmark_stbi_zlib_decode_noheader_malloc
#define stbi_zlib_decode_noheader_buffer hallmark_stbi_zlib_decode_noheader_buffer

// stb is not written for these warnings, and of static functions a file uses but a few.
#pragma GCC diagnostic push
#if defined(__clang__)
#    pragma GCC diagnostic ignored "-Weverything"
#else
#    pragma GCC diagnostic ignored "-Wconversion"
#    pragma GCC diagnostic ignored "-Wsign-conversion"
#    pragma GCC diagnostic ignored "-Wshadow"
#    pragma GCC diagnostic ignored "-Wunused-function"
#    pragma GCC diagnostic ignored "-Wunused-variable"
#    pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#    pragma GCC diagnostic ignored "-Wimplicit-fallthrough"
#    pragma GCC diagnostic ignored "-Wsign-compare"
#    pragma GCC diagnostic ignored "-Wtype-limits"
#    pragma GCC diagnostic ignored "-Wunused-but-set-variable"
#    pragma GCC diagnostic ignored "-Wuseless-cast"
#    pragma GCC diagnostic ignored "-Wold-style-cast"
#endif
namespace hallmark::inline v0 {
namespace detail::stb {
#include <stb_image.h>
#include <stb_image_write.h>
}  // namespace detail::stb
}  // namespace hallmark::inline v0
#pragma GCC diagnostic pop

#undef stbi_load_from_memory
#undef stbi_load_from_callbacks
#undef stbi_load_16_from_memory
#undef stbi_load_16_from_callbacks
#undef stbi_is_hdr_from_memory
#undef stbi_is_hdr_from_callbacks
#undef stbi_is_16_bit_from_memory
#undef stbi_is_16_bit_from_callbacks
#undef stbi_failure_reason
#undef stbi_image_free
#undef stbi_info_from_memory
#undef stbi_info_from_callbacks
#undef stbi_set_unpremultiply_on_load
#undef stbi_set_unpremultiply_on_load_thread
#undef stbi_convert_iphone_png_to_rgb
#undef stbi_convert_iphone_png_to_rgb_thread
#undef stbi_set_flip_vertically_on_load
#undef stbi_set_flip_vertically_on_load_thread
#undef stbi_zlib_decode_malloc
#undef stbi_zlib_decode_malloc_guesssize
#undef stbi_zlib_decode_malloc_guesssize_headerflag
#undef stbi_zlib_decode_buffer
#undef stbi_zlib_decode_noheader_malloc
#undef stbi_zlib_decode_noheader_buffer

#pragma pop_macro("STBI_INCLUDE_STB_IMAGE_H")
#pragma pop_macro("STB_IMAGE_IMPLEMENTATION")
#pragma pop_macro("STB_IMAGE_STATIC")
#pragma pop_macro("STBIDEF")
#pragma pop_macro("STBI_ASSERT")
#pragma pop_macro("STBI_MALLOC")
#pragma pop_macro("STBI_REALLOC")
#pragma pop_macro("STBI_REALLOC_SIZED")
#pragma pop_macro("STBI_FREE")
#pragma pop_macro("STBI_MAX_DIMENSIONS")
#pragma pop_macro("STBI_NO_STDIO")
#pragma pop_macro("STBI_NO_LINEAR")
#pragma pop_macro("STBI_NO_HDR")
#pragma pop_macro("STBI_NO_JPEG")
#pragma pop_macro("STBI_NO_PNG")
#pragma pop_macro("STBI_NO_BMP")
#pragma pop_macro("STBI_NO_PSD")
#pragma pop_macro("STBI_NO_TGA")
#pragma pop_macro("STBI_NO_GIF")
#pragma pop_macro("STBI_NO_PIC")
#pragma pop_macro("STBI_NO_PNM")
#pragma pop_macro("STBI_NO_ZLIB")
#pragma pop_macro("STBI_NO_FAILURE_STRINGS")
#pragma pop_macro("stbi__err")
#pragma pop_macro("INCLUDE_STB_IMAGE_WRITE_H")
#pragma pop_macro("STB_IMAGE_WRITE_IMPLEMENTATION")
#pragma pop_macro("STB_IMAGE_WRITE_STATIC")
#pragma pop_macro("STBIWDEF")
#pragma pop_macro("STBIW_ASSERT")
#pragma pop_macro("STBIW_MALLOC")
#pragma pop_macro("STBIW_REALLOC")
#pragma pop_macro("STBIW_REALLOC_SIZED")
#pragma pop_macro("STBIW_FREE")
#pragma pop_macro("STBI_WRITE_NO_STDIO")
