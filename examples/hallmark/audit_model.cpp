// The whole counterfactual audit for an owner with a folder of photos and a TorchScript model.
#include "audit.hpp"
#include "evidence.hpp"
#include "pictures.hpp"
#include "progress.hpp"
#include "suspect.hpp"

#include <hallmark/audit/counterfactual.hpp>
#include <hallmark/audit/sequential.hpp>
#include <hallmark/core/executor.hpp>
#include <hallmark/io/manifest.hpp>
#include <hallmark/io/resize.hpp>
#include <hallmark/model/normalised.hpp>
#include <hallmark/signal/cross_entropy.hpp>

#include <algorithm>
#include <map>
#include <sstream>

namespace cli {
namespace {

struct extents {
    std::size_t height = 0, width = 0;
};

/// "224" or "224x160"; nothing given is 0 by 0.
auto size_of(std::string const& text) -> extents {
    if (text.empty()) {
        return {};
    }
    auto const  cross  = text.find('x');
    std::size_t height = 0, width = 0;
    auto const  good = CLI::detail::lexical_cast(text.substr(0, cross), height) &&
                      CLI::detail::lexical_cast(cross == std::string::npos ? text : text.substr(cross + 1), width) && height >= 1 && height <= 65535 &&
                      width >= 1 && width <= 65535;
    if (!good) {
        refuse("--size is ", quote(text), "; allowed is a number of pixels, or rows x columns such as 224x160, each from 1 to 65535");
    }
    return {height, width};
}

/// Class names to logit numbers. Without a file, labels must be numbers.
class class_list {
public:
    explicit class_list(std::string const& file) : file_(file) {
        if (file.empty()) {
            return;
        }
        auto const  bytes = hallmark::read_file(file, std::uint64_t{1} << 26);
        auto const  text  = std::string(reinterpret_cast<char const*>(bytes.data()), bytes.size());
        std::string line;
        for (std::istringstream in(text); std::getline(in, line);) {
            if (!line.empty() && line.back() == '\r') {
                line.pop_back();
            }
            if (line.empty()) {
                refuse("line ", index_.size() + 1, " of ", quote(file), " is empty; a class name is needed on each line");
            }
            if (!index_.emplace(line, index_.size()).second) {
                refuse(quote(file), " has the class ", quote(line), " twice");
            }
        }
        if (index_.empty()) {
            refuse(quote(file), " has no class names in it");
        }
    }

    [[nodiscard]] auto index(std::string const& label, std::string const& picture) const -> std::size_t {
        if (label.empty()) {
            refuse("the picture ", quote(picture), " lies in no class folder; say with --label which class it has");
        }
        if (!file_.empty()) {
            auto const found = index_.find(label);
            if (found == index_.end()) {
                refuse("the class ", quote(label), " of ", quote(picture), " is not in ", quote(file_));
            }
            return found->second;
        }
        if (label.find_first_not_of("0123456789") != std::string::npos || label.size() > 9) {
            refuse("the class ", quote(label), " of ", quote(picture), " is no number; give the names in the order of the logits with --classes");
        }
        return static_cast<std::size_t>(std::stoul(label));
    }

    /// 0 where there is no file.
    [[nodiscard]] auto size() const noexcept -> std::size_t { return index_.size(); }

private:
    std::string                        file_;
    std::map<std::string, std::size_t> index_;
};

/// As many channels as the model takes: grey is repeated, colour is weighed as the decoder does.
auto with_channels(hallmark::image_batch<std::uint8_t> const& picture, std::size_t channels) -> hallmark::image_batch<std::uint8_t> {
    if (picture.channels() == channels) {
        return picture;
    }
    hallmark::image_batch<std::uint8_t> out(1, channels, picture.height(), picture.width());
    auto const                          in = picture.view();
    auto const                          to = out.view();
    for (std::size_t h = 0; h < picture.height(); ++h) {
        for (std::size_t w = 0; w < picture.width(); ++w) {
            for (std::size_t c = 0; c < channels; ++c) {
                to.at(0, c, h, w) = channels == 3
                                        ? in.at(0, 0, h, w)
                                        : static_cast<std::uint8_t>((77u * in.at(0, 0, h, w) + 150u * in.at(0, 1, h, w) + 29u * in.at(0, 2, h, w)) >> 8);
            }
        }
    }
    return out;
}

/// Makes a whole version of the set as the trainer would have fed it to the network.
class versions {
public:
    versions(audit_options const& o, hallmark::recipe_marker const& m, std::string const& user, std::vector<evidence> const& all)
        : o_(o), marker_(m), user_(user), all_(all), size_(size_of(o.size)) {
        if (size_.height == 0) {
            size_ = {all.front().picture.height(), all.front().picture.width()};
            for (auto const& e : all) {
                if (e.picture.height() != size_.height || e.picture.width() != size_.width) {
                    refuse("the pictures have different sizes (", quote(all.front().name), " and ", quote(e.name),
                           "); say with --size what the trainer resized them to");
                }
            }
        }
    }

