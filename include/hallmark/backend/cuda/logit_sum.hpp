// Part of the CUDA backend: one pass over the logits of a sample, and the signals that are read off it.
#pragma once

#include <hallmark/config.hpp>

#include <cmath>
#include <cstdint>

namespace hallmark::inline v0 {

namespace detail::device {

/// The classes other than the label, as far as they were seen: the largest logit `most`, and relative to it S = Σ exp(z − most) and
/// T = Σ exp(z − most)·(most − z). Combining two of these rescales the one with the smaller maximum (Milakov & Gimelshein 2018).
/// `Real` is what exponentials are computed in.
template <class Real>
struct logit_sum {
    Real          most, sum, fall;
    std::uint32_t seen;   // how many classes
    std::uint32_t first;  // the first class with the largest logit

    [[nodiscard]] static HALLMARK_HD constexpr auto none() noexcept -> logit_sum { return {0, 0, 0, 0, 0}; }

    HALLMARK_HD void push(Real z, std::uint32_t c) noexcept {
        if (seen == 0) {
            *this = {z, 1, 0, 1, c};
            return;
        }
        if (z > most) {
            auto const step   = z - most;
            auto const shrink = std::exp(-step);
            fall              = rescaled(fall, sum, shrink, step);
            sum               = sum * shrink + 1;
            most              = z;
            first             = c;
        } else {
            auto const below = most - z;
            auto const e     = std::exp(-below);
            sum += e;
            fall += e > 0 ? e * below : 0;
        }
        ++seen;
    }
    HALLMARK_HD void merge(logit_sum const& o) noexcept {
        if (o.seen == 0) {
            return;
        }
        if (seen == 0) {
            *this = o;
            return;
        }
        auto const mine   = most > o.most || (most == o.most && first < o.first);
        auto const high   = mine ? *this : o;
        auto const low    = mine ? o : *this;
        auto const step   = high.most - low.most;
        auto const shrink = std::exp(-step);
        *this             = {high.most, high.sum + low.sum * shrink, high.fall + rescaled(low.fall, low.sum, shrink, step), high.seen + low.seen, high.first};
    }

private:
    // T after its maximum has risen by `step`: every z has fallen by as much. 0 where nothing is left of it, not 0 · ∞.
    static HALLMARK_HD constexpr auto rescaled(Real fall, Real sum, Real shrink, Real step) noexcept -> Real {
        return shrink > 0 ? (fall + sum * step) * shrink : Real{0};
    }
};

struct merge_logits {
    template <class Real>
    HALLMARK_HD void operator()(logit_sum<Real>& a, logit_sum<Real> const& b) const noexcept {
        // The same on both sides of an exchange: the order of the operands must not show.
        auto x = a, y = b;
        x.merge(y);
        a = x;
    }
};

}  // namespace detail::device

/// Signals that a device computes in one pass, from the sums over the other classes and the label's logit; larger = member. They are the
/// signals of the same names in signal/, in exact arithmetic; see there for ranges and sources.
struct cuda_neg_cross_entropy {
    template <class Real>
    [[nodiscard]] HALLMARK_HD auto operator()(detail::device::logit_sum<Real> const& o, double z) const noexcept -> double {
        auto const others = static_cast<double>(o.most), sum = static_cast<double>(o.sum);
        return z >= others ? -std::log1p(sum * std::exp(others - z)) : (z - others) - std::log(sum + std::exp(z - others));
    }
};
struct cuda_logit_scaled {
    template <class Real>
    [[nodiscard]] HALLMARK_HD auto operator()(detail::device::logit_sum<Real> const& o, double z) const noexcept -> double {
        return (z - static_cast<double>(o.most)) - std::log(static_cast<double>(o.sum));
    }
};
struct cuda_confidence {
    template <class Real>
    [[nodiscard]] HALLMARK_HD auto operator()(detail::device::logit_sum<Real> const& o, double z) const noexcept -> double {
        auto const others = static_cast<double>(o.most), sum = static_cast<double>(o.sum);
        if (z >= others) {
            return 1.0 / (1.0 + sum * std::exp(others - z));
        }
        auto const own = std::exp(z - others);
        return own / (sum + own);
    }
};
struct cuda_margin {
    template <class Real>
    [[nodiscard]] HALLMARK_HD auto operator()(detail::device::logit_sum<Real> const& o, double z) const noexcept -> double {
        return z - static_cast<double>(o.most);
    }
};
struct cuda_neg_entropy {
    template <class Real>
    [[nodiscard]] HALLMARK_HD auto operator()(detail::device::logit_sum<Real> const& o, double z) const noexcept -> double {
        // Relative to the largest of all logits: rest = S − 1, and Σ exp(z_c − m)(m − z_c).
        auto const others = static_cast<double>(o.most), sum = static_cast<double>(o.sum), fall = static_cast<double>(o.fall);
        auto const step  = z > others ? z - others : others - z;
        auto const e     = std::exp(-step);
        auto const rest  = z > others ? sum * e : (sum - 1.0) + e;
        auto const falls = e > 0.0 ? (z > others ? (fall + sum * step) * e : fall + e * step) : (z > others ? 0.0 : fall);
        return -(std::log1p(rest) + falls / (1.0 + rest));
    }
};

}  // namespace hallmark::inline v0
