// What every entry point of the CUDA backend refuses about the memory it is given, by the emulation, each before anything is launched.
#include "pictures.hpp"

#include <hallmark/backend/cuda/audit.hpp>
#include <hallmark/backend/cuda/emulation.hpp>
#include <hallmark/backend/cuda/groups.hpp>
#include <hallmark/backend/cuda/marks.hpp>
#include <hallmark/backend/cuda/memory.hpp>
#include <hallmark/backend/cuda/parity.hpp>
#include <hallmark/backend/cuda/permutation.hpp>
#include <hallmark/backend/cuda/ranks.hpp>
#include <hallmark/backend/cuda/scores.hpp>
#include <hallmark/backend/cuda/shadow.hpp>
#include <hallmark/backend/cuda/signals.hpp>
#include <hallmark/backend/cuda/welch.hpp>

#include <doctest/doctest.h>

#include <cstring>
#include <functional>
#include <string>
#include <vector>

using namespace hallmark;

namespace {
/// A buffer that an entry point is given: its name in the sentences, what is in it, what its address is a multiple of.
struct argument {
    std::string                name;
    std::vector<unsigned char> content;
    std::size_t                alignment;
    bool                       written = false;
};
template <class T>
auto of(std::string name, std::vector<T> const& values, bool written = false) -> argument {
    argument out{std::move(name), std::vector<unsigned char>(values.size() * sizeof(T)), alignof(T), written};
    std::memcpy(out.content.data(), values.data(), out.content.size());
    return out;
}

/// Where each buffer lies.
class places {
public:
    template <class T>
    [[nodiscard]] auto at(std::size_t i) const -> T* {
        return reinterpret_cast<T*>(begins[i]);
    }
    template <class T>
    [[nodiscard]] auto span(std::size_t i) const -> cuda_span<T> {
        return {at<T>(i), bytes[i] / sizeof(T)};
    }

