// Logits that break careless signals, and the softmax of them in long double.
#pragma once

#include <hallmark/signal/concept.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

namespace exact {

using real = long double;

/// Certain, uniform, tied, huge offsets, one far above, one far below; 2 to 5 classes.
inline auto few_classes() -> std::vector<std::vector<double>> {
    return {
        {0, 0},
        {0, 1e-300},
        {0, 1e-9},
        {1, 0},
        {40, 0},
        {0, 40},
        {700, 0},
        {0, 700},
        {1e5, 0},
        {-1e5, 0},
        {1e300, -1e300},
        {1e-320, 0},
        {5, 5, 5},
        {5, 5, 5 - 1e-12},
        {-1000, -1000.5},
        {1000, 1000.5, 999},
        {36.0, 0, 0, -1},
        {37.5, 0, 0, 0, -50},
        {1e8, 1e8, 1e8 - 1},
        {0, -300, -301},
        {3, -3, 0.1, 2},
        {1e-17, 0, 0},
        {20, 19.999, -20},
        {-0.0, 0.0, 1},
        {80.123, -1.456, -2.2},
        {16777216, 16777215, 16777000},
    };
}

/// The same, and smooth, uniform and certain rows of 10 to 1000 classes.
inline auto adversarial() -> std::vector<std::vector<double>> {
    auto out = few_classes();
    for (std::size_t const classes : {10u, 17u, 100u, 1000u}) {
        for (double const scale : {0.0, 1e-3, 1.0, 30.0}) {
            for (double const offset : {0.0, -7000.0}) {
                std::vector<double> z;
                for (std::size_t c = 0; c < classes; ++c) {
                    z.push_back(std::sin(static_cast<double>(c) * 1.7) * scale + offset);
                }
                out.push_back(z);
            }
        }
        auto certain         = std::vector<double>(classes, -3.0);
        certain[classes / 2] = 25.0;
        out.push_back(certain);
    }
    return out;
}

/// The labels worth a test: all of a short row; the first, the last, the best and the worst of a long one.
inline auto labels_of(std::vector<double> const& z) -> std::vector<std::size_t> {
    std::vector<std::size_t> out;
    std::size_t              best = 0, worst = 0;
    for (std::size_t c = 0; c < z.size(); ++c) {
        best  = z[c] > z[best] ? c : best;
        worst = z[c] < z[worst] ? c : worst;
        if (z.size() <= 5) {
            out.push_back(c);
        }
    }
    if (z.size() > 5) {
        out = {0, z.size() - 1, best, worst};
    }
    return out;
}

/// The row as the program saw it: rounded to Scalar.
template <class Scalar>
auto rounded(std::vector<double> const& z) -> std::vector<Scalar> {
    std::vector<Scalar> out;
    for (auto const x : z) {
        out.push_back(static_cast<Scalar>(x));
    }
    return out;
}
template <class Scalar>
auto fits(std::vector<double> const& z) -> bool {
    for (auto const x : z) {
        if (!std::isfinite(static_cast<Scalar>(x))) {
            return false;
        }
    }
    return true;
}

/// log Σ exp z_c over the classes other than `without`, less `from`: the difference of logits first, it is exact.
template <class Scalar>
auto log_sum(std::vector<Scalar> const& z, std::size_t without, real from) -> real {
    real most = -INFINITY, sum = 0;
    for (std::size_t c = 0; c < z.size(); ++c) {
        most = c != without && static_cast<real>(z[c]) > most ? static_cast<real>(z[c]) : most;
    }
    for (std::size_t c = 0; c < z.size(); ++c) {
        sum += c != without ? std::exp(static_cast<real>(z[c]) - most) : 0.0L;
    }
    return (most - from) + std::log(sum);
}

/// log p_c and log(1 − p_c), each from t = log(p_c / (1 − p_c)), so that neither is a difference of near numbers.
template <class Scalar>
auto scaled(std::vector<Scalar> const& z, std::size_t c) -> real {
    return -log_sum(z, c, static_cast<real>(z[c]));
}
inline auto log_p(real t) -> real { return t > 0 ? -std::log1p(std::exp(-t)) : t - std::log1p(std::exp(t)); }
inline auto log_miss(real t) -> real { return log_p(-t); }

template <class Scalar>
auto row(std::vector<Scalar> const& z) -> hallmark::logit_row<Scalar> {
    return {z.data(), z.size(), 1};
}

}  // namespace exact