    /// Every picture of the set, in the version that is its turn.
    template <class Executor>
    [[nodiscard]] auto make(hallmark::asking_rounds const& rounds, std::uint32_t round, Executor const& executor) const -> hallmark::image_batch<std::uint8_t> {
        auto out = batch(all_.size());
        executor.for_each(all_.size(), [&](std::size_t i) { put(out, i, i, rounds.version(i, round)); });
        return out;
    }
    [[nodiscard]] auto rounds(std::uint32_t withheld) const -> hallmark::asking_rounds { return rounds_of(marker_, user_, all_, withheld); }
    /// One picture in one version.
    [[nodiscard]] auto make_one(std::size_t picture, std::uint32_t version) const -> hallmark::image_batch<std::uint8_t> {
        auto out = batch(1);
        put(out, 0, picture, version);
        return out;
    }
    /// The order in which the model is asked about versions.
    [[nodiscard]] auto order(std::uint32_t withheld, std::uint64_t sample) const -> std::vector<std::uint32_t> {
        return hallmark::asking_order(marker_.key(), user_, withheld, sample);
    }
    [[nodiscard]] auto sample(std::size_t picture) const -> std::uint64_t { return all_[picture].sample; }

    [[nodiscard]] auto size() const noexcept -> extents { return size_; }

private:
    [[nodiscard]] auto batch(std::size_t count) const -> hallmark::image_batch<std::uint8_t> {
        return {count, static_cast<std::size_t>(o_.channels), size_.height, size_.width};
    }
    void put(hallmark::image_batch<std::uint8_t>& out, std::size_t slot, std::size_t i, std::uint32_t version) const {
        auto picture = marked(marker_, all_[i].picture, user_, all_[i].sample, version);
        if (o_.quality != 0) {
            original file;
            file.bytes = encode(picture, o_.quality);
            picture    = decode(file, all_[i].name);
        }
        auto const resized = hallmark::resize(with_channels(picture, out.channels()).view(), size_.height, size_.width);
        std::copy(resized.elements().begin(), resized.elements().end(), out.elements().begin() + static_cast<std::ptrdiff_t>(slot * resized.elements().size()));
    }

