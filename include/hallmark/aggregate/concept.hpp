// What an aggregator is: a set of scores goes in one by one, one score of the set comes out.
#pragma once

#include <concepts>
#include <cstddef>

namespace hallmark::inline v0 {

/// Mergeable: pushing a set into one aggregator, or its parts into several and merging them in any order,
/// gives the same value, bit for bit. `value` throws errc::empty_input on an empty set.
template <class A>
concept aggregator = std::regular<A> && requires(A a, A const b, double score) {
    a.push(score);
    a.merge(b);
    { b.value() } -> std::same_as<double>;
    { b.count() }
    noexcept->std::same_as<std::size_t>;
};

}  // namespace hallmark::inline v0
