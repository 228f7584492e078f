// hallmark mark: marks every picture of a folder, and writes down what it did.
#include "cli.hpp"
#include "pictures.hpp"
#include "progress.hpp"

#include <hallmark/core/executor.hpp>
#include <hallmark/io/folder.hpp>
#include <hallmark/io/key_file.hpp>
#include <hallmark/io/manifest.hpp>
#include <hallmark/mark/marker.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>

#include <sys/types.h>

namespace cli {
namespace {
namespace fs = std::filesystem;

struct mark_command {
    CLI::App*   app = nullptr;
    std::string folder, key, user, out;
    int         quality = 0;
    std::string ratio = "0.7", epsilon = "8/255", design = "shared";
    unsigned    stripes = 16, thread_count = 0;
};

volatile std::sig_atomic_t interrupted = 0;
extern "C" void            interrupt(int which) {
               interrupted = 1;
               std::signal(which, SIG_DFL);  // who asks twice is not made to wait
}

/// "0.03" or "8/255".
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

/// True if `inner` is `outer` or lies below it.
auto lies_in(fs::path const& inner, fs::path const& outer) -> bool {
    auto const relative = inner.lexically_relative(outer);
    return !relative.empty() && *relative.begin() != "..";
}

/// Removes what a run that was killed in the middle of a write left behind; what belongs to a running program stays.
void remove_leftovers(fs::path const& out) {
    for (auto const& entry : fs::recursive_directory_iterator(out)) {
        auto const name  = entry.path().filename().string();
        char*      after = nullptr;
        if (name.rfind(".hallmark-", 0) == 0 && name.size() > 14 && name.compare(name.size() - 4, 4, ".tmp") == 0) {
            auto const writer = static_cast<pid_t>(std::strtol(name.c_str() + 10, &after, 10));
            if (writer > 0 && *after == '-' && ::kill(writer, 0) != 0 && errno == ESRCH) {
                fs::remove(entry.path());
            }
        }
    }
}

/// A manifest is JSON, so what goes into it must be UTF-8.
void require_utf8(std::string const& text, char const* what) {
    try {
        (void)nlohmann::json(text).dump();
    } catch (nlohmann::json::exception const&) {
        refuse(what, " ", quote(text), " is not UTF-8, which a manifest needs");
    }
}

enum class outcome { waiting, kept, made, failed };

class marking {
public:
    explicit marking(mark_command const& o)
        : o_(o),
          from_(fs::canonical(o.folder)),
          to_(prepare_out()),
          marker_(hallmark::read_key_file(o.key), parameters_of(o)),
          book_(to_ / "hallmark-manifest.json") {
        find_pictures();
        open_book();
    }

    auto run() -> answer {
        fs::create_directories(to_);
        remove_leftovers(to_);
        std::signal(SIGINT, interrupt);
        std::signal(SIGTERM, interrupt);
        hallmark::threads const pool(o_.thread_count);
        progress                bar("marking", names_.size());
        auto                    next_save = clock::now() + std::chrono::seconds(5);
        try {
            // In small portions, so that progress, saving and stopping need no locks.
            for (std::size_t first = 0; first < names_.size() && interrupted == 0;) {
                auto const count = std::min(2 * pool.count(), names_.size() - first);
                pool.for_each(count, [&](std::size_t i) { mark_one(first + i); });
                first += count;
                bar.show(first);
                if (clock::now() > next_save) {
                    auto const before = clock::now();
                    save();
                    next_save = clock::now() + std::chrono::seconds(5) + 20 * (clock::now() - before);
                }
            }
        } catch (...) {  // a full disk, say: what is done is done, and should be on record if it can be
            try {
                save();
            } catch (hallmark::error const&) {
            }
            throw;
        }
        save();
        return report();
    }

private:
    using clock = std::chrono::steady_clock;

    auto prepare_out() const -> fs::path {
        auto out = fs::weakly_canonical(fs::absolute(o_.out));
        out      = out.has_filename() ? out : out.parent_path();  // "marked/" is "marked"
        if (lies_in(from_, out)) {
            refuse("--out ", quote(o_.out), " holds the originals, which a marked picture could overwrite; choose another folder");
        }
        if (fs::exists(out) && !fs::is_directory(out)) {
            refuse("--out ", quote(o_.out), " is not a folder");
        }
        return out;
    }

