// The marks of the published program, byte for byte, to find pictures that it marked.
#pragma once

#include <hallmark/core/executor.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/pixels.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>
#include <hallmark/parity/lanes_seed.hpp>
#include <hallmark/parity/line.hpp>
#include <hallmark/parity/noise.hpp>
#include <hallmark/parity/seed.hpp>
#include <hallmark/parity/signs.hpp>
#include <hallmark/parity/stripes.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// What the published program's command line sets, with its defaults.
struct parity_options {
    enum class kind : std::uint8_t { perlin, uniform };

    double ratio   = 0.7;          ///< share of the picture, [0, 1]
    double epsilon = 8.0 / 255.0;  ///< height of the noise where white is 1, [0, 1]
    kind   noise   = kind::perlin;
    /// 8-bit pixels are saved from double, as `data_marking.py` does, or from the float32 of the training code. At ties the bytes differ.
    enum class precision : std::uint8_t { float64, float32 } saved_from = precision::float64;
};

/// Marks one user's colour pictures as the published program of Chen & Pattabiraman (2025) does. There is no secret: the stripes follow from the sum of the
/// pictures, the noise of each from the picture itself, so anyone who has the originals can make the same
/// marks. For new marks use `marker`.
///
/// Results are those of NumPy 1.24 on a processor with fused multiply-add; elsewhere NumPy's sine differs in its last bit, which can
/// change the noise only where |map - 0.5| < 1e-6.
class parity_marker {
public:
    explicit parity_marker(parity_options const& options = {}) : options_(options) {
        auto const unit = [](double v) { return detail::is_number(v) && v >= 0.0 && v <= 1.0; };
        detail::require(unit(options.ratio), errc::out_of_domain, who, ": ratio is ", options.ratio, "; allowed is 0 to 1");
        detail::require(unit(options.epsilon), errc::out_of_domain, who, ": epsilon is ", options.epsilon, "; allowed is 0 to 1");
    }

    /// The bytes of the PNG files that the published program saves. The order of the pictures counts: see `parity_sum`.
    template <class Executor = sequential>
    [[nodiscard]] auto operator()(tensor_view<std::uint8_t const> pictures, Executor const& executor = {}) const -> image_batch<std::uint8_t> {
        return run<std::uint8_t>(pictures, stripes_of(pictures), executor);
    }

    /// The marked pictures as float32, as the function `data_marking` gives them to a training that follows. Not clamped: from 0 to about 1.03.
    template <class Executor = sequential>
    [[nodiscard]] auto as_float(tensor_view<std::uint8_t const> pictures, Executor const& executor = {}) const -> image_batch<float> {
        return run<float>(pictures, stripes_of(pictures), executor);
    }
    /// The same, with stripes that another picture seeds, as in the published experiments.
    template <class Executor = sequential>
    [[nodiscard]] auto as_float(tensor_view<std::uint8_t const> pictures, parity_stripes const& behind, Executor const& executor = {}) const
        -> image_batch<float> {
        check(pictures);
        return run<float>(pictures, behind, executor);
    }

    /// The stripes of a user's pictures.
    [[nodiscard]] static auto stripes_of(tensor_view<std::uint8_t const> pictures) -> parity_stripes {
        check(pictures);
        return parity_stripes(parity_stream(parity_sum(pictures).view(), parity_order::channel_last));
    }

    /// What the Perlin noise of sample `n` was drawn to be.
    [[nodiscard]] static auto field_of(tensor_view<std::uint8_t const> pictures, std::size_t n) -> parity_field { return drawn_for(pictures, n).field; }
    /// The same of all pictures, many at once.
    template <class Executor = sequential>
    [[nodiscard]] static auto fields_of(tensor_view<std::uint8_t const> pictures, Executor const& executor = {}) -> std::vector<parity_field> {
        check(pictures);
        std::vector<parity_field> out;
        for (auto const& d : drawn_for_all(pictures, executor)) {
            out.push_back(d.field);
        }
        return out;
    }

    /// The sign of the noise, -1, 0 or 1, for each pixel of sample `n`: one channel of Perlin waves, or three of uniform noise. 0 where the map is 0.5
    /// exactly, which happens at its least sample.
    [[nodiscard]] auto signs(tensor_view<std::uint8_t const> pictures, std::size_t n) const -> std::vector<std::int8_t> {
        return signs_of(drawn_for(pictures, n), pictures.height(), pictures.width());
    }

    /// One marked pixel, every operation rounded to double: `pixel` with noise of this sign, before a pattern of level `behind`. Noise is
    /// clamped so that the pixel does not go below black, but not above white, as published.
    [[nodiscard]] auto pixel(std::uint8_t pixel, int sign, double behind) const noexcept -> double {
        using detail::rounded;
        auto const unit   = detail::unit_level.value[pixel];
        auto const budget = static_cast<double>(static_cast<float>(options_.epsilon));
        auto const floor  = -static_cast<double>(unit) > -budget ? -static_cast<double>(unit) : -budget;
        auto const wanted = static_cast<double>(sign) * options_.epsilon;
        auto const noise  = wanted < floor ? floor : wanted > budget ? budget : wanted;
        auto const noisy  = rounded(static_cast<double>(unit) + rounded(noise));
        auto const front = rounded(options_.ratio * noisy), back = rounded(rounded(1.0 - options_.ratio) * behind);
        return rounded(front + back);
    }
    /// The same as it is saved: a byte, or as `as_float` has it.
    template <class To>
    [[nodiscard]] auto saved(std::uint8_t original, int sign, double behind) const noexcept -> To {
        using detail::rounded;
        auto const v = pixel(original, sign, behind);
        if constexpr (sizeof(To) == 4) {
            return static_cast<float>(v);
        } else if (options_.saved_from == parity_options::precision::float32) {
            auto const byte = rounded(rounded(static_cast<float>(v) * 255.0f) + 0.5f);
            return static_cast<std::uint8_t>(byte < 0.0f ? 0.0f : byte > 255.0f ? 255.0f : byte);
        } else {
            auto const byte = rounded(rounded(v * 255.0) + 0.5);
            return static_cast<std::uint8_t>(byte < 0.0 ? 0.0 : byte > 255.0 ? 255.0 : byte);
        }
    }

private:
    static constexpr auto who = "hallmark::parity_marker";

