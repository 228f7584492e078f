// hallmark audit: was this model trained on these pictures?
#include "audit.hpp"

#include <hallmark/io/atomic_file.hpp>
#include <hallmark/report/histogram_chart.hpp>
#include <hallmark/report/json.hpp>
#include <hallmark/report/text.hpp>
#include <hallmark/report/verdict_section.hpp>

#include <algorithm>
#include <filesystem>

namespace cli {
namespace {
auto run(audit_options const& o) -> answer {
    if (!(o.alpha > 0.0 && o.alpha < 1.0)) {
        refuse("--alpha is ", o.alpha, "; allowed is a number between 0 and 1, both left out");
    }
    auto const from_scores = !o.scores.empty(), from_model = !o.model.empty();
    if (from_scores == from_model) {
        refuse("an audit needs either --scores or --model");
    }
    // An audit takes long; a report that cannot be written should be known before it.
    auto const folder = std::filesystem::path(o.report).parent_path();
    if (!o.report.empty() && !folder.empty() && !std::filesystem::is_directory(folder)) {
        refuse("--report is ", quote(o.report), ", and there is no folder ", quote(folder.string()));
    }
    return from_scores ? audit_scores(o) : audit_model(o);
}
}  // namespace

auto silenced(audit_options const& o) -> hallmark::silenced_checks {
    hallmark::silenced_checks out;
    for (auto const& name : o.silence) {
        out.add(hallmark::self_check_of(name));
    }
    return out;
}

void require_run(audit_options const& o, hallmark::verdict const& v) {
    for (auto const& name : o.silence) {
        if (std::none_of(v.checks.begin(), v.checks.end(), [&](auto const& c) { return name_of(c.which) == name; })) {
            refuse("--silence ", name, " is of no use for this audit (", v.audit, "), which has no such check");
        }
    }
}

auto answer_of(hallmark::verdict const& v) -> answer {
    answer a;
    a.json = nlohmann::ordered_json(v);
    a.text = hallmark::to_text(v);
    a.code = v.outcome == hallmark::decision::shown ? ok : not_shown;
    return a;
}

void write_report(audit_options const& o, hallmark::verdict const& v, double published, std::span<double const> compared,
                  std::vector<std::pair<std::string, std::string>> const& settings) {
    if (o.report.empty()) {
        return;
    }
    hallmark::html_content page;
    page.append(hallmark::verdict_section(v));
    if (!compared.empty()) {
        page.heading("Where the published set stands");
        hallmark::histogram_options chart;
        chart.title        = "Mean scores of whole sets";
        chart.points       = {{published, "the set in question"}};
        chart.points_label = "the set in question";
        page.figure(hallmark::histogram_chart({{"what it was compared with", {compared.begin(), compared.end()}}}, chart),
                    "The set's score among the scores it was compared with. Further to the right means more likely trained on.");
    }
    page.heading("Settings").definitions(settings);
    hallmark::write_file(o.report, hallmark::html_page("Was this model trained on these pictures?", page));
}

void add_audit(CLI::App& app, session& s) {
    auto c = command<audit_options>(
        app, s, "audit",
        "Tests whether a model was trained on a set of pictures, from scores of it or by asking the model itself. Exit code 0 means shown, 1 not shown.",
        "hallmark audit --model suspect.pt --originals photos --manifest photos-marked/hallmark-manifest.json --key my.key "
        "--classes classes.txt --size 224 --report report.html\n  hallmark audit --scores losses.csv --kind loss --nulls null-losses.csv\n"
        "  hallmark audit --scores versions.npy --kind score --design shared",
        run);
    auto&                    app_options = *c.app;
    std::vector<std::string> names;
    for (auto const check : hallmark::all_self_checks) {
        names.emplace_back(name_of(check));
    }
    app_options.add_option("--alpha", c->alpha, "The accepted rate of false alarms.")->capture_default_str();
    app_options.add_option("--signal", c->signal, "What is computed from logits.")
        ->check(CLI::IsMember({"neg-cross-entropy", "logit-scaled"}))
        ->capture_default_str();
    app_options.add_option("--silence", c->silence, "Do without this self-check; may be given several times. The answer lists the checks and their names.")
        ->check(CLI::IsMember(names));
    app_options.add_option("--report", c->report, "Write an HTML report to this file.");

    app_options
        .add_option("--scores", c->scores,
                    "Scores of the set (population audit), or a matrix of versions by samples whose first row is the published version (counterfactual audit).")
        ->group("From scores");
    app_options.add_option("--kind", c->kind, "What the files hold: score (larger means member), loss (smaller means member), or logits (with --labels).")
        ->check(CLI::IsMember({"score", "loss", "logits"}))
        ->group("From scores");
    app_options
        .add_option("--nulls", c->nulls,
                    "Scores of sets that were certainly not trained on: one per set, or one per sample with --per-set or a column named set, or a matrix with "
                    "a row for each set.")
        ->group("From scores");
    app_options.add_option("--per-set", c->per_set, "How many successive null samples make one set.")->check(whole_number(1))->group("From scores");
    app_options.add_option("--disjoint", c->disjoint, "How many null sets share no pictures with others, if not all.")
        ->check(whole_number(1))
        ->group("From scores");
    app_options
        .add_option("--design", c->design,
                    "Of a matrix of versions by samples: shared if all pictures share one key, independent if each has its own, twins for a published and a "
                    "withheld version of each, sequential to stop at the first picture that suffices.")
        ->check(CLI::IsMember({"shared", "independent", "twins", "sequential"}))
        ->group("From scores");
    app_options
        .add_option("--questions", c->questions,
                    "The list that hallmark questions wrote: --scores is then one answer for each question, in the order of asking.")
        ->group("From scores");
    app_options.add_option("--before", c->before, "Unlearning: the same scores from the model before the deletion.")->group("From scores");
    app_options.add_option("--nulls-before", c->nulls_before, "Unlearning with --nulls: the nulls' scores from the model before the deletion.")
        ->group("From scores");
    app_options
        .add_option(
            "--groups", c->groups,
            "Distillation: where the look-alikes of each picture begin among the samples, and the number of samples at the end; 0, 3, 5 is two pictures "
            "with three and two.")
        ->group("From scores");
    app_options
        .add_option("--subject", c->subject, "Of a matrix of rounds by subjects, the one in question first: the sum or the slope over the rounds is compared.")
        ->check(CLI::IsMember({"sum", "slope"}))
        ->group("From scores");
    app_options.add_option("--null-classes", c->null_classes, "The class number of each null set; only those of --class are compared with.")
        ->group("From scores");
    app_options.add_option("--class", c->set_class, "The class number of the set.")->check(whole_number())->group("From scores");
    app_options
        .add_option("--null-pictures", c->null_pictures,
                    "Which pictures each null set consists of, as whole numbers that stand for them: in the shape of --nulls, or with a column named set or a "
                    "row for each set. Of null sets that share a picture only one is compared with.")
        ->group("From scores");
    app_options.add_option("--set-pictures", c->set_pictures, "The pictures of the set itself, with --null-pictures: no null set may have one of them.")
        ->group("From scores");
    app_options
        .add_option("--blind", c->blind,
                    "A score of each sample of the set that was made without the model, its mean brightness, say: the set must not stand out by it.")
        ->group("From scores");
    app_options.add_option("--blind-nulls", c->blind_nulls, "The same of the null sets, in the shape of --nulls.")->group("From scores");
    app_options.add_option("--family", c->family, "Many users: every row of --scores is one user, and false accusations are controlled over all of them.")
        ->check(CLI::IsMember({"bh", "by", "holm"}))
        ->group("From scores");
    app_options.add_option("--labels", c->labels, "With --kind logits: the class number of each sample.")->group("From scores");
    app_options.add_option("--null-labels", c->null_labels, "With --kind logits: the class number of each null sample.")->group("From scores");

    app_options
        .add_option("--model", c->model, "The suspect: a TorchScript file that turns pictures in [0, 1] into logits. Only open files from people you trust.")
        ->group("From a model");
    app_options.add_option("--originals", c->originals, "The folder of originals that was marked.")->group("From a model");
    app_options.add_option("--manifest", c->manifest, "The manifest that hallmark mark wrote.")->group("From a model");
    app_options.add_option("--key", c->key, "The key file.")->group("From a model");
    app_options.add_option("--pictures", c->pictures, "The pictures of the pattern, where it is one of a set.")->group("From a model");
    app_options.add_option("--withheld", c->withheld, "How many other marks to compare with; the least possible p is 1 / (this + 1).")
        ->check(whole_number(1, 10000000))
        ->capture_default_str()
        ->group("From a model");
    app_options
        .add_flag("--sequential", c->sequential,
                  "Ask picture by picture and stop as soon as the evidence suffices; needs pictures marked with --design independent. --withheld is 1 then, "
                  "unless it is given.")
        ->group("From a model");
    app_options.add_option("--classes", c->classes, "A file with one class name a line, in the order of the model's logits.")->group("From a model");
    app_options.add_option("--label", c->label, "The class of pictures that lie in no class folder.")->group("From a model");
    app_options.add_option("--size", c->size, "Resize marked pictures to this many pixels as the trainer did: 224, or 224x160 for rows by columns.")
        ->group("From a model");
    app_options.add_option("--mean", c->mean, "One number per channel, taken from pixels in [0, 1].")->expected(1, 3)->group("From a model");
    app_options.add_option("--std", c->deviation, "One number per channel, by which pixels are then divided.")->expected(1, 3)->group("From a model");
    app_options.add_option("--channels", c->channels, "Channels the model takes, 1 or 3.")
        ->check(CLI::IsMember(std::vector<std::string>{"1", "3"}))
        ->capture_default_str()
        ->group("From a model");
    app_options.add_option("--quality", c->quality, "Send every version through JPEG of this quality, as the published one was.")
        ->check(whole_number(1, 100))
        ->group("From a model");
    app_options.add_option("--batch", c->batch, "Pictures the model is asked about at a time.")
        ->check(whole_number(1, 1000000))
        ->capture_default_str()
        ->group("From a model");
    app_options.add_option("--threads", c->thread_count, "Threads that mark; 0 means one per processor.")
        ->check(whole_number(0, 1024))
        ->capture_default_str()
        ->group("From a model");
}

}  // namespace cli