    void find_pictures() {
        auto const                         inside = lies_in(to_, from_) ? to_.lexically_relative(from_).generic_string() + "/" : std::string();
        std::map<std::string, std::string> taken;
        for (auto& name : hallmark::list_images(from_.string())) {
            if (!inside.empty() && name.compare(0, inside.size(), inside) == 0) {
                continue;  // an earlier run's marked picture
            }
            auto const marked = marked_name(name, o_.quality);
            auto const place  = taken.emplace(marked, name);
            if (!place.second) {
                refuse(quote(place.first->second), " and ", quote(name), " would both be marked as ", quote(marked), "; rename one of them");
            }
            names_.push_back(std::move(name));
        }
        if (names_.empty()) {
            refuse("there are no pictures (jpg, jpeg, png, bmp) in ", quote(o_.folder));
        }
        outcomes_.assign(names_.size(), outcome::waiting);
        complaints_.resize(names_.size());
        fresh_.resize(names_.size());
    }

    /// Goes on with the manifest of an earlier run, if that run did the same.
    void open_book() {
        if (fs::exists(book_)) {
            old_             = hallmark::read_manifest(book_.string());
            auto const clash = old_->key_commitment != marker_.key().commitment()                                               ? "another key"
                               : old_->user != o_.user                                                                          ? "another user"
                               : !(old_->parameters == marker_.parameters())                                                    ? "other parameters"
                               : !old_->entries.empty() && is_jpeg_name(old_->entries.front().marked_name) != (o_.quality != 0) ? "the other file format"
                                                                                                                                : nullptr;
            if (clash != nullptr) {
                refuse(quote(book_.string()), " is of a run with ", clash, "; choose another --out, so that neither is lost");
            }
            for (auto const& e : old_->entries) {
                listed_.emplace(e.name, &e);
            }
        }
        if (o_.quality != 0) {
            // The quantisation tables stand at the start of a JPEG file: they tell whether a file has the wanted quality.
            start_ = encode(hallmark::image_batch<std::uint8_t>(1, 3, 1, 1), o_.quality);
            start_.resize(25 + 64 + 1 + 64);
        }
    }

    void mark_one(std::size_t i) {
        auto const source = (from_ / names_[i]).string();
        try {
            require_utf8(names_[i], "the file name");
            auto const o      = read_original(source);
            auto const target = to_ / marked_name(names_[i], o_.quality);
            auto const before = listed_.find(names_[i]);
            auto const there  = read_if_there(target);
            if (before != listed_.end() && there && before->second->original_sha256 == o.sha256 && before->second->marked_sha256 == sha256_of(*there) &&
                std::equal(start_.begin(), start_.end(), there->begin(),
                           there->begin() + static_cast<std::ptrdiff_t>(std::min(start_.size(), there->size())))) {
                fresh_[i]    = *before->second;
                outcomes_[i] = outcome::kept;
                return;
            }
            auto const picture = decode(o, source);
            auto const bytes   = encode(marked(marker_, picture, o_.user, o.sample), o_.quality);
            fresh_[i] = hallmark::manifest_entry{names_[i], o.sample, o.sha256, sha256_of(bytes), marked_name(names_[i], o_.quality), label_of(names_[i])};
            if (there && *there == bytes) {  // written by a run that was stopped before it could save its manifest
                outcomes_[i] = outcome::kept;
                return;
            }
            if (there && before == listed_.end()) {
                fresh_[i].reset();
                refuse(quote(target.string()), " exists, is in no manifest and is not this mark of ", quote(source),
                       "; it is left alone, so move it away or choose another --out");
            }
            write(target, bytes);
            outcomes_[i] = outcome::made;
        } catch (cannot_write const&) {
            throw;  // the next one would fail as well
        } catch (hallmark::error const& e) {
            complaints_[i] = e.what();
            outcomes_[i]   = outcome::failed;
        }
    }

    struct cannot_write : hallmark::error {
        explicit cannot_write(hallmark::error const& e) : hallmark::error(e) {}
    };

    static void write(fs::path const& target, std::vector<std::byte> const& bytes) {
        fs::create_directories(target.parent_path());
        try {
            // Not flushed: if the machine dies, the manifest's digests show the next run what is missing.
            hallmark::write_file(target.string(), bytes, {.mode = 0644, .must_be_new = false, .flush = false});
        } catch (hallmark::error const& e) {
            throw cannot_write(e);
        }
    }

    static auto read_if_there(fs::path const& target) -> std::optional<std::vector<std::byte>> {
        std::error_code ignored;
        if (!fs::exists(fs::symlink_status(target, ignored))) {
            return std::nullopt;
        }
        return hallmark::read_file(target.string(), std::uint64_t{1} << 31);
    }

