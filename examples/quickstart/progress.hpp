// A line on stderr that says how far a stage is and how long it will still take.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <mutex>
#include <string>
#include <utility>

#include <unistd.h>

namespace quickstart {

/// The seconds since it was made.
class stopwatch {
public:
    [[nodiscard]] auto seconds() const -> double { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// On a terminal one line that is written over; elsewhere (a log file) a line for each tenth of the way. Several
/// threads may advance it.
class progress {
public:
    progress(std::string what, std::size_t total) : what_(std::move(what)), total_(std::max<std::size_t>(total, 1)) { print(); }
    progress(progress const&)                    = delete;
    auto operator=(progress const&) -> progress& = delete;
    ~progress() {
        if (terminal_) {
            std::fputs("\r\033[K", stderr);  // the results come next, on stdout
        }
    }

    /// One more step of the total is made.
    void advance() {
        std::lock_guard const hold(mutex_);
        ++done_;
        auto const due = terminal_ ? watch_.seconds() >= printed_ + 0.1 || done_ == total_ : 10 * done_ / total_ != 10 * (done_ - 1) / total_;
        if (due) {
            print();
        }
    }

private:
    void print() {
        printed_           = watch_.seconds();
        auto const percent = 100 * done_ / total_;
        auto const left    = done_ == 0 ? 0.0 : printed_ * static_cast<double>(total_ - done_) / static_cast<double>(done_);
        if (terminal_) {
            auto const filled = 30 * done_ / total_;
            std::fprintf(stderr, "\r%-30s [%s%s] %3zu %%, %.0f s left\033[K", what_.c_str(), std::string(filled, '#').c_str(),
                         std::string(30 - filled, '.').c_str(), percent, left);
        } else {
            std::fprintf(stderr, "%-30s %3zu %%, %.0f s left\n", what_.c_str(), percent, left);
        }
        std::fflush(stderr);
    }

    std::string what_;
    std::size_t total_;
    std::size_t done_     = 0;
    double      printed_  = 0.0;
    bool        terminal_ = ::isatty(STDERR_FILENO) == 1;
    stopwatch   watch_;
    std::mutex  mutex_;
};

}  // namespace quickstart
