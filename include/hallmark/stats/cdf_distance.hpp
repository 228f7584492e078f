// How far apart the distribution functions of two samples get (internal to Kolmogorov–Smirnov).
//
// Many values are not sorted for it. They are counted in bins that rise with them, which says how far apart the functions are at the end of each bin; within
// one they can only get farther where the bin has enough values of one sample, and these few are sorted.
#pragma once

#include <hallmark/stats/concept.hpp>
#include <hallmark/stats/pooled_order.hpp>
#include <hallmark/stats/value_bins.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

/// The largest so far, at least 0, of F_a - F_b (`greater`), F_b - F_a (`less`) or either, times n·m: integers, so that comparing them is exact.
class farthest_gap {
public:
    farthest_gap(std::size_t n, std::size_t m, alternative alt) noexcept
        : n_(static_cast<std::int64_t>(n)), m_(static_cast<std::int64_t>(m)), up_(alt != alternative::less), down_(alt != alternative::greater) {}

    /// Where so many values of a and of b are not above.
    void see(std::size_t of_a, std::size_t of_b) noexcept {
        auto const gap = gap_at(of_a, of_b);
        found_         = std::max(found_, std::max(up_ ? gap : 0, down_ ? -gap : 0));
    }
    /// Whether `more_a` and `more_b` values behind such a place could lead farther, in some order.
    [[nodiscard]] auto may_grow(std::size_t of_a, std::size_t of_b, std::size_t more_a, std::size_t more_b) const noexcept -> bool {
        return (up_ && gap_at(of_a + more_a, of_b) > found_) || (down_ && -gap_at(of_a, of_b + more_b) > found_);
    }
    [[nodiscard]] auto found() const noexcept -> std::int64_t { return found_; }

private:
    [[nodiscard]] auto gap_at(std::size_t of_a, std::size_t of_b) const noexcept -> std::int64_t {
        return static_cast<std::int64_t>(of_a) * m_ - static_cast<std::int64_t>(of_b) * n_;
    }

    std::int64_t n_, m_, found_ = 0;
    bool         up_, down_;
};

/// By sorting. `end(values)` is called after each group of equal values with the number of values so far. O(n) for most data, O(n log n) for the rest.
template <class End>
[[nodiscard]] auto cdf_distance(std::span<double const> a, std::span<double const> b, alternative alt, End end) -> std::int64_t {
    auto out = farthest_gap(a.size(), b.size(), alt);
    pooled_order(a, b).sort_and_visit_up([&](std::span<value_group const> groups) {
        for (auto const& g : groups) {
            out.see(g.first, g.second);
            end(g.first + g.second);
        }
    });
    return out.found();
}

/// Values counted in bins, and how many of each sample are in the bins below.
class binned_counts {
public:
    binned_counts(std::span<double const> a, std::span<double const> b) : bins_(sample_of(a, b)), below_a_(count(a)), below_b_(count(b)) {}

    [[nodiscard]] auto bins() const noexcept -> value_bins const& { return bins_; }
    /// In bins below this one, of a and of b; `bin` up to value_bins::count.
    [[nodiscard]] auto below_a(std::size_t bin) const noexcept -> std::size_t { return below_a_[bin]; }
    [[nodiscard]] auto below_b(std::size_t bin) const noexcept -> std::size_t { return below_b_[bin]; }

private:
    [[nodiscard]] auto count(std::span<double const> values) const -> std::vector<std::size_t> {
        auto out = std::vector<std::size_t>(value_bins::count + 1);
        for (auto const x : values) {
            ++out[bins_.of(x)];
        }
        std::size_t below = 0;
        for (auto& c : out) {
            auto const here = c;
            c               = below;
            below += here;
        }
        return out;
    }

    value_bins               bins_;
    std::vector<std::size_t> below_a_, below_b_;
};

/// The same number. O(n) unless nearly all values share a few bins.
[[nodiscard]] inline auto cdf_distance(std::span<double const> a, std::span<double const> b, alternative alt) -> std::int64_t {
    constexpr std::size_t many = std::size_t{1} << 17;
    auto const            size = a.size() + b.size();
    auto const            sort = [&] { return cdf_distance(a, b, alt, [](std::size_t) {}); };
    if (size < many) {
        return sort();
    }
    auto const counts = binned_counts(a, b);
    auto       out    = farthest_gap(a.size(), b.size(), alt);
    for (std::size_t bin = 1; bin <= value_bins::count; ++bin) {
        out.see(counts.below_a(bin), counts.below_b(bin));
    }
    auto        open      = std::vector<unsigned char>(value_bins::count);  // bins in which the functions may get farther apart
    std::size_t in_open_a = 0, in_open_b = 0;
    for (std::size_t bin = 0; bin < value_bins::count; ++bin) {
        auto const of_a = counts.below_a(bin), of_b = counts.below_b(bin), more_a = counts.below_a(bin + 1) - of_a, more_b = counts.below_b(bin + 1) - of_b;
        open[bin] = out.may_grow(of_a, of_b, more_a, more_b) ? 1 : 0;
        in_open_a += open[bin] * more_a;
        in_open_b += open[bin] * more_b;
    }
    if (in_open_a + in_open_b > size / 2) {
        return sort();
    }
    auto const within = [&](std::span<double const> values, std::size_t how_many) {
        auto        some = std::vector<double>(how_many + 1);
        std::size_t n    = 0;
        for (auto const x : values) {  // written whether or not it counts: which do is hard to foresee
            some[n] = x;
            n += open[counts.bins().of(x)];
        }
        some.pop_back();
        return some;
    };
    auto const  some_a = within(a, in_open_a), some_b = within(b, in_open_b);
    std::size_t bin = value_bins::count, seen_a = 0, seen_b = 0, others_a = 0, others_b = 0;  // others: below, but not in an open bin
    pooled_order(some_a, some_b).sort_and_visit_up([&](std::span<value_group const> groups) {
        for (auto const& g : groups) {
            if (auto const of_group = counts.bins().of(g.value); of_group != bin) {
                bin      = of_group;
                others_a = counts.below_a(bin) - seen_a;
                others_b = counts.below_b(bin) - seen_b;
            }
            seen_a = g.first;
            seen_b = g.second;
            out.see(others_a + seen_a, others_b + seen_b);
        }
    });
    return out.found();
}

}  // namespace hallmark::inline v0::detail
