// hallmark questions: what to ask a model that only others can run, in an order that does not tell the published pictures from the rest.
#include "cli.hpp"
#include "evidence.hpp"
#include "mark.hpp"
#include "pictures.hpp"
#include "progress.hpp"

#include <hallmark/core/executor.hpp>
#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/manifest.hpp>

#include <algorithm>
#include <filesystem>

namespace cli {
namespace {
namespace fs = std::filesystem;

struct questions_options {
    CLI::App*     app = nullptr;
    std::string   file, originals, key, out, pictures;
    std::uint32_t withheld     = 99;
    int           quality      = 0;
    unsigned      thread_count = 0;
};

/// 1 becomes 000001: files in the order of their names are in the order of asking.
auto numbered(std::size_t question, std::size_t last) -> std::string {
    auto const digits = std::max<std::size_t>(6, std::to_string(last).size());
    auto const text   = std::to_string(question);
    return std::string(digits - text.size(), '0') + text;
}

auto run(questions_options const& o) -> answer {
    auto const root = fs::path(o.out);
    if (fs::exists(root) && !(fs::is_directory(root) && fs::is_empty(root))) {
        refuse("--out is ", quote(o.out), ", which is there and not empty; choose another folder, so that nothing in it is taken for a question");
    }
    auto const  book   = hallmark::read_manifest(o.file);
    auto const  m      = marker_of(committed_key(o.key, o.file, book), book.recipe, o.file, o.pictures);
    std::size_t copies = 0;
    auto const  all    = read_evidence(o.originals, o.file, book, copies);
    auto const  rounds = rounds_of(m, book.user, all, o.withheld);
    auto const  count  = all.size() * rounds.rounds();
    auto const  folder = [&](std::size_t i) { return root / label_of(all[i].name); };  // a network that is asked by class folders finds them
    fs::create_directories(root);
    for (std::size_t i = 0; i < all.size(); ++i) {
        fs::create_directories(folder(i));
    }

    hallmark::threads const pool(o.thread_count);
    progress                bar("writing", count);
    std::string             table = "picture,version\n";
    for (std::uint32_t round = 0; round < rounds.rounds(); ++round) {
        pool.for_each(all.size(), [&](std::size_t i) {
            auto const name  = numbered(round * all.size() + i + 1, count) + (o.quality != 0 ? ".jpg" : ".png");
            auto const bytes = encode(marked(m, all[i].picture, book.user, all[i].sample, rounds.version(i, round)), o.quality);
            write_picture(folder(i) / name, bytes);
        });
        for (std::size_t i = 0; i < all.size(); ++i) {
            table += std::to_string(i) + ',' + std::to_string(rounds.version(i, round)) + '\n';
        }
        bar.show((round + 1) * all.size());
    }
    auto const list = root / "questions.csv";
    hallmark::write_file(list.string(), table);

    answer a;
    a.json["questions"]      = list.string();
    a.json["count"]          = count;
    a.json["pictures"]       = all.size();
    a.json["copies"]         = copies;
    a.json["withheld"]       = o.withheld;
    a.json["design"]         = std::string(name_of(book.recipe.design));
    a.json["user"]           = book.user;
    a.json["key_commitment"] = book.key_commitment;
    a.text = sentence(count, " questions: ", all.size(), " pictures in ", rounds.rounds(), " versions each.\nAsk about ", numbered(1, count), " to ",
                      numbered(count, count), " in this order, and write one answer a line. Then:\nhallmark audit --scores ANSWERS --kind score --design ",
                      name_of(book.recipe.design), " --questions ", list.string(), "\nKeep the folder to yourself: only version 0 was published.\n");
    return a;
}
}  // namespace

void add_questions(CLI::App& app, session& s) {
    auto c = command<questions_options>(app, s, "questions", "Writes the published and the withheld versions of marked pictures, to ask an API about them.",
                                        "hallmark questions photos-marked/hallmark-manifest.json --originals photos --key my.key --withheld 99 --out questions",
                                        run);
    c.app->add_option("MANIFEST", c->file, "The manifest that hallmark mark wrote.")->required();
    c.app->add_option("--originals", c->originals, "The folder of originals that was marked.")->required();
    c.app->add_option("--key", c->key, "The key file.")->required();
    c.app->add_option("--out", c->out, "A new or empty folder for the questions.")->required();
    c.app->add_option("--withheld", c->withheld, "How many other marks to ask about; the least possible p is 1 / (this + 1).")
        ->check(whole_number(1, 10000000))
        ->capture_default_str();
    c.app->add_option("--pictures", c->pictures, "The pictures of the pattern, where it is one of a set.");
    c.app->add_option("--quality", c->quality, "Write JPEG files of this quality, as the published ones were.")->check(whole_number(1, 100));
    c.app->add_option("--threads", c->thread_count, "How many threads; 0 is one per processor.")->check(whole_number(0, 1024));
}

}  // namespace cli
