// hallmark mark: its options, and who does the work.
#include "mark.hpp"

namespace cli {
namespace {
auto run(mark_command const& o) -> answer {
    if (o.schedule == "parity") {
        char const* const why = "with --schedule parity, whose marks follow from the pictures alone";
        forbid(*o.app, {"--key", "--user", "--quality", "--design", "--preview"}, why);
        forbid_recipe(*o.app, why);
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
    c.app->add_option("--quality", c->quality, "Write JPEG of this quality, 1 to 100, instead of PNG.")->check(whole_number(1, 100));
    add_common_recipe_options(*c.app, c->recipe);
    add_recipe_options(*c.app, c->recipe);
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
    c.app->add_option("--threads", c->thread_count, "How many threads to use; 0 means one per processor.")->check(whole_number(0, 1024))->capture_default_str();
}

}  // namespace cli
