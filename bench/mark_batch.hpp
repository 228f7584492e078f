// The marking benchmark, for any backend that can say how to make a batch.
#pragma once

#include <hallmark/core/tensor.hpp>
#include <hallmark/mark/marker.hpp>

#include "pictures.hpp"

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

namespace bench {

/// `Backend::make(n, c, h, w)` returns an owning tensor of that shape. Items are pictures; one thread.
template <class Backend>
void mark(benchmark::State& state) {
    auto const             size  = static_cast<std::size_t>(state.range(0));
    auto const             count = size >= 224 ? std::size_t{4} : std::size_t{64};
    auto                   batch = Backend::make(count, 3, size, size);
    hallmark::marker const marker(key());
    std::size_t            i = 0;
    hallmark::detail::with_view(batch, [&](auto v) {
        for (std::size_t n = 0; n < count * 3 * size * size; ++n) {
            using scalar = typename decltype(v)::value_type;
            v.at(n / (3 * size * size), n / (size * size) % 3, n / size % size, n % size) = pixel<scalar>(i++);
        }
    });
    auto marked = marker(batch, "user");
    for (auto _ : state) {
        marker.into(marked, batch, "user");
        benchmark::ClobberMemory();
    }
    hallmark::detail::with_view(marked, [&](auto m) {
        hallmark::detail::with_view(batch, [&](auto b) {
            if (m.at(0, 0, 1, 1) == static_cast<typename decltype(m)::value_type>(b.at(0, 0, 1, 1))) {
                state.SkipWithError("the mark changed nothing");
            }
        });
    });
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(count));
}

}  // namespace bench