    /// The manifest of everything that is known to be in the folder. Entries of an earlier run stay until they are replaced, also
    /// where the original is gone: the marked picture may be out in the world.
    auto entries() const -> std::vector<hallmark::manifest_entry> {
        std::map<std::string, hallmark::manifest_entry> all;
        if (old_) {
            for (auto const& e : old_->entries) {
                all.emplace(e.name, e);
            }
        }
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (outcomes_[i] == outcome::kept || outcomes_[i] == outcome::made) {
                all.insert_or_assign(names_[i], *fresh_[i]);
            }
        }
        std::vector<hallmark::manifest_entry> out;
        for (auto& [name, entry] : all) {
            out.push_back(std::move(entry));
        }
        return out;
    }

    void save() const {
        hallmark::manifest m;
        m.parameters     = marker_.parameters();
        m.key_commitment = marker_.key().commitment();
        m.user           = o_.user;
        m.entries        = entries();
        if (!old_ || !(old_->entries == m.entries)) {
            hallmark::write_manifest(book_.string(), m);
        }
    }

    auto report() const -> answer {
        std::size_t made = 0, kept = 0, waiting = 0;
        auto        failed = nlohmann::ordered_json::array();
        answer      a;
        for (std::size_t i = 0; i < names_.size(); ++i) {
            made += outcomes_[i] == outcome::made;
            kept += outcomes_[i] == outcome::kept;
            waiting += outcomes_[i] == outcome::waiting;
            if (outcomes_[i] == outcome::failed) {
                failed.push_back({{"name", names_[i]}, {"error", complaints_[i]}});
                a.complaints.push_back(complaints_[i]);
            }
        }
        if (waiting > 0) {
            a.complaints.push_back(sentence("interrupted with ", waiting, " pictures to go; the same command goes on from here"));
        }
        a.code                   = a.complaints.empty() ? ok : bad_input;
        a.json["manifest"]       = book_.string();
        a.json["key_commitment"] = marker_.key().commitment();
        a.json["user"]           = o_.user;
        a.json["pictures"]       = names_.size();
        a.json["marked"]         = made;
        a.json["kept"]           = kept;
        a.json["not_reached"]    = waiting;
        a.json["failed"]         = failed;
        a.text =
            sentence("Marked ", made, " of ", names_.size(), " pictures; ", kept, " were there already, ", failed.size(),
                     " failed.\nManifest: ", book_.string(), "\nKeep the originals, the key and the manifest; publish only what is in ", to_.string(), ".\n");
        return a;
    }

    mark_command const&                                    o_;
    fs::path                                               from_, to_;
    hallmark::marker                                       marker_;
    fs::path                                               book_;
    std::optional<hallmark::manifest>                      old_;
    std::map<std::string, hallmark::manifest_entry const*> listed_;
    std::vector<std::byte>                                 start_;
    std::vector<std::string>                               names_;
    std::vector<outcome>                                   outcomes_;
    std::vector<std::string>                               complaints_;
    std::vector<std::optional<hallmark::manifest_entry>>   fresh_;
};

auto run(mark_command const& o) -> answer {
    if (o.user.empty()) {
        refuse("--user is empty; allowed is any text that says whose pictures these are");
    }
    require_utf8(o.user, "--user");
    return marking(o).run();
}
}  // namespace

void add_mark(CLI::App& app, session& s) {
    auto c = command<mark_command>(
        app, s, "mark", "Marks every picture in a folder and below, and writes a manifest of what it did. Run again, it marks only what is missing or changed.",
        "hallmark mark photos --key my.key --user anna --out photos-marked", run);
    c.app->add_option("DIR", c->folder, "The folder of originals (jpg, jpeg, png, bmp). If it has a folder for each class, their names become labels.")
        ->required();
    c.app->add_option("--key", c->key, "The key file.")->required();
    c.app->add_option("--user", c->user, "Whose pictures these are: any text. It is stored in the manifest.")->required();
    c.app->add_option("--out", c->out, "The folder for the marked pictures. It may lie in DIR, but not hold it.")->required();
    c.app->add_option("--quality", c->quality, "Write JPEG of this quality, 1 to 100, instead of PNG.")->check(CLI::Range(1, 100));
    c.app->add_option("--ratio", c->ratio, "The share of the picture in the marked picture, 0 to 1.")->capture_default_str();
    c.app->add_option("--epsilon", c->epsilon, "The height of the noise where white is 1, as a number or a fraction.")->capture_default_str();
    c.app->add_option("--stripes", c->stripes, "How many colour stripes, 1 to 4096.")->check(whole_number())->capture_default_str();
    c.app->add_option("--design", c->design, "shared: one pattern for all pictures; independent: one for each picture.")
        ->check(CLI::IsMember({"shared", "independent"}))
        ->capture_default_str();
    c.app->add_option("--threads", c->thread_count, "How many threads to use; 0 means one per processor.")->check(CLI::Range(0, 1024))->capture_default_str();
}

}  // namespace cli
