// What a call that must be refused says, and that it changed nothing.
#pragma once

#include <hallmark/error.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

/// The sentence that `f(batch)` throws, which must have `code` and leave the elements of `batch` alone, NaN for NaN.
template <class Batch, class F>
auto refusal(Batch& batch, hallmark::errc code, F&& f) -> std::string {
    auto const before = batch;
    try {
        f(batch);
    } catch (hallmark::error const& e) {
        CHECK(e.code() == code);
        CHECK(std::equal(before.elements().begin(), before.elements().end(), batch.elements().begin(),
                         [](auto a, auto b) { return a == b || (a != a && b != b); }));
        return e.what();
    }
    return "nothing was thrown";
}
