// Two samples of scores sorted on a device, and what is read off them: AUC, rates, Mann–Whitney, Kolmogorov–Smirnov.
#pragma once

#include <hallmark/backend/cuda/curve_body.hpp>
#include <hallmark/backend/cuda/groups.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/sorted_body.hpp>
#include <hallmark/error.hpp>
#include <hallmark/metric/rate.hpp>
#include <hallmark/metric/roc.hpp>
#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/kolmogorov.hpp>
#include <hallmark/stats/side.hpp>
#include <hallmark/stats/tail.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace hallmark::inline v0 {

/// Bytes of workspace for `cuda_scores` of n members and m nulls.
template <class Device>
[[nodiscard]] auto cuda_scores_workspace(Device const& device, std::size_t n, std::size_t m) -> std::size_t {
    using namespace detail::device;
    auto const more = n > m ? n : m;
    return room_for<std::uint64_t>(n) + room_for<std::uint64_t>(m) + room_for<std::uint64_t>(more) +
           room_for<unsigned char>(device.template sort_room<std::uint64_t>(more)) + room_for<pair_sums>(1) + room_for<bar_body::found>(1) +
           room_for<std::uint64_t>(2);
}

/// Bytes of workspace for `cuda_scores::curve`.
template <class Device>
[[nodiscard]] auto cuda_curve_workspace(Device const& device, std::size_t n, std::size_t m) noexcept -> std::size_t {
    using namespace detail::device;
    return room_for<std::uint64_t>(n + m) + room_for<std::uint64_t>(blocks_for(n + m, heads::tile, device.most_blocks()));
}

/// The scores of members and nulls, sorted once (a radix sort of their bits); larger = member. Every function waits for the stream, and gives what
/// the function of the same name gives on the CPU: all counts are whole numbers.
template <class Device>
class cuda_scores {
public:
    /// Finite scores, fewer than 2^31 of each. Two sorts, O(n + m).
    cuda_scores(Device const& device, cuda_span<double const> members, cuda_span<double const> nulls, cuda_workspace workspace = {})
        : device_(device),
          n_(members.size),
          m_(nulls.size),
          memory_(checked(device_, members, nulls), workspace, cuda_scores_workspace(device_, n_, m_), who,
                  {detail::device::named(members, "members"), detail::device::named(nulls, "nulls")}) {
        using namespace detail::device;
        auto const  more = n_ > m_ ? n_ : m_;
        auto const  room = device_.template sort_room<std::uint64_t>(more);
        auto* const up   = memory_.template take<std::uint64_t>(n_);
        auto* const down = memory_.template take<std::uint64_t>(m_);
        auto* const raw  = memory_.template take<std::uint64_t>(more);
        auto* const temp = memory_.template take<unsigned char>(room);
        sums_            = memory_.template take<pair_sums>(1);
        found_           = memory_.template take<bar_body::found>(1);
        auto* const bad  = memory_.template take<std::uint64_t>(2);
        device_.fill(bad, 0xff, 2 * sizeof *bad);
        auto const sort = [&](cuda_span<double const> from, std::uint64_t* to, std::uint64_t* first_bad) {
            device_.launch(key_body{from.data, from.size, raw, first_bad}, blocks_for(from.size, key_body::threads, device_.most_blocks()));
            device_.sort(raw, to, from.size, temp, room);
        };
        sort(members, up, bad);
        sort(nulls, down, bad + 1);
        up_   = up;
        down_ = down;
        std::uint64_t seen[2]{};
        device_.copy_to_host(seen, bad, sizeof seen);
        for (int i = 0; i < 2; ++i) {
            detail::require(seen[i] == ~std::uint64_t{0}, errc::not_a_number, who, ": ", i == 0 ? "members" : "nulls", "[", seen[i],
                            "] is no number; allowed is any finite number");
        }
    }

    /// `auc`, to the last bit.
    [[nodiscard]] auto auc() const -> double { return static_cast<double>(sums().doubled_wins) / (2.0 * static_cast<double>(n_) * static_cast<double>(m_)); }

    /// `tpr_at_fpr`.
    [[nodiscard]] auto tpr_at_fpr(double most_fpr, double confidence = 0.95) const -> rate {
        detail::require_fraction(most_fpr, who, "most_fpr");
        detail::require_open_fraction(confidence, who, "confidence");
        auto const allowed = detail::most_hits(most_fpr, m_);
        if (allowed == m_) {
            auto const least = find(up_, n_, n_ - 1, up_, n_, true);
            return detail::rate_of(n_, n_, confidence, detail::device::score_of_key(least.bar));
        }
        auto const at = find(down_, m_, allowed, up_, n_, false);
        return detail::rate_of(at.over, n_, confidence, at.over == 0 ? std::numeric_limits<double>::infinity() : detail::device::score_of_key(at.least));
    }
    /// `fpr_at_tpr`.
    [[nodiscard]] auto fpr_at_tpr(double least_tpr, double confidence = 0.95) const -> rate {
        detail::require_fraction(least_tpr, who, "least_tpr");
        detail::require_open_fraction(confidence, who, "confidence");
        auto const needed = detail::least_hits(least_tpr, n_);
        if (needed == 0) {
            return detail::rate_of(0, m_, confidence, std::numeric_limits<double>::infinity());
        }
        auto const at = find(up_, n_, needed - 1, down_, m_, true);
        return detail::rate_of(at.over, m_, confidence, detail::device::score_of_key(at.bar));
    }

