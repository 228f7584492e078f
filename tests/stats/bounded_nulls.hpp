// Laws on [0, 1] with known means, for simulating what is true under a null hypothesis.
#pragma once

#include <hallmark/random/stream.hpp>
#include <hallmark/random/uniform.hpp>

#include <vector>

namespace bounded_nulls {

struct law {
    char const* name;
    double      mean;
    double (*draw)(hallmark::stream&);
};

/// Continuous, skewed, discrete, rarely large (the hardest for a bound on the mean), and one whose law depends on time.
inline auto all() -> std::vector<law> {
    using hallmark::stream;
    using hallmark::uniform_below;
    using hallmark::uniform_double;
    return {
        {"uniform", 0.5, [](stream& s) { return uniform_double(s); }},
        {"square of a uniform", 1.0 / 3.0,
         [](stream& s) {
             auto const u = uniform_double(s);
             return u * u;
         }},
        {"fair coin", 0.5, [](stream& s) { return static_cast<double>(s.bits() >> 31); }},
        {"1 in 50", 0.02, [](stream& s) { return uniform_below(s, 50) == 0 ? 1.0 : 0.0; }},
        {"coins, then fiftieths", 0.5,
         [](stream& s) { return s.tell() / 256 % 2 == 0 ? static_cast<double>(s.bits() >> 31) : 0.49 + 0.02 * uniform_double(s); }},
    };
}

}  // namespace bounded_nulls
