// The code of the error that a call throws.
#pragma once

#include <hallmark/error.hpp>

#include <doctest/doctest.h>

#include <utility>

/// Of a call that throws hallmark::error; the test fails where it throws nothing.
template <class F>
auto code_of(F&& f) -> hallmark::errc {
    try {
        std::forward<F>(f)();
    } catch (hallmark::error const& e) {
        return e.code();
    }
    FAIL("nothing was thrown");
    return hallmark::errc::io_failure;
}
