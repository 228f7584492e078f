// hallmark mark: its options, and who does the work.
#include "mark.hpp"

namespace cli {
namespace {
auto run(mark_command const& o) -> answer {
    if (o.schedule == "parity") {
        forbid(*o.app, {"--key", "--user", "--quality", "--stripes", "--design", "--preview"},
               "with --schedule parity, whose marks follow from the pictures alone");
        need(*o.app, {"--out"}, "for the marked pictures");
        return mark_parity(o);
    }
    forbid(*o.app, {"--order", "--saved-from"}, "without --schedule parity");
    need(*o.app, {"--key", "--user"}, "to mark with a secret");
    if (o.app->count("--preview") > 0) {
        forbid(*o.app, {"--out", "--quality", "--threads"}, "with --preview, which marks nothing");
        return mark_preview(o);
    }
    need(*o.app, {"--out"}, "for the marked pictures");
    return mark_keyed(o);
}
}  // namespace

auto number_or_fraction(std::string const& text, char const* option) -> double {
    auto const slash = text.find('/');
    double     above = 0.0, below = 1.0;
    if (!CLI::detail::lexical_cast(text.substr(0, slash), above) || (slash != std::string::npos && !CLI::detail::lexical_cast(text.substr(slash + 1), below)) ||
        !(below > 0.0)) {
        refuse(option, " is ", quote(text), "; allowed is a number or a fraction such as 8/255");
    }
    return above / below;
}

auto parameters_of(mark_command const& o) -> hallmark::mark_parameters {
    hallmark::mark_parameters p;
    p.ratio   = number_or_fraction(o.ratio, "--ratio");
    p.epsilon = number_or_fraction(o.epsilon, "--epsilon");
    p.stripes = o.stripes;
    p.design  = o.design == "shared" ? hallmark::key_design::shared : hallmark::key_design::independent;
    hallmark::validate(p);
    return p;
}

void add_mark(CLI::App& app, session& s) {
    auto c = command<mark_command>(
        app, s, "mark", "Marks every picture in a folder and below, and writes a manifest of what it did. Run again, it marks only what is missing or changed.",
        "hallmark mark photos --key my.key --user anna --out photos-marked", run);
    c.app->add_option("DIR", c->folder, "The folder of originals (jpg, jpeg, png, bmp). If it has a folder for each class, their names become labels.")
        ->required();
    c.app->add_option("--key", c->key, "The key file.");
    c.app->add_option("--user", c->user, "Whose pictures these are: any text. It is stored in the manifest.");
    c.app->add_option("--out", c->out, "The folder for the marked pictures. It may lie in DIR, but not hold it.");
    c.app->add_option("--preview", c->preview, "Mark nothing, and write a contact sheet of the first pictures to this .png file instead.");
    c.app->add_option("--quality", c->quality, "Write JPEG of this quality, 1 to 100, instead of PNG.")->check(CLI::Range(1, 100));
    c.app->add_option("--ratio", c->ratio, "The share of the picture in the marked picture, 0 to 1.")->capture_default_str();
    c.app->add_option("--epsilon", c->epsilon, "The height of the noise where white is 1, as a number or a fraction.")->capture_default_str();
    c.app->add_option("--stripes", c->stripes, "How many colour stripes, 1 to 4096.")->check(whole_number())->capture_default_str();
    c.app->add_option("--design", c->design, "shared: one pattern for all pictures; independent: one for each picture.")
        ->check(CLI::IsMember({"shared", "independent"}))
        ->capture_default_str();
    c.app
        ->add_option("--schedule", c->schedule,
                     "keyed: marks are drawn from the secret key; parity: as the published program draws them from the pictures, to find marks that it made.")
        ->check(CLI::IsMember({"keyed", "parity"}))
        ->capture_default_str();
    c.app->add_option("--order", c->order,
                      "With --schedule parity: a file with the names of all pictures, one a line, in the order to add them up. Else sorted.");
    c.app
        ->add_option("--saved-from", c->saved_from, "With --schedule parity: round pixels from float64, as the published program, or float32, as its training.")
        ->check(CLI::IsMember({"float64", "float32"}))
        ->capture_default_str();
    c.app->add_option("--threads", c->thread_count, "How many threads to use; 0 means one per processor.")->check(CLI::Range(0, 1024))->capture_default_str();
}

}  // namespace cli
