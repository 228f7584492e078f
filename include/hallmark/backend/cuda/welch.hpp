// Welch's t test of two samples in device memory.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/moments.hpp>
#include <hallmark/error.hpp>
#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/side.hpp>
#include <hallmark/stats/tail.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail::device {
/// The sum of x − pivot, or of its squared distances from a mean: a part of it for each block.
struct spread_body {
    static constexpr unsigned threads = 256;

    double const* x;
    std::uint64_t n;
    double const* pivot;
    bool          squares;
    double        mean;
    twofold*      parts;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return threads / warp_size * sizeof(twofold); }

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const                            mine = share_of(n, threads, block.index(), block.count());
        typename Block::template own<twofold> sum;
        block.apart([&](unsigned t) {
            sum[t] = {0.0, 0.0};
            for (auto i = mine.first + t; i < mine.last; i += threads) {
                auto const d = x[i] - *pivot;
                sum[t].add(squares ? square_of(d - mean) : d);
            }
        });
        auto const all = block.reduce(sum, join_twofold{}, block.template shared<twofold>());
        block.apart([&](unsigned t) {
            if (t == 0) {
                parts[block.index()] = all;
            }
        });
    }
};
}  // namespace detail::device

/// Bytes of workspace for `cuda_welch_t`.
template <class Device>
[[nodiscard]] auto cuda_welch_workspace(Device const& device) -> std::size_t {
    return detail::device::room_for<detail::device::twofold>(static_cast<std::size_t>(device.most_blocks()));
}

/// `welch_t` of samples on a device: t within a few units of 1e-15, p from the same tails. Waits for the stream. Four reads of each sample in all,
/// in a fixed order. NaN and infinity are met as a t that is no number, and refused.
template <class Device>
[[nodiscard]] auto cuda_welch_t(Device const& device, cuda_span<double const> a, cuda_span<double const> b, alternative alt, cuda_workspace workspace = {})
    -> test_result {
    using namespace detail::device;
    constexpr std::string_view who = "hallmark::cuda_welch_t";
    device.require_ready(who);
    require_span(device, a, who, "a");
    require_span(device, b, who, "b");
    detail::require(a.size >= 2 && b.size >= 2, errc::empty_input, who, ": the samples have ", a.size, " and ", b.size,
                    " values; 2 are needed at least of each");
    scratch<Device>      memory(device, workspace, cuda_welch_workspace(device), who, {named(a, "a"), named(b, "b")});
    auto const           most  = static_cast<std::size_t>(device.most_blocks());
    auto* const          parts = memory.template take<twofold>(most);
    std::vector<twofold> seen(most);
    auto const           sum = [&](cuda_span<double const> x, bool squares, double mean) {
        auto const blocks = blocks_for(x.size, spread_body::threads, device.most_blocks());
        device.launch(spread_body{x.data, x.size, a.data, squares, mean, parts}, blocks);
        device.copy_to_host(seen.data(), parts, static_cast<std::size_t>(blocks) * sizeof(twofold));
        twofold all{0.0, 0.0};
        for (std::size_t i = 0; i < blocks; ++i) {
            join_twofold{}(all, seen[i]);
        }
        return all.value();
    };
    auto const na = static_cast<double>(a.size), nb = static_cast<double>(b.size);
    auto const ma = sum(a, false, 0.0) / na, mb = sum(b, false, 0.0) / nb;
    auto const va = sum(a, true, ma) / (na - 1.0) / na, vb = sum(b, true, mb) / (nb - 1.0) / nb;
    detail::require(!(va + vb <= 0.0), errc::out_of_domain, who, ": all values of a are equal and so are those of b; t needs a variance above 0");
    auto const t  = (ma - mb) / std::sqrt(va + vb);
    auto const sa = va / (va + vb), sb = vb / (va + vb);
    auto const df = 1.0 / (sa * sa / (na - 1.0) + sb * sb / (nb - 1.0));
    detail::require(detail::is_finite(t) && detail::is_finite(df), errc::out_of_domain, who,
                    ": t is no number; allowed are finite values whose squares are finite, too");
    return {t, detail::p_of_side(detail::student_t_upper(-t, df), detail::student_t_upper(t, df), alt), a.size + b.size, alt};
}

}  // namespace hallmark::inline v0
