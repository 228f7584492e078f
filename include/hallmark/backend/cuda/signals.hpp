// Per-sample signals from logits in device memory: one read of each logit, nothing of softmax's size in between.
#pragma once

#include <hallmark/backend/cuda/block.hpp>
#include <hallmark/backend/cuda/half.hpp>
#include <hallmark/backend/cuda/logit_sum.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace hallmark::inline v0 {

/// What a logit in device memory may be.
template <class S>
concept cuda_logit = std::same_as < std::remove_const_t<S>,
float > || std::same_as<std::remove_const_t<S>, double> || std::same_as<std::remove_const_t<S>, float16> || std::same_as<std::remove_const_t<S>, bfloat16>;

/// What `cuda_score` met that is no number, or no class. On the device; `cuda_require_scores` asks for it.
struct cuda_score_report {
    std::uint64_t bad_logit;  ///< the least sample · classes + class of a logit that is NaN or infinite
    std::uint64_t bad_label;  ///< the least sample whose label is no class
};

namespace detail::device {

[[nodiscard]] HALLMARK_HD constexpr auto finite_logit(float v) noexcept -> bool { return (__builtin_bit_cast(std::uint32_t, v) & 0x7f800000u) != 0x7f800000u; }
[[nodiscard]] HALLMARK_HD constexpr auto finite_logit(double v) noexcept -> bool {
    return (__builtin_bit_cast(std::uint64_t, v) & 0x7ff0000000000000u) != 0x7ff0000000000000u;
}
template <class Scalar>
[[nodiscard]] HALLMARK_HD constexpr auto logit_value(Scalar z) noexcept {
    if constexpr (std::is_same_v<Scalar, double>) {
        return z;
    } else {
        return static_cast<float>(z);
    }
}

/// A warp per sample, or a part of a warp where there are few classes; or a block where there are many.
template <class Signal, class Real, class Scalar, class Label, bool Warps>
struct score_body {
    static constexpr unsigned threads = 256;
    static constexpr unsigned several = 16 / sizeof(Scalar);  // logits in one access

    Scalar const*      logits;
    std::uint64_t      samples;
    std::uint64_t      classes;
    std::ptrdiff_t     sample_stride, class_stride;
    Label const*       labels;
    double*            out;
    cuda_score_report* report;
    std::uint64_t      number;    // of the first sample, in the report
    unsigned           together;  // threads of a sample
    bool               aligned;   // rows are dense, and begin on 16 bytes
    Signal             signal;

    [[nodiscard]] auto shared_bytes() const noexcept -> std::size_t { return threads / warp_size * sizeof(logit_sum<Real>); }

    [[nodiscard]] HALLMARK_HD constexpr auto at_once() const noexcept -> unsigned { return threads / together; }  // samples of a block

    template <class Block>
    HALLMARK_HD void operator()(Block const& block) const {
        auto const mine = share_of(samples, at_once(), block.index(), block.count());
        for (auto first = mine.first; first < mine.last; first += at_once()) {
            typename Block::template own<logit_sum<Real>> sum;
            block.apart([&](unsigned t) {
                sum[t]       = logit_sum<Real>::none();
                auto const n = first + t / together;
                if (n < mine.last) {
                    read(n, t % together, sum[t]);
                }
            });
            if constexpr (Warps) {
                block.reduce_warps(sum, merge_logits{}, together);
            } else {
                auto const all = block.reduce(sum, merge_logits{}, block.template shared<logit_sum<Real>>());
                block.apart([&](unsigned t) { sum[t] = all; });
            }
            block.apart([&](unsigned t) {
                auto const n = first + t / together;
                if (t % together == 0 && n < mine.last) {
                    auto const label = static_cast<std::uint64_t>(labels[n]);
                    if (label < classes) {
                        out[n] = signal(sum[t], static_cast<double>(logit_value(at(n, label))));
                    } else {
                        atomic_least(&report->bad_label, number + n);
                        out[n] = 0.0;
                    }
                }
            });
        }
    }

private:
    [[nodiscard]] HALLMARK_HD auto at(std::uint64_t n, std::uint64_t c) const noexcept -> Scalar {
        return logits[static_cast<std::ptrdiff_t>(n) * sample_stride + static_cast<std::ptrdiff_t>(c) * class_stride];
    }
    HALLMARK_HD void take(Scalar z, std::uint64_t n, std::uint64_t c, std::uint64_t label, logit_sum<Real>& sum) const noexcept {
        auto const v = logit_value(z);
        if (!finite_logit(v)) {
            atomic_least(&report->bad_logit, (number + n) * classes + c);
        } else if (c != label) {
            sum.push(static_cast<Real>(v), static_cast<std::uint32_t>(c));
        }
    }
    HALLMARK_HD void read(std::uint64_t n, unsigned lane, logit_sum<Real>& sum) const noexcept {
        auto const    label = static_cast<std::uint64_t>(labels[n]);
        std::uint64_t whole = 0;  // classes read several at a time
        if (aligned) {
            whole           = classes / several * several;
            auto const* row = logits + static_cast<std::ptrdiff_t>(n) * sample_stride;
            for (std::uint64_t c = std::uint64_t{lane} * several; c < whole; c += together * several) {
                Scalar z[several];
                load_several(row + c, z);
                for (unsigned i = 0; i < several; ++i) {
                    take(z[i], n, c + i, label, sum);
                }
            }
        }
        for (auto c = whole + lane; c < classes; c += together) {
            take(at(n, c), n, c, label, sum);
        }
    }
};

}  // namespace detail::device