    static void check(tensor_view<std::uint8_t const> pictures) {
        detail::require_pictures(pictures, who);
        detail::require(pictures.channels() == 3, errc::shape_mismatch, who, ": the pictures have ", pictures.channels(),
                        " channels; allowed is 3, because the published program cannot mark others");
    }

    /// What a picture seeds, and the first draws.
    struct drawn {
        std::array<std::uint32_t, 4> seed{};
        parity_field                 field{};
    };
    [[nodiscard]] static auto drawn_for(tensor_view<std::uint8_t const> pictures, std::size_t n) -> drawn {
        auto const seed  = detail::parity_words(parity_pixels(pictures.slice(n, 1)).view(), parity_order::channel_first);
        auto       draws = numpy_stream(seed);
        return {seed, draw_parity_field(draws)};
    }
    template <class Executor>
    [[nodiscard]] static auto drawn_for_all(tensor_view<std::uint8_t const> pictures, Executor const& executor) -> std::vector<drawn> {
        std::vector<drawn> out(pictures.samples());
        constexpr auto     together = detail::seeds_together;
        executor.for_each((out.size() + together - 1) / together, [&](std::size_t group) {
            auto const first = group * together, count = out.size() - first < together ? out.size() - first : together;
            auto const keep = [&](std::size_t n, detail::numpy_lane draws) { out[n] = {draws.seed(), draw_parity_field(draws)}; };
            if (count == 1 || !detail::seed_pictures(pictures, first, count, keep)) {
                for (auto n = first; n < first + count; ++n) {
                    out[n] = drawn_for(pictures, n);
                }
            }
        });
        return out;
    }

    [[nodiscard]] auto signs_of(drawn const& from, std::size_t height, std::size_t width) const -> std::vector<std::int8_t> {
        if (options_.noise == parity_options::kind::perlin) {
            return detail::parity_signs(from.field, height, width);
        }
        auto                     draws = numpy_stream(from.seed);
        std::vector<std::int8_t> out(3 * height * width);
        for (auto& sign : out) {
            auto const v = draws.random_sample();
            sign         = static_cast<std::int8_t>(v > 0.5 ? 1 : v < 0.5 ? -1 : 0);
        }
        return out;
    }

    template <class To, class Executor>
    [[nodiscard]] auto run(tensor_view<std::uint8_t const> in, parity_stripes const& behind, Executor const& executor) const -> image_batch<To> {
        image_batch<To> marked(in.samples(), 3, in.height(), in.width());
        auto const      out = marked.view();
        // A row of a channel shows one level of the pattern, so 768 results are all there are for it; and a user has few levels.
        struct row_table {
            double              behind;
            To                  to[3][256];
            detail::parity_line line;
        };
        std::vector<row_table>   tables;
        std::vector<std::size_t> table_of(3 * in.height());
        for (std::size_t i = 0; i < table_of.size(); ++i) {
            auto const  light = behind(i % 3, i / 3, in.width());
            std::size_t t     = 0;
            while (t < tables.size() && tables[t].behind != light) {
                ++t;
            }
            if (t == tables.size()) {
                tables.emplace_back().behind = light;
                for (int k = 0; k < 3 * 256; ++k) {
                    tables[t].to[k / 256][k % 256] = saved<To>(static_cast<std::uint8_t>(k % 256), k / 256 - 1, light);
                }
                if constexpr (sizeof(To) == 1) {
                    tables[t].line = detail::parity_line(tables[t].to, options_.ratio);
                }
            }
            table_of[i] = t;
        }
        auto const draws = drawn_for_all(in, executor);
        executor.for_each(in.samples(), [&](std::size_t n) {
            auto const sign  = signs_of(draws[n], in.height(), in.width());
            auto const plane = in.height() * in.width();
            for (std::size_t h = 0; h < in.height(); ++h) {
                for (std::size_t c = 0; c < 3; ++c) {
                    auto const& table = tables[table_of[3 * h + c]].to;
                    auto const* row   = sign.data() + (sign.size() > plane ? c * plane : 0) + h * in.width();
                    auto const* from  = in.row(n, c, h);
                    auto*       to    = out.row(n, c, h);
                    std::size_t w     = 0;
                    if constexpr (sizeof(To) == 1) {
                        if (in.stride[3] == 1) {
                            w = detail::draw_line(tables[table_of[3 * h + c]].line, table[1], from, row, in.width(), to);
                        }
                    }
                    for (; w < in.width(); ++w) {
                        to[w] = table[row[w] + 1][from[static_cast<std::ptrdiff_t>(w) * in.stride[3]]];
                    }
                }
            }
        });
        return marked;
    }

    parity_options options_;
};

}  // namespace hallmark::inline v0
