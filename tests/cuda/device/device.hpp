// What the tests on a real device share: 77 where there is none, and a count of what was wrong.
#pragma once

#include <cuda_runtime.h>

#include <cstdio>
#include <cstring>
#include <exception>
#include <string_view>
#include <vector>

/// Exit status 77 is "skipped" for ctest.
template <class Test>
auto on_a_device(Test const& test) -> int {
    int count = 0;
    if (cudaGetDeviceCount(&count) != cudaSuccess || count == 0) {
        std::puts("skipped: there is no CUDA device");
        return 77;
    }
    try {
        test();
    } catch (std::exception const& e) {
        std::printf("an exception: %s\n", e.what());
        return 1;
    }
    return 0;
}

struct wrong_answer : std::exception {
    [[nodiscard]] auto what() const noexcept -> char const* override { return "a wrong answer; the lines above say which"; }
};

template <class T>
void same(char const* what, T const& got, T const& wanted) {
    if (!(got == wanted)) {
        std::printf("%s differs from what the CPU computes\n", what);
        throw wrong_answer{};
    }
    std::printf("%s: as on the CPU\n", what);
}
template <class Call>
void refused(char const* what, std::string_view sentence, Call const& call) {
    try {
        call();
    } catch (std::exception const& e) {
        same(what, std::string_view(e.what()), sentence);
        return;
    }
    std::printf("%s was accepted\n", what);
    throw wrong_answer{};
}
inline void near(char const* what, double got, double wanted, double most) {
    if (!(got - wanted <= most && wanted - got <= most)) {
        std::printf("%s: %.17g, and the CPU has %.17g\n", what, got, wanted);
        throw wrong_answer{};
    }
}

/// Memory of the device for as long as this lives.
template <class T>
class on_device {
public:
    explicit on_device(std::size_t n) : n_(n) {
        if (cudaMalloc(&data_, n * sizeof(T)) != cudaSuccess) {
            std::puts("cudaMalloc failed");
            throw wrong_answer{};
        }
        cudaMemset(data_, 0xa5, n * sizeof(T));
    }
    explicit on_device(std::vector<T> const& from) : on_device(from.size()) { cudaMemcpy(data_, from.data(), n_ * sizeof(T), cudaMemcpyHostToDevice); }
    on_device(on_device const&)                    = delete;
    auto operator=(on_device const&) -> on_device& = delete;
    ~on_device() { cudaFree(data_); }

    [[nodiscard]] auto data() const noexcept -> T* { return data_; }
    [[nodiscard]] auto back() const -> std::vector<T> {
        std::vector<T> out(n_);
        cudaMemcpy(out.data(), data_, n_ * sizeof(T), cudaMemcpyDeviceToHost);
        return out;
    }

private:
    T*          data_ = nullptr;
    std::size_t n_;
};