    std::vector<unsigned char*> begins;
    std::vector<std::size_t>    bytes;
};

struct entry {
    std::string                                                              name;
    std::vector<argument>                                                    arguments;
    std::function<void(emulated_cuda const&, places const&, cuda_workspace)> call;
    std::function<std::size_t(emulated_cuda const&)>                         workspace = nullptr;  // none: it takes no workspace
};

using reads = double const;
auto three_withheld() -> counterfactual_options {
    counterfactual_options out;
    out.withheld = 3;
    return out;
}
auto entries() -> std::vector<entry> {
    std::vector<double> const two = {-1.0, -2.0}, four = {-1.0, -2.0, -3.0, -4.0};
    std::vector<entry>        all;
    all.push_back({"cuda_score",
                   {of("logits", std::vector<float>{1, 2, 3, 4}), of("labels", std::vector<std::int32_t>{0, 1}), of("scores", two, true),
                    of("report", std::vector<cuda_score_report>(1), true)},
                   [](auto const& device, places const& p, cuda_workspace) {
                       cuda_score(device, cuda_nchw(p.at<float const>(0), 2, 2, 1, 1), p.span<std::int32_t const>(1), p.span<double>(2),
                                  p.at<cuda_score_report>(3));
                   }});
    all.push_back(
        {"cuda_aggregate_groups",
         {of("scores", four), of("offsets", std::vector<std::uint64_t>{0, 1, 4}), of("out", two, true), of("report", std::vector<cuda_group_report>(1), true)},
         [](auto const& device, places const& p, cuda_workspace) {
             cuda_aggregate_groups(device, cuda_aggregate::mean, p.span<reads>(0), p.span<std::uint64_t const>(1), p.span<double>(2),
                                   p.at<cuda_group_report>(3));
         }});
    all.push_back(
        {"cuda_count_hits",
         {of("observed", two), of("nulls", four), of("hits", std::vector<std::uint64_t>(2), true)},
         [](auto const& device, places const& p, cuda_workspace) { cuda_count_hits(device, p.span<reads>(0), p.span<reads>(1), p.span<std::uint64_t>(2)); }});
    all.push_back({"cuda_count_beaten",
                   {of("scores", four), of("below", std::vector<std::uint64_t>(2), true)},
                   [](auto const& device, places const& p, cuda_workspace) { cuda_count_beaten(device, p.span<reads>(0), 2, p.span<std::uint64_t>(1)); }});
    all.push_back({"cuda_lira",
                   {of("scores", two), of("in", four), of("out", four), of("result", two, true)},
                   [](auto const& device, places const& p, cuda_workspace w) {
                       cuda_lira(device, p.span<reads>(0), p.span<reads>(1), p.span<reads>(2), p.span<double>(3), lira{}, w);
                   },
                   [](auto const&) { return cuda_lira_workspace(2); }});
    all.push_back({"cuda_lira",
                   {of("scores", two), of("in", four), of("out", four), of("result", two, true)},
                   [](auto const& device, places const& p, cuda_workspace w) {
                       cuda_lira(device, p.span<reads>(0), p.span<reads>(1), p.span<reads>(2), p.span<double>(3), lira{.variance = lira_variance::fixed}, w);
                   },
                   [](auto const&) { return cuda_lira_workspace(2, {.variance = lira_variance::fixed}); }});
    all.push_back({"cuda_rmia",
                   {of("target", two), of("references", two), of("population", four), of("references of the population", four), of("result", two, true)},
                   [](auto const& device, places const& p, cuda_workspace w) {
                       cuda_rmia(device, p.span<reads>(0), p.span<reads>(1), p.span<reads>(2), p.span<reads>(3), p.span<double>(4), 2.0, 0.3, w);
                   },
                   [](auto const& device) { return cuda_rmia_workspace(device, 4); }});
    all.push_back(
        {"cuda_welch_t",
         {of("a", two), of("b", four)},
         [](auto const& device, places const& p, cuda_workspace w) { (void)cuda_welch_t(device, p.span<reads>(0), p.span<reads>(1), alternative::greater, w); },
         [](auto const& device) { return cuda_welch_workspace(device); }});
    all.push_back({"cuda_scores",
                   {of("members", two), of("nulls", four)},
                   [](auto const& device, places const& p, cuda_workspace w) { (void)cuda_scores(device, p.span<reads>(0), p.span<reads>(1), w); },
                   [](auto const& device) { return cuda_scores_workspace(device, 2, 4); }});
    all.push_back({"cuda_permutation_test",
                   {},
                   [](auto const& device, places const&, cuda_workspace w) {
                       double const x[] = {1.0, 2.0};
                       (void)cuda_permutation_test{resampling::monte_carlo, 9}(device, x, x, alternative::greater, w);
                   },
                   [](auto const& device) {
                       return cuda_permutation_test{resampling::monte_carlo, 9}.workspace(device, 4);
                   }});
    all.push_back({"cuda_sign_flip_test",
                   {},
                   [](auto const& device, places const&, cuda_workspace w) {
                       double const x[] = {1.0, 2.0};
                       (void)cuda_sign_flip_test{resampling::monte_carlo, 9}(device, x, x, alternative::greater, w);
                   },
                   [](auto const&) { return cuda_sign_flip_test::workspace(2); }});
    auto const pixels = std::vector<float>(2 * 3 * 8 * 8, 0.5f);
    mark_plan  plan;
    plan.add(test_key(), 1, 2);
    all.push_back({"cuda_marks",
                   {of("the batch of originals", pixels), of("the destination", pixels)},
                   [plan](auto const& device, places const& p, cuda_workspace w) {
                       cuda_marks(device, plan, w).into(cuda_nchw(p.at<float>(1), 2, 3, 8, 8), cuda_nchw(p.at<float const>(0), 2, 3, 8, 8));
                   },
                   [plan](auto const&) { return cuda_marks_workspace(plan); }});
    auto const  bytes = test_pictures<std::uint8_t>(2, 3, 8, 8);
    parity_plan published;
    published.add(tensor_traits<image_batch<std::uint8_t>>::view(bytes));
    all.push_back({"cuda_parity_marks",
                   {of("the batch of originals", bytes.elements()), of("the destination", pixels)},
                   [published](auto const& device, places const& p, cuda_workspace w) {
                       cuda_parity_marks(device, published, w).into(cuda_nchw(p.at<float>(1), 2, 3, 8, 8), cuda_nchw(p.at<std::uint8_t const>(0), 2, 3, 8, 8));
                   },
                   [published](auto const&) { return cuda_parity_marks_workspace(published); }});
    all.push_back({"cuda_score_versions",
                   {of("the batch of originals", pixels)},
                   [](auto const& device, places const& p, cuda_workspace w) {
                       std::vector<std::size_t> const labels = {0, 1};
                       auto const                     logits = device.template array<float>(2 * 8);
                       std::fill_n(logits.data, logits.size, 0.5f);
                       auto const model = [&](tensor_view<float const, cuda_space> x) { return cuda_nchw<float const>(logits.data, x.samples(), 2, 1, 1); };
                       (void)cuda_score_versions(device, model, marker(test_key()), cuda_nchw(p.at<float const>(0), 2, 3, 8, 8), labels, 1, three_withheld(),
                                                 w);
                   },
                   [pixels](auto const&) { return cuda_audit_workspace(marker(test_key()), cuda_nchw(pixels.data(), 2, 3, 8, 8), three_withheld()); }});
    return all;
}

/// The buffers of an entry in a device's memory.
auto placed(emulated_cuda const& device, entry const& e) -> places {
    places out;
    for (auto const& a : e.arguments) {
        auto* const at = static_cast<unsigned char*>(device.allocate(a.content.size() + 256));
        std::memcpy(at, a.content.data(), a.content.size());
        out.begins.push_back(at);
        out.bytes.push_back(a.content.size());
    }
    return out;
}
/// The sentence that the call is refused with, without the name in front; that nothing was launched.
auto refusal(emulated_cuda const& device, entry const& e, places const& p, cuda_workspace w = {}) -> std::string {
    auto const before = device.launched().size();
    try {
        e.call(device, p, w);
    } catch (error const& refused) {
        CHECK(device.launched().size() == before);
        auto const said  = std::string(refused.what());
        auto const front = "hallmark::" + e.name + ": ";
        CHECK(said.substr(0, front.size()) == front);
        return said.substr(front.size());
    }
    return "nothing was refused";
}
}  // namespace