namespace detail::device {
/// `cuda_score`; `clear`: the report is cleared first. Sample numbers in the report begin at `number`.
template <class Signal, class Real, class Device, class Scalar, class Label>
void launch_score(Device const& device, tensor_view<Scalar const, cuda_space> logits, cuda_span<Label const> labels, cuda_span<double> scores,
                  cuda_score_report* report, Signal signal, bool clear, std::uint64_t number) {
    constexpr std::string_view who = "hallmark::cuda_score";
    device.require_ready(who);
    require_view(device, logits, who, "logits");
    require(logits.height() == 1 && logits.width() == 1 && logits.channels() >= 2 && logits.channels() <= 0xffffffffu, errc::shape_mismatch, who,
            ": logits has extents (", logits.samples(), ", ", logits.channels(), ", ", logits.height(), ", ", logits.width(),
            "); allowed are (samples, classes, 1, 1) with 2 classes or more");
    auto const n = logits.samples(), classes = logits.channels();
    require_span(device, labels, who, "labels");
    require_length(labels.size, n, who, "labels");
    require_span(device, scores, who, "scores");
    require_length(scores.size, n, who, "scores");
    auto const noted = named(cuda_span<cuda_score_report>{report, 1}, "report");
    require_bytes(device, noted.bytes, alignof(cuda_score_report), who, noted.name);
    require_apart(named(scores, "scores"), {named(logits, "logits"), named(labels, "labels")}, who);
    require_apart(noted, {named(scores, "scores"), named(logits, "logits"), named(labels, "labels")}, who);

    if (clear) {
        device.fill(report, 0xff, sizeof *report);
    }
    auto const aligned = logits.stride[1] == 1 && reinterpret_cast<std::uintptr_t>(logits.data) % 16 == 0 &&
                         (n == 1 || logits.stride[0] * static_cast<std::ptrdiff_t>(sizeof(Scalar)) % 16 == 0);
    auto const run = [&](auto body) { device.launch(body, blocks_for(n, body.at_once(), device.most_blocks())); };
    if (classes <= 4096) {
        run(score_body<Signal, Real, Scalar, Label, true>{logits.data, n, classes, logits.stride[0], logits.stride[1], labels.data, scores.data, report, number,
                                                          classes <= 16   ? 4u
                                                          : classes <= 64 ? 8u
                                                                          : warp_size,
                                                          aligned, signal});
    } else {
        run(score_body<Signal, Real, Scalar, Label, false>{logits.data, n, classes, logits.stride[0], logits.stride[1], labels.data, scores.data, report,
                                                           number, 256u, aligned, signal});
    }
}
}  // namespace detail::device

/// Writes the signal of every sample to `scores`, on the executor's stream. `logits` has extents (samples, classes, 1, 1), any strides,
/// 2 to 2^32 − 1 classes; labels are whole numbers of any type. `report` is where the kernel notes the first logit that is no number and the first label
/// that is no class; it is cleared first, and `cuda_require_scores` reads it. Cost: one read of the logits.
///
/// Exponentials are computed in `Real`: double by default, within a few units of 1e-15 of the signal in signal/; float is several times
/// faster where a device has few units for double, and within 2e-6. Sums are taken in a fixed order: the same bits from run to run.
template <class Signal = cuda_neg_cross_entropy, class Real = double, class Device, cuda_logit Scalar, std::integral Label>
void cuda_score(Device const& device, tensor_view<Scalar, cuda_space> logits, cuda_span<Label> labels, cuda_span<double> scores, cuda_score_report* report,
                Signal signal = {}) {
    detail::device::launch_score<Signal, Real>(device, detail::device::as_constant(logits), cuda_span<std::remove_const_t<Label> const>(labels), scores, report,
                                               signal, true, 0);
}

/// Waits for the stream, and throws the sentence about the first logit or label that `cuda_score` could not use. `classes` as scored.
template <class Device>
void cuda_require_scores(Device const& device, cuda_score_report const* report, std::size_t classes) {
    constexpr std::string_view who = "hallmark::cuda_score";
    cuda_score_report          seen{};
    device.copy_to_host(&seen, report, sizeof seen);
    detail::require(seen.bad_label == ~std::uint64_t{0}, errc::out_of_domain, who, ": the label of sample ", seen.bad_label, " is no class; allowed is 0 to ",
                    classes - 1);
    detail::require(seen.bad_logit == ~std::uint64_t{0}, errc::not_a_number, who, ": the logit of sample ", seen.bad_logit / classes, " for class ",
                    seen.bad_logit % classes, " is no number; allowed is any finite number");
}

}  // namespace hallmark::inline v0
