// quickstart: mark pictures, train on them, catch it; and leave alone the network that was not trained on them.
#include "audit.hpp"
#include "data.hpp"
#include "options.hpp"
#include "progress.hpp"
#include "results.hpp"
#include "training.hpp"

#include <hallmark/io/atomic_file.hpp>
#include <hallmark/mark/marker.hpp>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <future>
#include <string>
#include <tuple>
#include <utility>

namespace quickstart {
namespace {

/// Runs `f` on both networks at once, each on a thread of its own.
template <class F>
auto both(F f, classifier& suspect, classifier& innocent) {
    auto other  = std::async(std::launch::async, [&] { return f(innocent, false); });
    auto first  = f(suspect, true);
    auto second = other.get();
    return std::pair{std::move(first), std::move(second)};
}

/// Some held-out pictures of each class, to see how well a network does on what it was not trained on.
auto some_held_out(dealt const& d, std::size_t each) -> labelled {
    std::vector<std::size_t> first(each);
    for (std::size_t i = 0; i < first.size(); ++i) {
        first[i] = i;
    }
    labelled out;
    for (std::size_t label = 0; label < d.held_out.size(); ++label) {
        out.images = joined(out.images, take(d.held_out[label], first));
        out.labels.insert(out.labels.end(), first.size(), label);
    }
    return out;
}

auto run(options const& o) -> int {
    std::filesystem::create_directories(o.out);  // now: a folder that cannot be made should not cost five minutes
    results r{};
    r.settings = o;

    // The pictures. The users mark theirs before anyone trains on them.
    stopwatch  loading;
    auto const mark = hallmark::marker(demo_key(o.seed));
    if (o.data.empty()) {
        std::puts("No --data given: quickstart makes pictures of its own, shapes on noise. Real ones are more convincing.");
    }
    r.source = o.data.empty() ? "made by quickstart itself, shapes on noise" : o.data;
    {
        auto const pool = o.data.empty() ? make_pictures(o) : load_pictures(o);
        r.pool          = pool.labels.size();
        r.data          = deal(pool, mark, o);
    }
    r.commitment   = mark.key().commitment();
    r.mark         = mark.parameters();
    r.load_seconds = loading.seconds();

    // Two networks that begin alike; one gets the marked pictures.
    auto const  suspect_pictures  = suspect_set(r.data);
    auto const  innocent_pictures = innocent_set(r.data);
    auto const  tested            = some_held_out(r.data, o.tested);
    auto const& watched           = o.validation > 0 ? r.data.validation : tested;
    auto        suspect           = classifier(r.data.class_names.size(), o);
    auto        innocent          = classifier(r.data.class_names.size(), o);
    r.place                       = place_of(o.how);
    if (o.how.anywhere && o.claims && std::string(r.place) == "the CPU") {
        std::puts(
            "LibTorch has no CUDA device here, so the networks are trained on processors: at this scale that takes from a night to some days; the next line "
            "says how long.");
    }
    stopwatch training;
    {
        progress bar("Training both networks", 2 * training_steps(o));
        std::tie(r.suspect.curve, r.innocent.curve) =
            both([&](classifier& net, bool marked) { return train(net, marked ? suspect_pictures : innocent_pictures, watched, o, bar); }, suspect, innocent);
    }
    r.suspect.test_accuracy  = accuracy(suspect, tested);
    r.innocent.test_accuracy = accuracy(innocent, tested);
    r.train_seconds          = training.seconds();

    // The same questions to both.
    stopwatch auditing;
    {
        progress bar("Auditing both networks", 2 * audit_steps(r.data, o));
        std::tie(r.suspect.audit, r.innocent.audit) = both([&](classifier& net, bool) { return audit(net, r.data, mark, o, bar); }, suspect, innocent);
    }
    r.compared      = compare(suspect, r.data, r.suspect.audit, o);
    r.audit_seconds = auditing.seconds();

    r.claims = check(r);
    std::fputs(as_table(r).c_str(), stdout);
    hallmark::write_file(o.out + "/report.html", as_html(r));
    hallmark::write_file(o.out + "/result.json", as_json(r));
    if (!o.table.empty()) {
        write_table(o.table, as_markdown(r));
    }
    std::printf("\nThe report is %s/report.html, the numbers are in %s/result.json.\n", o.out.c_str(), o.out.c_str());

    int status = 0;
    for (auto const& c : r.claims) {
        if (!c.holds) {
            std::fprintf(stderr, "quickstart: the claim does not hold. %s\n", c.sentence.c_str());
            status = 1;
        }
    }
    return status;
}

}  // namespace
}  // namespace quickstart

int main(int argc, char** argv) {
    try {
        return quickstart::run(quickstart::read_options(argc, argv));
    } catch (std::exception const& e) {
        std::fprintf(stderr, "quickstart: %s\n", e.what());
        return 2;
    }
}
