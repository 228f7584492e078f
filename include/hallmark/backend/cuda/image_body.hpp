// Part of the CUDA backend: the kernels that go through pictures and their painted levels, for blends that look at a whole picture.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/image_steps.hpp>
#include <hallmark/backend/cuda/mark_body.hpp>
#include <hallmark/blend/change.hpp>
#include <hallmark/blend/dct.hpp>
#include <hallmark/config.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/pattern/concept.hpp>

#include <cstddef>
#include <cstdint>

namespace hallmark::inline v0::detail::device {

/// What both kernels are given. Block 0 does piece 0 of channel `first`, counted over all pictures; a channel is cut into `across` pieces.
template <class Scalar, class Draw, class Blend>
struct image_job {
    tensor_view<Scalar, cuda_space>       out;
    tensor_view<Scalar const, cuda_space> in;
    picture_draw<Draw> const*             draws;  // of picture 0 of `out`
    drawn_blends<Blend>                   blends;
    level const*                          levels;   // of `out`, channel by channel
    std::uint32_t const*                  filters;  // of each pattern, or null
    std::uint64_t                         first;
    std::uint32_t                         across, down;
};

/// Looks at a piece, or, after the last look, makes its pixels.
template <class Scalar, class Draw, class Blend>
struct image_body : image_job<Scalar, Draw, Blend> {
    using steps                         = image_steps<Blend>;
    static constexpr unsigned threads   = 256;
    static constexpr unsigned piece     = 4096;
    static constexpr unsigned of_filter = 1 + 15 * 15;

    findings* found;  // of each picture of `out`, or of each channel
    unsigned  step;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return threads / warp_size * sizeof(findings); }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const  channels = this->in.channels(), height = this->in.height(), width = this->in.width();
        auto const  group = this->first + block.index() / this->across;
        auto const  n = group / channels, c = group % channels;
        auto const  draw   = this->draws[n];
        auto const& blend  = this->blends[draw.pattern];
        auto const  pixels = height * width;
        auto const  count  = steps::by_channel ? pixels : pixels * channels;
        auto const  begin  = block.index() % this->across * std::uint64_t{piece};
        auto const  end    = pixels - begin < piece ? pixels : begin + piece;
        auto* const place  = found + (steps::by_channel ? group : n);
        auto const  each   = [&](unsigned t, auto const& f) {
            for (auto i = begin + t; i < end; i += threads) {
                auto const at = level_place{this->levels + group * pixels,
                                            height,
                                            width,
                                            i / width,
                                            i % width,
                                            this->filters == nullptr ? nullptr : this->filters + std::size_t{draw.pattern} * of_filter};
                f(at, sound(this->in.at(draw.source, c, at.row, at.column)));
            }
        };
        if (step == steps::looks) {
            block.apart([&](unsigned t) {
                auto const how = steps::template ready<Scalar>(blend, *place, count);
                each(t, [&](level_place const& at, Scalar x) { this->out.at(n, c, at.row, at.column) = steps::finish(blend, how, x, at); });
            });
            return;
        }
        typename Block::template own<findings> seen;
        block.each([&](unsigned t) { each(t, [&](level_place const& at, Scalar x) { steps::look(blend, step, *place, count, x, at, seen[t]); }); });
        auto const all = block.reduce(seen, joined{steps::sums(step)}, block.template shared<findings>());
        block.apart([&](unsigned t) {
            if (t == 0) {
                for (int i = 0; i < 5; ++i) {
                    if (steps::sums(step)) {
                        atomic_add(place->of + i, all.of[i]);
                    } else {
                        atomic_greatest(place->of + i, all.of[i]);
                    }
                }
            }
        });
    }

private:
    struct joined {
        bool             sums;
        HALLMARK_HD void operator()(findings& a, findings const& b) const noexcept {
            for (int i = 0; i < 5; ++i) {
                a.of[i] = sums ? a.of[i] + b.of[i] : (b.of[i] > a.of[i] ? b.of[i] : a.of[i]);
            }
        }
    };
};

/// The changes of sixteen 8 × 8 blocks side by side through the cosine transform and back, a thread for each row.
template <class Scalar, class Draw, class Blend>
struct band_body : image_job<Scalar, Draw, Blend> {
    static constexpr unsigned threads = 128;
    static constexpr unsigned piece   = threads / 8;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return 2 * piece * sizeof(block8); }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const  channels = this->in.channels(), height = this->in.height(), width = this->in.width();
        auto const  group = this->first + block.index() / this->across;
        auto const  n = group / channels, c = group % channels;
        auto const  draw   = this->draws[n];
        auto const& blend  = this->blends[draw.pattern];
        auto const* plane  = this->levels + group * height * width;
        auto const  wide   = (width + 7) / 8;
        auto const  begin  = block.index() % this->across * std::uint64_t{piece};
        auto* const one    = block.template shared<block8>();
        auto* const two    = one + piece;
        auto const  inside = [](std::size_t i, std::size_t extent) { return i < extent ? i : extent - 1; };
        block.each([&](unsigned t) {
            auto const b = begin + t / 8;  // beyond the last one: rows beyond the picture, of which nothing is written
            auto const y = inside(b / wide * 8 + t % 8, height);
            for (unsigned k = 0; k < 8; ++k) {
                one[t / 8].v[t % 8][k] = plane[y * width + inside(b % wide * 8 + k, width)];
            }
        });
        block.each([&](unsigned t) { dct_row<false>(one[t / 8], t % 8, two[t / 8]); });
        block.each([&](unsigned t) { dct_row<false>(two[t / 8], t % 8, one[t / 8]); });
        block.each([&](unsigned t) {
            for (unsigned v = 0; v < 8; ++v) {
                auto& coefficient = one[t / 8].v[t % 8][v];
                coefficient       = blend.keeps(t % 8 + v) ? coefficient : 0;
            }
            dct_row<true>(one[t / 8], t % 8, two[t / 8]);
        });
        block.each([&](unsigned t) { dct_row<true>(two[t / 8], t % 8, one[t / 8]); });
        block.apart([&](unsigned t) {
            auto const b   = begin + t / 8;
            auto const row = b / wide * 8 + t % 8;
            for (unsigned k = 0; row < height && k < 8 && b % wide * 8 + k < width; ++k) {
                auto const column               = b % wide * 8 + k;
                auto const change               = static_cast<level>(one[t / 8].v[t % 8][k]);
                this->out.at(n, c, row, column) = changed(sound(this->in.at(draw.source, c, row, column)), fine_level{change} << 16);
            }
        });
    }
};

}  // namespace hallmark::inline v0::detail::device
