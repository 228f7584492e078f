// Permutation tests whose draws a device makes: the draws of the CPU, hence its p-value.
#pragma once

#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/resample_body.hpp>
#include <hallmark/error.hpp>
#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/moments.hpp>
#include <hallmark/stats/permutation.hpp>
#include <hallmark/stats/resampling.hpp>
#include <hallmark/stats/sign_flip.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

namespace detail::device {
/// Whether the draws' rows go into global memory, how many blocks run, and the bytes that takes.
struct split_layout {
    bool          in_shared;
    std::uint64_t blocks;
    std::size_t   row_bytes;
};
template <class Device>
[[nodiscard]] auto layout_of_splits(Device const& device, std::size_t n, std::uint64_t draws) -> split_layout {
    auto const     in_shared = split_body::bytes_for(n) <= device.shared_limit();
    auto const     each      = split_body::row_bytes(n);
    constexpr auto most      = std::size_t{256} << 20;
    auto const     fit       = most / each == 0 ? 1 : most / each;
    auto const     cap       = in_shared || fit > device.most_blocks() ? device.most_blocks() : std::uint64_t{fit};
    auto const     blocks    = blocks_for(draws, split_body::threads, cap);
    return {in_shared, blocks, in_shared ? 0 : room_for<unsigned char>(static_cast<std::size_t>(blocks) * each)};
}
}  // namespace detail::device

/// `permutation_test` with its random splits drawn on a device. Where `permutation_test` would try all splits, it does, on the CPU.
/// Bytes of workspace: `workspace`. Waits for the stream. At most 2^24 values. Cost: O(draws · (|a| + |b|)).
struct cuda_permutation_test {
    resampling    method = resampling::automatic;
    std::uint64_t draws  = 9999;
    std::uint64_t seed   = 0;

    template <class Device>
    [[nodiscard]] auto workspace(Device const& device, std::size_t n) const -> std::size_t {
        using namespace detail::device;
        return room_for<std::int64_t>(n) + room_for<std::uint64_t>(2) + (n == 0 ? 0 : layout_of_splits(device, n, draws).row_bytes);
    }

    template <class Device>
    [[nodiscard]] auto operator()(Device const& device, std::span<double const> a, std::span<double const> b, alternative alt, cuda_workspace given = {}) const
        -> test_result {
        constexpr std::string_view who = "hallmark::cuda_permutation_test";
        detail::require_sample(a, who, "a");
        detail::require_sample(b, who, "b");
        auto const n = a.size() + b.size();
        if (detail::enumerates(method, detail::arrangements(n, a.size()), draws, who)) {
            return permutation_test{method, draws, seed}(a, b, alt);
        }
        detail::require(n <= (std::size_t{1} << 24), errc::out_of_domain, who, ": there are ", n, " values; allowed are up to 16777216");
        auto const s      = detail::prepare_split(a, b, who);
        auto const counts = count(device, s.fixed, a.size(), s.observed, s.total, given, who);
        return {s.difference, detail::p_of_counts(counts, alt), n, alt};
    }

private:
    template <class Device>
    auto count(Device const& device, detail::fixed_values const& fixed, std::size_t in_a, std::int64_t observed, std::int64_t total, cuda_workspace given,
               std::string_view who) const -> detail::tail_counts {
        using namespace detail::device;
        device.require_ready(who);
        auto const      n      = fixed.x.size();
        auto const      in_b   = n - in_a;
        auto const      layout = layout_of_splits(device, n, draws);
        scratch<Device> memory(device, given, workspace(device, n), who);
        auto* const     values = memory.template take<std::int64_t>(n);
        auto* const     totals = memory.template take<std::uint64_t>(2);
        auto* const     rows   = layout.in_shared ? nullptr : memory.template take<std::uint32_t>(layout.row_bytes / sizeof(std::uint32_t));
        device.copy_to_device(values, fixed.x.data(), n * sizeof(std::int64_t));
        device.fill(totals, 0, 2 * sizeof *totals);
        device.launch(split_body{values, rows, static_cast<std::uint32_t>(n), static_cast<std::uint32_t>(in_a <= in_b ? in_a : in_b), seed, draws, observed,
                                 fixed.slack, total, in_a > in_b, totals},
                      layout.blocks);
        std::uint64_t seen[2] = {};
        device.copy_to_host(seen, totals, sizeof seen);
        return {seen[0] + 1, seen[1] + 1, draws + 1};  // the observed split is one of the possible ones
    }
};

/// `sign_flip_test` of pairs with its random signs drawn on a device. Where `sign_flip_test` would try all signs, it does, on the CPU.
/// Waits for the stream. Cost: O(draws · pairs/4).
struct cuda_sign_flip_test {
    resampling    method = resampling::automatic;
    std::uint64_t draws  = 9999;
    std::uint64_t seed   = 0;

    [[nodiscard]] static auto workspace(std::size_t pairs) noexcept -> std::size_t {
        using namespace detail::device;
        return room_for<unsigned char>(flip_body::table_bytes((pairs + 31) / 32)) + room_for<std::uint64_t>(2);
    }

    template <class Device>
    [[nodiscard]] auto operator()(Device const& device, std::span<double const> a, std::span<double const> b, alternative alt, cuda_workspace given = {}) const
        -> test_result {
        using namespace detail::device;
        constexpr std::string_view who = "hallmark::cuda_sign_flip_test";
        detail::require_pairs(a, b, who);
        auto const n = a.size();
        if (detail::enumerates(method, detail::sign_ways(n), draws, who)) {
            return sign_flip_test{method, draws, seed}(a, b, alt);
        }
        detail::require(n <= (std::size_t{1} << 24), errc::out_of_domain, who, ": there are ", n, " pairs; allowed are up to 16777216");
        auto const f = detail::prepare_flips(detail::differences_of(a, b), detail::largest_rounded(a, b), who);
        device.require_ready(who);
        auto const      sums  = detail::signed_sums(f.fixed.x, 4);
        auto const      words = (n + 31) / 32;
        scratch<Device> memory(device, given, workspace(n), who);
        auto* const     table  = memory.template take<std::int64_t>(sums.size());
        auto* const     totals = memory.template take<std::uint64_t>(2);
        device.copy_to_device(table, sums.data(), sums.size() * sizeof(std::int64_t));
        device.fill(totals, 0, 2 * sizeof *totals);
        device.launch(flip_body{table, static_cast<std::uint32_t>(words), seed, draws, f.observed, f.fixed.slack, totals,
                                words <= 64 && flip_body::bytes_for(words) <= device.shared_limit()},
                      blocks_for(draws, flip_body::threads * flip_body::run, device.most_blocks()));
        std::uint64_t seen[2] = {};
        device.copy_to_host(seen, totals, sizeof seen);
        auto const counts = detail::tail_counts{seen[0] + 1, seen[1] + 1, draws + 1};
        return {f.mean, detail::p_of_counts(counts, alt), n, alt};
    }
};

}  // namespace hallmark::inline v0
