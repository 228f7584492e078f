// Models for the tests of audits: one that learnt pictures by heart and one that never saw any, and how to look a self-check up.
#pragma once

#include <hallmark/audit/score_versions.hpp>
#include <hallmark/audit/verdict.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/core/tensor.hpp>
#include <hallmark/mark/marker.hpp>

#include <doctest/doctest.h>
#include <mark/fingerprint/batches.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace suspects {
using namespace hallmark;

// A model that learnt some pictures by heart: sure of those, undecided about all others. What a suspect does.
struct memory_model {
    image_batch<float> learnt;

    auto operator()(tensor_view<float const> batch) const -> image_batch<float> {
        auto out = image_batch<float>(batch.samples(), 3, 1, 1);
        for (std::size_t n = 0; n < batch.samples(); ++n) {
            for (std::size_t k = 0; k < learnt.samples(); ++k) {
                bool same = true;
                for (std::size_t c = 0; same && c < batch.channels(); ++c) {
                    for (std::size_t h = 0; same && h < batch.height(); ++h) {
                        for (std::size_t w = 0; same && w < batch.width(); ++w) {
                            same = batch.at(n, c, h, w) == learnt.view().at(k, c, h, w);
                        }
                    }
                }
                if (same) {
                    out.view().at(n, 1, 0, 0) = 9.0f;
                }
            }
        }
        return out;
    }
};

// A model that never saw any mark: its answer is some function of the pixels.
struct innocent_model {
    auto operator()(tensor_view<float const> batch) const -> image_batch<float> {
        auto out = image_batch<float>(batch.samples(), 3, 1, 1);
        for (std::size_t n = 0; n < batch.samples(); ++n) {
            for (std::size_t c = 0; c < 3; ++c) {
                float sum = 0;
                for (std::size_t h = 0; h < batch.height(); ++h) {
                    for (std::size_t w = 0; w < batch.width(); ++w) {
                        sum += batch.at(n, c % batch.channels(), h, w) * static_cast<float>((h * 5 + w * 3 + c) % 7);
                    }
                }
                out.view().at(n, c, 0, 0) = sum;
            }
        }
        return out;
    }
};

// A model that answers higher each time it is asked, whatever it is shown.
struct drifting_model {
    float* level;

    auto operator()(tensor_view<float const> batch) const -> image_batch<float> {
        auto out = image_batch<float>(batch.samples(), 3, 1, 1);
        *level += 1.0f;
        for (std::size_t n = 0; n < batch.samples(); ++n) {
            out.view().at(n, 1, 0, 0) = *level;
        }
        return out;
    }
};

inline auto floats(image_batch<std::uint8_t> const& bytes) -> image_batch<float> {
    auto out = image_batch<float>(bytes.samples(), bytes.channels(), bytes.height(), bytes.width());
    for (std::size_t i = 0; i < bytes.elements().size(); ++i) {
        out.elements()[i] = static_cast<float>(bytes.elements()[i]) / 255.0f;
    }
    return out;
}

inline auto marker_with(key_design design) -> marker {
    mark_parameters p;
    p.design = design;
    return marker(fingerprints::key(), p);
}
inline auto options(std::uint32_t withheld, std::size_t batch_size = 256) -> counterfactual_options {
    counterfactual_options o;
    o.withheld   = withheld;
    o.batch_size = batch_size;
    return o;
}
inline auto originals(std::size_t n) -> image_batch<std::uint8_t> { return fingerprints::pictures<std::uint8_t>(n, 3, 8, 8); }
inline auto learnt(image_batch<std::uint8_t> const& pictures) -> memory_model { return {floats(pictures)}; }
}  // namespace suspects

inline auto check_of(hallmark::verdict const& v, hallmark::self_check which) -> hallmark::check_result {
    for (auto const& c : v.checks) {
        if (c.which == which) {
            return c;
        }
    }
    FAIL("the audit did not report the check " << std::string(name_of(which)));
    return {};
}
inline auto state_of(hallmark::verdict const& v, hallmark::self_check which) -> hallmark::check_state { return check_of(v, which).state; }
inline auto finding_of(hallmark::verdict const& v, hallmark::self_check which) -> std::string { return check_of(v, which).finding; }