    audit_options const&           o_;
    hallmark::recipe_marker const& marker_;
    std::string const&             user_;
    std::vector<evidence> const&   all_;
    extents                        size_;
};

/// The suspect as the library's concept of a model.
struct borrowed_suspect {
    suspect* model;
    auto     operator()(hallmark::tensor_view<float const> batch) -> hallmark::image_batch<float> { return model->logits(batch); }
};

/// What both ways of asking need: the suspect behind its normalisation, and the signal.
template <class Use>
auto with_model(audit_options const& o, suspect& s, Use const& use) {
    auto const channels = static_cast<std::size_t>(o.channels);
    auto       mean     = o.mean.empty() ? std::vector<float>(channels, 0.0f) : o.mean;
    auto       scale    = o.deviation.empty() ? std::vector<float>(channels, 1.0f) : o.deviation;
    if (mean.size() != channels || scale.size() != channels) {
        refuse("--mean has ", mean.size(), " and --std ", scale.size(), " numbers; allowed is one for each of the ", channels, " channels");
    }
    auto model = hallmark::normalised<borrowed_suspect>({&s}, std::move(mean), std::move(scale));
    return o.signal == "logit-scaled" ? use(model, hallmark::logit_scaled{}) : use(model, hallmark::neg_cross_entropy{});
}

auto score_all(audit_options const& o, suspect& s, versions const& all, std::vector<std::size_t> const& labels) -> hallmark::version_scores {
    return with_model(o, s, [&](auto& model, auto signal) {
        hallmark::threads const pool(o.thread_count);
        progress                bar("asking the model", std::size_t{o.withheld} + 1);
        auto const              rounds = all.rounds(o.withheld);
        return hallmark::score_versions(
            model, rounds, [&](std::uint32_t round) { return all.make(rounds, round, pool); }, labels, o.batch, signal,
            [&](std::size_t done, std::size_t) { bar.show(done); });
    });
}

auto audit_in_sequence(audit_options const& o, suspect& s, hallmark::manifest const& book, versions const& all, std::vector<std::size_t> const& labels)
    -> hallmark::verdict {
    if (book.recipe.design != hallmark::key_design::independent) {
        refuse("--sequential needs pictures marked with --design independent, and ", quote(o.manifest), " says ", name_of(book.recipe.design));
    }
    auto const withheld = o.app->count("--withheld") > 0 ? o.withheld : 1u;
    return with_model(o, s, [&](auto& model, auto signal) {
        progress   bar("asking the model", labels.size());
        auto const ask = [&](std::size_t i) {
            bar.show(i + 1);
            auto const order = all.order(withheld, all.sample(i));
            return hallmark::score_versions(
                       model, order, [&](std::uint32_t v) { return all.make_one(i, v); }, std::span(labels).subspan(i, 1), order.size(), signal)
                .values;
        };
        return hallmark::sequential_audit(labels.size(), ask, o.alpha, silenced(o));
    });
}

/// An audit of the same design, of a model that does not tell versions apart: it has the same checks.
auto audit_of_nothing(audit_options const& o, hallmark::key_design design) -> hallmark::verdict {
    if (o.sequential) {
        auto const versions = std::size_t{o.app->count("--withheld") > 0 ? o.withheld : 1u} + 1;
        return hallmark::sequential_audit(
            1, [&](std::size_t) { return std::vector<double>(versions); }, o.alpha);
    }
    return hallmark::counterfactual_audit(hallmark::version_scores{1, {0.0, 0.0}, {}}, design, o.alpha);
}

/// The mean score of each version.
auto set_means(hallmark::version_scores const& scores) -> std::vector<double> {
    std::vector<double> out;
    for (std::size_t v = 0; v < scores.versions(); ++v) {
        hallmark::mean m;
        for (auto const s : scores.version(v)) {
            m.push(s);
        }
        out.push_back(m.value());
    }
    return out;
}
}  // namespace

auto audit_model(audit_options const& o) -> answer {
    forbid(*o.app,
           {"--kind", "--nulls", "--per-set", "--disjoint", "--design", "--labels", "--null-labels", "--before", "--nulls-before", "--groups", "--questions",
            "--subject", "--null-classes", "--class", "--family", "--null-pictures", "--set-pictures", "--blind", "--blind-nulls"},
           "with --model");
    need(*o.app, {"--originals", "--manifest", "--key"}, "with --model");
    // The cheap checks first: nobody should wait for the model to hear that a key is missing.
    auto const               book    = hallmark::read_manifest(o.manifest);
    auto const               m       = marker_of(committed_key(o.key, o.manifest, book), book.recipe, o.manifest, o.pictures);
    auto const               classes = class_list(o.classes);
    std::vector<std::size_t> labels;
    for (auto const& e : book.entries) {
        labels.push_back(classes.index(e.label.empty() ? o.label : e.label, e.name));
    }
    std::size_t copies = 0;
    auto const  all    = read_evidence(o.originals, o.manifest, book, copies);
    auto const  sets   = versions(o, m, book.user, all);
    for (std::size_t i = 0; i < all.size(); ++i) {
        labels[i] = labels[all[i].entry];  // entries only ever move forwards
    }
    labels.resize(all.size());
    require_run(o, audit_of_nothing(o, book.recipe.design));
    auto const               model = open_suspect(o.model);
    hallmark::version_scores scores;
    hallmark::verdict        v;
    if (o.sequential) {
        v = audit_in_sequence(o, *model, book, sets, labels);
    } else {
        scores    = score_all(o, *model, sets, labels);
        v         = hallmark::counterfactual_audit(scores, book.recipe.design, o.alpha, hallmark::mean{}, silenced(o));
        v.queries = scores.values.size();
    }
    if (copies > 0) {
        v.warnings.push_back(
            sentence(copies, copies == 1 ? " picture is a copy of another and was" : " pictures are copies of others and were", " asked about once."));
    }

    auto const means    = set_means(scores);
    auto const compared = means.empty() ? std::span<double const>() : std::span(means).subspan(1);
    auto const withheld = v.null_size == 0 || !o.sequential ? o.withheld : v.null_size / v.n;
    write_report(o, v, means.empty() ? 0.0 : means.front(), compared,
                 {{"audit", v.audit},
                  {"model", o.model},
                  {"manifest", o.manifest},
                  {"user", book.user},
                  {"key commitment", book.key_commitment},
                  {"pictures", std::to_string(all.size())},
                  {"withheld keys", std::to_string(withheld)},
                  {"questions to the model", std::to_string(v.queries)},
                  {"signal", o.signal},
                  {"size", sentence(sets.size().height, " x ", sets.size().width, " pixels, ", o.channels, " channels")}});
    auto a                   = answer_of(v);
    a.json["design"]         = std::string(name_of(book.recipe.design));
    a.json["signal"]         = o.signal;
    a.json["model"]          = o.model;
    a.json["manifest"]       = o.manifest;
    a.json["user"]           = book.user;
    a.json["key_commitment"] = book.key_commitment;
    a.json["pictures"]       = all.size();
    a.json["copies"]         = copies;
    a.json["withheld"]       = withheld;
    a.json["queries"]        = v.queries;
    if (!means.empty()) {
        a.json["published_mean"] = means.front();
    }
    return a;
}

}  // namespace cli