TEST_CASE("the entries below are right where nothing is wrong") {
    emulated_cuda const device;
    for (auto const& e : entries()) {
        CAPTURE(e.name);
        CHECK(refusal(device, e, placed(device, e)) == "nothing was refused");
        CHECK(!device.launched().empty());
    }
}

// A result that is written over something still to be read is a wrong number without a word.
TEST_CASE("what is written lies apart from all else") {
    for (auto const& e : entries()) {
        for (std::size_t i = 0; i < e.arguments.size(); ++i) {
            for (std::size_t j = 0; e.arguments[i].written && j < e.arguments.size(); ++j) {
                if (i != j) {
                    CAPTURE(e.name);
                    emulated_cuda const device;
                    auto                p = placed(device, e);
                    p.begins[i]           = p.begins[j] + p.bytes[j] / 16 * 8;  // the last half of it
                    auto const names      = [&](std::size_t a, std::size_t b) {
                        return e.arguments[a].name + " and " + e.arguments[b].name + " overlap; give each memory of its own";
                    };
                    auto const said = refusal(device, e, p);
                    CHECK((said == names(i, j) || (e.arguments[j].written && said == names(j, i))));
                }
            }
        }
    }
}

TEST_CASE("memory of the host, of another device, misaligned or none") {
    for (auto const& e : entries()) {
        for (std::size_t i = 0; i < e.arguments.size(); ++i) {
            auto const&         a = e.arguments[i];
            emulated_cuda const device;
            auto const          p     = placed(device, e);
            auto const          moved = [&](unsigned char* to) {
                auto out      = p;
                out.begins[i] = to;
                return refusal(device, e, out);
            };
            CAPTURE(e.name);
            // Those of a population are called references, too.
            auto const                 named = a.name == "references of the population" ? std::string("references") : a.name;
            std::vector<std::uint64_t> host(a.content.size() / 8 + 1);
            CHECK(moved(reinterpret_cast<unsigned char*>(host.data())) == named + " is in host memory; allowed is memory of device 0");
            auto* const there = static_cast<unsigned char*>(device.neighbour(1).allocate(a.content.size()));
            CHECK(moved(there) == named + " is in memory of device 1; allowed is device 0, the stream's");
            CHECK(moved(nullptr) == named + " is a null pointer; allowed is device memory");
            if (a.alignment > 1) {
                CHECK(moved(p.begins[i] + 1) == named + " begins at an address that is no multiple of " + std::to_string(a.alignment) +
                                                    ", the size of its numbers; allowed is aligned memory");
            }
            auto* const ends = p.begins[i] + 256;  // its last byte is beyond
            CHECK(moved(ends + a.alignment) == named + " is in host memory; allowed is memory of device 0");
        }
    }
}

