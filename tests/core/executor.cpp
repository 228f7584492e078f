// Executors: every index once, whatever happens, and the same bytes whoever runs the loop.
#include <hallmark/core/executor.hpp>
#include <hallmark/error.hpp>

#include <support/backend_laws.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using hallmark::sequential;
using hallmark::threads;

namespace {

template <class Executor>
auto each_once(Executor const& executor, std::size_t n) -> bool {
    std::vector<std::atomic<int>> seen(n);
    executor.for_each(n, [&](std::size_t i) { ++seen[i]; });
    std::size_t wrong = 0;
    for (auto const& s : seen) {
        wrong += s.load() != 1 ? 1u : 0u;
    }
    return wrong == 0;
}

std::atomic<int> calls{0};
void             count_call(std::size_t) { ++calls; }

}  // namespace

// More threads than indices, more indices than threads, none and one: each is a different path.
TEST_CASE("each index exactly once") {
    for (std::size_t const n : {0u, 1u, 2u, 3u, 7u, 8u, 9u, 1000u}) {
        CHECK(each_once(sequential{}, n));
    }
    for (unsigned count = 1; count <= 8; ++count) {
        threads const pool(count);
        CHECK(pool.count() == count);
        for (std::size_t const n : {0u, 1u, 2u, 3u, 7u, 8u, 9u, 1000u}) {
            INFO("threads ", count, ", n ", n);
            CHECK(each_once(pool, n));
        }
    }
    CHECK(threads().count() >= 1);
}

// A pool that lost a wake-up would stand still after some loop, not the first.
TEST_CASE("a pool runs one loop after the other") {
    threads const    pool(4);
    std::atomic<int> sum{0};
    for (int round = 0; round < 2000; ++round) {
        pool.for_each(3, [&](std::size_t i) { sum += static_cast<int>(i) + 1; });
    }
    CHECK(sum == 2000 * 6);
}

// The pool is where its loop runs: if it waited for a second turn inside the first, it would wait for ever. A
// second pool whose loop calls back into the first comes to the same.
TEST_CASE("loops inside loops") {
    threads const    outer(4), inner(3);
    std::atomic<int> direct{0}, across{0};
    outer.for_each(5, [&](std::size_t) { outer.for_each(7, [&](std::size_t) { ++direct; }); });
    CHECK(direct == 35);
    outer.for_each(5, [&](std::size_t) { inner.for_each(7, [&](std::size_t) { outer.for_each(2, [&](std::size_t) { ++across; }); }); });
    CHECK(across == 70);
    CHECK(each_once(outer, 100));
}

TEST_CASE("a nested loop stays on its thread") {
    threads const    pool(4);
    std::atomic<int> elsewhere{0};
    pool.for_each(8, [&](std::size_t) {
        auto const here = std::this_thread::get_id();
        pool.for_each(8, [&](std::size_t) { elsewhere += std::this_thread::get_id() != here ? 1 : 0; });
    });
    CHECK(elsewhere == 0);
}

TEST_CASE("loops from different threads take turns") {
    threads const    pool(3);
    std::atomic<int> sum{0};
    {
        std::vector<std::thread> callers;
        for (int t = 0; t < 4; ++t) {
            callers.emplace_back([&] {
                for (int round = 0; round < 100; ++round) {
                    pool.for_each(5, [&](std::size_t) { ++sum; });
                }
            });
        }
        for (auto& c : callers) {
            c.join();
        }
    }
    CHECK(sum == 4 * 100 * 5);
}

// Which of several failures a user sees must not depend on which thread was quicker.
TEST_CASE("the exception of the lowest index leaves") {
    for (unsigned count = 1; count <= 8; ++count) {
        threads const pool(count);
        for (int round = 0; round < 50; ++round) {
            std::string what;
            try {
                pool.for_each(100, [](std::size_t i) {
                    if (i == 17 || i == 18 || i == 19 || i > 60) {
                        throw std::runtime_error(std::to_string(i));
                    }
                });
            } catch (std::runtime_error const& e) {
                what = e.what();
            }
            CHECK(what == "17");
        }
        CHECK(each_once(pool, 100));  // and the pool is as good as before
    }
    CHECK_THROWS_WITH(sequential{}.for_each(3, [](std::size_t i) { throw std::runtime_error(std::to_string(i)); }), "0");
}

// Two failures that both happen, in either order of time.
TEST_CASE("the lowest index wins whether it throws first or last") {
    threads const pool(2);
    for (std::size_t const late : {0u, 1u}) {
        std::atomic<int> arrived{0};
        CHECK_THROWS_WITH(pool.for_each(2,
                                        [&](std::size_t i) {
                                            ++arrived;
                                            for (int patience = 0; arrived < 2 && patience < 10'000'000; ++patience) {
                                                std::this_thread::yield();
                                            }
                                            for (int k = 0; i == late && k < 20'000; ++k) {
                                                std::this_thread::yield();
                                            }
                                            throw std::runtime_error(std::to_string(i));
                                        }),
                          "0");
        CHECK(arrived == 2);
    }
}

TEST_CASE("an exception inside a nested loop") {
    threads const pool(4);
    CHECK_THROWS_WITH(pool.for_each(4,
                                    [&](std::size_t i) {
                                        pool.for_each(4, [&](std::size_t k) {
                                            if (i >= 1 && k == 2) {
                                                throw std::runtime_error(std::to_string(10 * i + k));
                                            }
                                        });
                                    }),
                      "12");
    // The pool must not believe that it is still inside: here two threads have to meet. The bound is for a pool
    // that is broken; one that works gets there at its first chance.
    std::atomic<int> arrived{0};
    pool.for_each(2, [&](std::size_t) {
        ++arrived;
        for (int patience = 0; arrived < 2 && patience < 10'000'000; ++patience) {
            std::this_thread::yield();
        }
        if (arrived < 2) {
            throw std::runtime_error("the second index waits for the first");
        }
    });
    CHECK(arrived == 2);
}

TEST_CASE("const callables and plain functions") {
    threads const    pool(2);
    std::atomic<int> sum{0};
    auto const       add = [&](std::size_t) { ++sum; };
    pool.for_each(10, add);
    CHECK(sum == 10);
    calls = 0;
    pool.for_each(10, count_call);
    pool.for_each(10, &count_call);
    sequential{}.for_each(10, count_call);
    CHECK(calls == 30);
}

TEST_CASE("a pool can be moved") {
    threads       first(3);
    threads const second(std::move(first));
    CHECK(second.count() == 3);
    CHECK(each_once(second, 50));
}

TEST_CASE("a count no machine has") {
    CHECK_THROWS_WITH_AS(threads(1025), "hallmark::threads: count is 1025; allowed is 0 (one per processor) to 1024", hallmark::error);
    CHECK_THROWS_WITH_AS(threads(static_cast<unsigned>(-1)), "hallmark::threads: count is 4294967295; allowed is 0 (one per processor) to 1024",
                         hallmark::error);
}

TEST_CASE("what is an executor") {
    static_assert(hallmark::executor<sequential> && hallmark::executor<threads> && hallmark::executor<threads const>);
    static_assert(!hallmark::executor<int> && !hallmark::executor<std::thread>);
}

// More samples than a block of the marker, and no multiple of it.
TEST_CASE("marks are the same for 1 to 8 threads") {
    auto const mark   = laws::fixed_marker();
    auto const plain  = laws::pictures<std::uint8_t>({50, 3, 6, 5});
    auto const marked = mark(plain, 1);
    for (unsigned count = 1; count <= 8; ++count) {
        CHECK(mark(plain, 1, {}, threads(count)) == marked);
    }
}
