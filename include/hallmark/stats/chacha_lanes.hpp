// ChaCha20 for eight addresses at once, for tests that draw millions of arrangements (internal). Same words as random/chacha20.hpp, lane by lane.
#pragma once

#include <hallmark/random/chacha20.hpp>
#include <hallmark/random/stream.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hallmark::inline v0::detail {

inline constexpr std::size_t chacha_lanes = 8;

/// Word w of lane l is word[w][l]. Loops of a fixed eight steps are what compilers turn into vector instructions.
struct chacha_block_lanes {
    std::uint32_t word[16][chacha_lanes];
};

/// One block for each lane, of its own key and address.
inline void chacha20_in_lanes(chacha_key const (&keys)[chacha_lanes], chacha_input const (&in)[chacha_lanes], chacha_block_lanes& out) noexcept {
    constexpr std::uint32_t constants[4] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    chacha_block_lanes      x;
    for (std::size_t l = 0; l < chacha_lanes; ++l) {
        for (std::size_t w = 0; w < 16; ++w) {
            x.word[w][l] = w < 4 ? constants[w] : w < 12 ? keys[l].word[w - 4] : in[l].word[w - 12];
        }
    }
    out                = x;
    auto const quarter = [&x](std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
        for (std::size_t l = 0; l < chacha_lanes; ++l) {
            auto p = x.word[a][l], q = x.word[b][l], r = x.word[c][l], s = x.word[d][l];
            p += q, s = rotate_left(s ^ p, 16);
            r += s, q = rotate_left(q ^ r, 12);
            p += q, s = rotate_left(s ^ p, 8);
            r += s, q = rotate_left(q ^ r, 7);
            x.word[a][l] = p, x.word[b][l] = q, x.word[c][l] = r, x.word[d][l] = s;
        }
    };
    for (int i = 0; i < 10; ++i) {
        quarter(0, 4, 8, 12), quarter(1, 5, 9, 13), quarter(2, 6, 10, 14), quarter(3, 7, 11, 15);
        quarter(0, 5, 10, 15), quarter(1, 6, 11, 12), quarter(2, 7, 8, 13), quarter(3, 4, 9, 14);
    }
    for (std::size_t w = 0; w < 16; ++w) {
        for (std::size_t l = 0; l < chacha_lanes; ++l) {
            out.word[w][l] += x.word[w][l];
        }
    }
}

/// The words of one stream from its beginning, made 128 at a time: `stream` with another speed.
class fast_stream {
public:
    explicit fast_stream(chacha_key const& key) noexcept {
        for (auto& k : keys_) {
            k = key;
        }
    }
    [[nodiscard]] auto bits() noexcept -> std::uint32_t {
        auto const at = index_ % (16 * chacha_lanes);
        if (at == 0) {
            chacha_input in[chacha_lanes];
            for (std::size_t l = 0; l < chacha_lanes; ++l) {
                auto const block = index_ / 16 + l;
                in[l]            = {{static_cast<std::uint32_t>(block), static_cast<std::uint32_t>(block >> 32), 0, 0}};
            }
            chacha20_in_lanes(keys_, in, blocks_);
        }
        ++index_;
        return blocks_.word[at % 16][at / 16];
    }

private:
    chacha_key         keys_[chacha_lanes];
    chacha_block_lanes blocks_;
    std::uint64_t      index_ = 0;
};

/// The first words of eight streams, made together; `lane(l)` reads one of them. Beyond those words it asks the stream itself.
class stream_lanes {
public:
    explicit stream_lanes(std::size_t words) : blocks_((words + 15) / 16) {}

    void make(chacha_key const (&keys)[chacha_lanes]) noexcept {
        for (std::size_t l = 0; l < chacha_lanes; ++l) {
            keys_[l] = keys[l];
        }
        for (std::size_t b = 0; b < blocks_.size(); ++b) {
            chacha_input in[chacha_lanes];
            for (auto& i : in) {
                i = {{static_cast<std::uint32_t>(b), 0, 0, 0}};
            }
            chacha20_in_lanes(keys_, in, blocks_[b]);
        }
    }

    class reader {
    public:
        reader(stream_lanes const& all, std::size_t lane) noexcept : all_(&all), lane_(lane) {}
        [[nodiscard]] auto bits() noexcept -> std::uint32_t {
            auto const at = at_++;
            if (at / 16 < all_->blocks_.size()) {
                return all_->blocks_[at / 16].word[at % 16][lane_];
            }
            auto rest = stream(all_->keys_[lane_]);  // seldom: a draw was rejected
            rest.seek(at);
            return rest.bits();
        }

    private:
        stream_lanes const* all_;
        std::size_t         lane_, at_ = 0;
    };
    [[nodiscard]] auto lane(std::size_t l) const noexcept -> reader { return {*this, l}; }

private:
    std::vector<chacha_block_lanes> blocks_;
    chacha_key                      keys_[chacha_lanes] = {};
};

}  // namespace hallmark::inline v0::detail
