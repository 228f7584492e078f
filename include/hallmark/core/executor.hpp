// Who runs a loop: this thread, or a pool of threads. Results never depend on which.
#pragma once

#include <hallmark/error.hpp>

#include <atomic>
#include <concepts>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
struct executor_probe {
    void operator()(std::size_t) const {}
};
}  // namespace detail

/// `ex.for_each(n, f)` calls `f(i)` exactly once for each i in [0, n), in any order and on any thread, and
/// returns when all calls have. If calls throw, the exception of the lowest i that threw leaves for_each.
/// hallmark's algorithms write to places that depend on i alone, so every executor gives the same bytes.
template <class E>
concept executor = requires(E const& e, detail::executor_probe f) {
    e.for_each(std::size_t{}, f);
};

/// The calling thread.
struct sequential {
    template <std::invocable<std::size_t> F>
    void for_each(std::size_t n, F&& f) const {
        for (std::size_t i = 0; i < n; ++i) {
            f(i);
        }
    }
};
static_assert(executor<sequential>);

/// A pool of threads that lives as long as this object; the calling thread works too.
///
/// A for_each called from inside another one, on this pool or another, runs on the thread that called it.
/// Calls from different threads take turns. A pool that was moved from can only be destroyed.
class threads {
public:
    /// `count` threads in all, the caller's included, at most 1024; 0 means one per processor.
    explicit threads(unsigned count = 0) {
        detail::require(count <= 1024, errc::out_of_domain, "hallmark::threads: count is ", count, "; allowed is 0 (one per processor) to 1024");
        if (count == 0) {
            count = std::thread::hardware_concurrency();
        }
        for (unsigned i = 1; i < count; ++i) {
            try {
                state_->workers.emplace_back([s = state_.get()] { s->serve(); });
            } catch (std::system_error const& e) {
                detail::fail(errc::out_of_domain, "hallmark::threads: count is ", count, ", and the operating system refused thread ", i + 1, ": ", e.what());
            }
        }
    }
    threads(threads&&) noexcept                    = default;
    auto operator=(threads&&) noexcept -> threads& = delete;
    ~threads()                                     = default;

    /// How many threads a loop uses, the caller's included.
    [[nodiscard]] auto count() const noexcept -> std::size_t { return state_->workers.size() + 1; }

    template <std::invocable<std::size_t> F>
    void for_each(std::size_t n, F&& f) const {
        if (n < 2 || state_->workers.empty() || inside()) {
            sequential{}.for_each(n, f);
            return;
        }
        auto                  body = [&f](std::size_t i) { f(i); };  // an object of ours: f may be const, or a function
        std::lock_guard const turn(state_->turn);
        job                   work{n, &body, [](void* self, std::size_t i) { (*static_cast<decltype(body)*>(self))(i); }};
        state_->run(work);
        if (work.failure) {
            std::rethrow_exception(work.failure);
        }
    }

private:
    struct job {
        std::size_t n;
        void*       self;
        void (*call)(void*, std::size_t);
        std::atomic<std::size_t> next{0};
        std::mutex               failing{};
        std::size_t              failed_at = 0;
        std::exception_ptr       failure{};

        void work() noexcept {
            for (auto i = next.fetch_add(1); i < n; i = next.fetch_add(1)) {
                try {
                    call(self, i);
                } catch (...) {
                    std::lock_guard const hold(failing);
                    if (!failure || i < failed_at) {
                        failure   = std::current_exception();
                        failed_at = i;
                    }
                    // Indices are handed out in order, so every lower one is already running: it may still
                    // throw and win. Higher ones cannot matter.
                    next.store(n);
                }
            }
        }
    };

    struct pool {
        std::mutex               turn{};
        std::mutex               mutex{};
        std::condition_variable  wake{}, done{};
        std::vector<std::thread> workers{};
        job*                     current  = nullptr;
        std::size_t              epoch    = 0;
        std::size_t              busy     = 0;
        bool                     stopping = false;

        pool()                               = default;
        pool(pool const&)                    = delete;
        auto operator=(pool const&) -> pool& = delete;

        // Here and not in ~threads: it must also run when the constructor of `threads` throws half-way.
        ~pool() {
            {
                std::lock_guard const hold(mutex);
                stopping = true;
            }
            wake.notify_all();
            for (auto& w : workers) {
                w.join();
            }
        }

        void run(job& work) {
            {
                std::lock_guard const hold(mutex);
                current = &work;
                busy    = workers.size();
                ++epoch;
            }
            wake.notify_all();
            inside() = true;
            work.work();
            inside() = false;
            std::unique_lock hold(mutex);
            done.wait(hold, [&] { return busy == 0; });
        }
        void serve() {
            inside()         = true;
            std::size_t seen = 0;
            for (;;) {
                job* work = nullptr;
                {
                    std::unique_lock hold(mutex);
                    wake.wait(hold, [&] { return stopping || epoch != seen; });
                    if (stopping) {
                        return;
                    }
                    seen = epoch;
                    work = current;
                }
                work->work();
                std::lock_guard const hold(mutex);
                if (--busy == 0) {
                    done.notify_one();
                }
            }
        }
    };

    // Whether this thread is running part of a loop. A nested loop that waited for its turn could wait for
    // itself: directly, or through a second pool whose loop calls back into the first.
    static auto inside() noexcept -> bool& {
        thread_local bool flag = false;
        return flag;
    }

    std::unique_ptr<pool> state_ = std::make_unique<pool>();
};
static_assert(executor<threads>);

}  // namespace hallmark::inline v0