    /// How many points the whole curve has: one for each distinct score, and the one before them all.
    [[nodiscard]] auto curve_points() const -> std::size_t { return sums().distinct + 1; }
    /// Writes the points of `roc_curve`, to the last bit, to device memory: `curve_points()` of them.
    void curve(cuda_span<roc_point> points, cuda_workspace workspace = {}) const {
        using namespace detail::device;
        device_.require_ready(who);
        require_span(device_, points, who, "points");
        scratch<Device> memory(device_, workspace, cuda_curve_workspace(device_, n_, m_), who, {named(points, "points")});
        memory_.require_apart({named(points, "points"), memory.whole("that of the curve")}, who);
        auto const distinct = sums().distinct;
        require_length(points.size, distinct + 1, who, "points");
        auto const  blocks = blocks_for(n_ + m_, heads::tile, device_.most_blocks());
        auto* const keys   = memory.template take<std::uint64_t>(n_ + m_);
        auto* const counts = memory.template take<std::uint64_t>(blocks);
        device_.launch(merge_body{up_, down_, n_, m_, keys}, blocks_for(n_ + m_, merge_body::threads, device_.most_blocks()));
        device_.launch(head_body{keys, n_ + m_, counts}, blocks);
        device_.launch(curve_body{keys, up_, n_, m_, counts, distinct, points.data}, blocks);
    }
    /// The same, brought to the host: 40 bytes a point.
    [[nodiscard]] auto curve() const -> std::vector<roc_point> {
        auto const                      count = curve_points();
        detail::device::scratch<Device> memory(device_, {}, detail::device::room_for<roc_point>(count), who);
        auto* const                     points = memory.template take<roc_point>(count);
        curve({points, count});
        std::vector<roc_point> out(count);
        device_.copy_to_host(out.data(), points, count * sizeof(roc_point));
        return out;
    }

    /// `mann_whitney` by its normal approximation, with the tie correction and the continuity correction; a = members, b = nulls.
    [[nodiscard]] auto mann_whitney(alternative alt) const -> test_result {
        auto const s  = sums();
        auto const na = static_cast<double>(n_), nb = static_cast<double>(m_), all = na + nb;
        auto const u   = 0.5 * static_cast<double>(s.doubled_wins);
        auto const sd  = std::sqrt(na * nb / 12.0 * ((all + 1.0) - cubes(s) / (all * (all - 1.0))));
        auto const off = u - 0.5 * na * nb;
        auto const z   = [&](double away) { return s.distinct == 1 ? -std::numeric_limits<double>::infinity() : (away - 0.5) / sd; };
        return {u, detail::p_of_side(detail::normal_upper(z(-off)), detail::normal_upper(z(off)), alt), n_ + m_, alt};
    }

    /// `kolmogorov_smirnov` by its asymptotic tail; a = members, b = nulls. Members that score higher: ask for `less`, as there.
    [[nodiscard]] auto kolmogorov_smirnov(alternative alt) const -> test_result {
        auto const d = kolmogorov_smirnov_statistic(alt);
        return {d, detail::kolmogorov_smirnov_tail(n_, m_, d, alt, true), n_ + m_, alt};
    }

    /// Its statistic alone, for the side it names so: the largest F_members − F_nulls (`greater`), F_nulls − F_members (`less`), or of both.
    [[nodiscard]] auto kolmogorov_smirnov_statistic(alternative alt) const -> double {
        auto const s   = sums();
        auto const gap = alt == alternative::greater ? s.a_above : alt == alternative::less ? s.b_above : s.a_above > s.b_above ? s.a_above : s.b_above;
        return static_cast<double>(static_cast<std::int64_t>(gap)) / (static_cast<double>(n_) * static_cast<double>(m_));
    }

private:
    static constexpr std::string_view who = "hallmark::cuda_scores";

    static auto checked(Device const& device, cuda_span<double const> members, cuda_span<double const> nulls) -> Device const& {
        using namespace detail::device;
        for (auto const size : {members.size, nulls.size}) {
            detail::require(size < (std::size_t{1} << 31), errc::out_of_domain, who, ": there are ", size, " scores; allowed are fewer than 2147483648");
        }
        device.require_ready(who);
        require_span(device, members, who, "members");
        require_span(device, nulls, who, "nulls");
        return device;
    }
    [[nodiscard]] auto sums() const -> detail::device::pair_sums {
        using namespace detail::device;
        device_.require_ready(who);
        device_.fill(sums_, 0, sizeof *sums_);
        device_.launch(pair_body{up_, down_, n_, m_, sums_}, blocks_for(n_ + m_, pair_body::threads, device_.most_blocks()));
        pair_sums out{};
        device_.copy_to_host(&out, sums_, sizeof out);
        return out;
    }
    [[nodiscard]] auto find(std::uint64_t const* ranked, std::size_t n, std::size_t rank, std::uint64_t const* counted, std::size_t m, bool also_equal) const
        -> detail::device::bar_body::found {
        using namespace detail::device;
        device_.require_ready(who);
        device_.launch(bar_body{ranked, n, rank, counted, m, also_equal, found_}, 1);
        bar_body::found out{};
        device_.copy_to_host(&out, found_, sizeof out);
        return out;
    }
    static auto cubes(detail::device::pair_sums const& s) noexcept -> double {
        return static_cast<double>(s.cubes[0]) + static_cast<double>(s.cubes[1]) * 0x1p32 + static_cast<double>(s.cubes[2]) * 0x1p64;
    }

    Device                           device_;
    std::size_t                      n_, m_;
    detail::device::scratch<Device>  memory_;
    std::uint64_t const*             up_    = nullptr;
    std::uint64_t const*             down_  = nullptr;
    detail::device::pair_sums*       sums_  = nullptr;
    detail::device::bar_body::found* found_ = nullptr;
};

}  // namespace hallmark::inline v0
