// Relative comparison for tests. doctest's Approx adds 1 to the scale, so it calls 1e-20 and 1e-30 equal.
#pragma once

#include <algorithm>
#include <cmath>

/// |x - y| <= relative * max(|x|, |y|) + absolute; false where either is NaN.
inline auto close(double x, double y, double relative, double absolute = 0.0) -> bool {
    return x == y || std::abs(x - y) <= relative * std::max(std::abs(x), std::abs(y)) + absolute;
}
