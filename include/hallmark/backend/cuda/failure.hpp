// Part of the CUDA backend: the sentences about what CUDA itself reports, where they can be tested without it.
#pragma once

#include <hallmark/error.hpp>

#include <string_view>

namespace hallmark::inline v0::detail::device {

/// What CUDA was asked for, what it calls the error, and what it says about it.
[[noreturn]] inline void cuda_failure(std::string_view what, std::string_view name, std::string_view words) {
    fail(errc::io_failure, "hallmark::cuda: ", what, " failed with ", name, ": ", words);
}
inline void require_current(int current, int own, std::string_view who) {
    require(current == own, errc::out_of_domain, who, ": device ", current, " is current and the stream is of device ", own,
            "; make the stream's device current");
}
inline void require_stream(bool ok, std::string_view name, std::string_view who) {
    require(ok, errc::io_failure, who, ": the stream carries an error from an earlier call, ", name, "; nothing was launched");
}

}  // namespace hallmark::inline v0::detail::device