TEST_CASE("a stream that carries an error, and another current device") {
    for (auto const& e : entries()) {
        CAPTURE(e.name);
        auto const failed = emulated_cuda(emulated_cuda::traits{.failed = true});
        CHECK(refusal(failed, e, placed(failed, e)) == "the stream carries an error from an earlier call, cudaErrorUnknown; nothing was launched");
        auto const elsewhere = emulated_cuda(emulated_cuda::traits{.current = 1});
        CHECK(refusal(elsewhere, e, placed(elsewhere, e)) == "device 1 is current and the stream is of device 0; make the stream's device current");
    }
}

// The workspace is written at any time until the launches have run: what lies in it is lost.
TEST_CASE("a workspace is large enough, aligned, on the device and apart from all else") {
    for (auto const& e : entries()) {
        if (e.workspace == nullptr) {
            continue;
        }
        CAPTURE(e.name);
        emulated_cuda const device;
        auto const          p    = placed(device, e);
        auto const          size = e.workspace(device);
        auto const          room = device.array<unsigned char>(size + 4096);
        auto const          most = std::to_string(size);
        CHECK(refusal(device, e, p, {room.data, size}) == "nothing was refused");
        CHECK(device.borders_untouched());
        CHECK(refusal(device, e, p, {room.data, size - 1}) == "the workspace has " + std::to_string(size - 1) + " bytes; allowed are " + most + " or more");
        CHECK(refusal(device, e, p, {room.data + 1, size}) ==
              "the workspace begins at an address that is no multiple of 256; allowed is memory as cudaMalloc gives it");
        alignas(256) static unsigned char host[256];
        CHECK(refusal(device, e, p, {host, size}) == "the workspace is in host memory; allowed is memory of device 0");
        CHECK(refusal(device, e, p, {device.neighbour(1).allocate(size), size}) == "the workspace is in memory of device 1; allowed is device 0, the stream's");
        for (std::size_t i = 0; i < e.arguments.size(); ++i) {
            auto moved      = p;
            moved.begins[i] = room.data;
            std::memcpy(room.data, e.arguments[i].content.data(), e.arguments[i].content.size());
            CHECK(refusal(device, e, moved, {room.data, size}) == "the workspace and " + e.arguments[i].name + " overlap; give each memory of its own");
        }
    }
}

// The points of a curve must not be written over the sorted scores that the curve is read off.
TEST_CASE("a curve, its workspace and that of its scores lie apart") {
    emulated_cuda const device;
    auto const          a    = device.array(std::vector<double>{1.0, 2.0});
    auto const          room = device.array<unsigned char>(1 << 16);
    auto const          mine = cuda_workspace{room.data, cuda_scores_workspace(device, 2, 2)};
    auto const          next = cuda_workspace{room.data + (1 << 15), cuda_curve_workspace(device, 2, 2)};
    cuda_scores const   s(device, cuda_span<double const>(a), cuda_span<double const>(a), mine);
    auto const          points = device.array<roc_point>(s.curve_points());
    auto const          before = device.launched().size();
    s.curve(points, next);
    CHECK(device.launched().size() > before);
    auto const in = [&](cuda_workspace w) { return cuda_span<roc_point>{static_cast<roc_point*>(w.data), points.size}; };
    CHECK_THROWS_WITH_AS(s.curve(in(next), next), "hallmark::cuda_scores: the workspace and points overlap; give each memory of its own", error);
    CHECK_THROWS_WITH_AS(s.curve(in(mine), next), "hallmark::cuda_scores: the workspace and points overlap; give each memory of its own", error);
    CHECK_THROWS_WITH_AS(s.curve(points, mine), "hallmark::cuda_scores: the workspace and that of the curve overlap; give each memory of its own", error);
    roc_point host[3];
    CHECK_THROWS_WITH_AS(s.curve({host, 3}), "hallmark::cuda_scores: points is in host memory; allowed is memory of device 0", error);
}
