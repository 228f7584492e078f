// A progress bar with the time that is left, on stderr, for people only.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>

#include <unistd.h>

namespace cli {

/// Silent unless stderr is a terminal.
class progress {
public:
    progress(std::string what, std::size_t total) : what_(std::move(what)), total_(total), shown_(::isatty(STDERR_FILENO) == 1 && total > 0) {}
    progress(progress const&)                    = delete;
    auto operator=(progress const&) -> progress& = delete;
    ~progress() {
        if (shown_ && drawn_) {
            std::fputs("\r\033[K", stderr);  // leaves the line to what is said next
        }
    }

    void show(std::size_t done) {
        auto const now = clock::now();
        if (!shown_ || (drawn_ && done < total_ && now - last_ < std::chrono::milliseconds(200))) {
            return;
        }
        last_               = now;
        drawn_              = true;
        auto const    spent = std::chrono::duration<double>(now - start_).count();
        auto const    share = static_cast<double>(done) / static_cast<double>(total_);
        constexpr int width = 30;
        auto const    full  = static_cast<int>(share * width);
        std::fprintf(stderr, "\r\033[K%s [%.*s%.*s] %zu/%zu", what_.c_str(), full, "##############################", width - full,
                     "..............................", done, total_);
        if (done > 0 && done < total_) {
            auto const left = static_cast<long>(spent * (1.0 - share) / share + 0.5);
            std::fprintf(stderr, ", %ld:%02ld left", left / 60, left % 60);
        }
        std::fflush(stderr);
    }

private:
    using clock = std::chrono::steady_clock;

    std::string       what_;
    std::size_t       total_;
    bool              shown_;
    bool              drawn_ = false;
    clock::time_point start_ = clock::now();
    clock::time_point last_  = start_;
};

}  // namespace cli
