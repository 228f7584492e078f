// hallmark mark with a key: every picture of a folder, again and again, with nothing lost.
#include "mark.hpp"
#include "pictures.hpp"
#include "progress.hpp"

#include <hallmark/core/executor.hpp>
#include <hallmark/io/key_file.hpp>
#include <hallmark/io/manifest.hpp>
#include <hallmark/mark/recipe_marker.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>

namespace cli {
namespace {
namespace fs = std::filesystem;

volatile std::sig_atomic_t interrupted = 0;
extern "C" void            interrupt(int which) {
               interrupted = 1;
               std::signal(which, SIG_DFL);  // who asks twice is not made to wait
}

enum class outcome { waiting, kept, made, failed };

class marking {
public:
    explicit marking(mark_command const& o)
        : o_(o),
          folders_(folders_of(o)),
          marker_(hallmark::read_key_file(o.key), recipe_of(*o.app, o.recipe)),
          book_(folders_.to / "hallmark-manifest.json"),
          outcomes_(names().size(), outcome::waiting),
          complaints_(names().size()),
          fresh_(names().size()) {
        open_book();
    }

    auto run() -> answer {
        fs::create_directories(folders_.to);
        remove_leftovers(folders_.to);
        std::signal(SIGINT, interrupt);
        std::signal(SIGTERM, interrupt);
        hallmark::threads const pool(o_.thread_count);
        progress                bar("marking", names().size());
        auto                    next_save = clock::now() + std::chrono::seconds(5);
        try {
            // In small portions, so that progress, saving and stopping need no locks.
            for (std::size_t first = 0; first < names().size() && interrupted == 0;) {
                auto const count = std::min(2 * pool.count(), names().size() - first);
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

    [[nodiscard]] auto names() const -> std::vector<std::string> const& { return folders_.names; }

    /// Goes on with the manifest of an earlier run, if that run did the same.
    void open_book() {
        if (fs::exists(book_)) {
            old_             = hallmark::read_manifest(book_.string());
            auto const clash = old_->key_commitment != marker_.key().commitment()                                               ? "another key"
                               : old_->user != o_.user                                                                          ? "another user"
                               : !(old_->recipe == marker_.recipe())                                                            ? "other parameters"
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
        auto const source = (folders_.from / names()[i]).string();
        try {
            require_utf8(names()[i], "the file name");
            auto const o      = read_original(source);
            auto const target = folders_.to / marked_name(names()[i], o_.quality);
            auto const before = listed_.find(names()[i]);
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
            fresh_[i] = hallmark::manifest_entry{names()[i], o.sample, o.sha256, sha256_of(bytes), marked_name(names()[i], o_.quality), label_of(names()[i])};
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
        try {
            write_picture(target, bytes);
        } catch (hallmark::error const& e) {
            throw cannot_write(e);
        }
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
        for (std::size_t i = 0; i < names().size(); ++i) {
            if (outcomes_[i] == outcome::kept || outcomes_[i] == outcome::made) {
                all.insert_or_assign(names()[i], *fresh_[i]);
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
        m.recipe         = marker_.recipe();
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
        for (std::size_t i = 0; i < names().size(); ++i) {
            made += outcomes_[i] == outcome::made;
            kept += outcomes_[i] == outcome::kept;
            waiting += outcomes_[i] == outcome::waiting;
            if (outcomes_[i] == outcome::failed) {
                failed.push_back({{"name", names()[i]}, {"error", complaints_[i]}});
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
        a.json["pictures"]       = names().size();
        a.json["marked"]         = made;
        a.json["kept"]           = kept;
        a.json["not_reached"]    = waiting;
        a.json["failed"]         = failed;
        a.text                   = sentence("Marked ", made, " of ", names().size(), " pictures; ", kept, " were there already, ", failed.size(),
                                            " failed.\nManifest: ", book_.string(), "\nKeep the originals, the key and the manifest; publish only what is in ",
                                            folders_.to.string(), ".\n");
        return a;
    }

    mark_command const&                                    o_;
    mark_folders                                           folders_;
    hallmark::recipe_marker                                marker_;
    fs::path                                               book_;
    std::optional<hallmark::manifest>                      old_;
    std::map<std::string, hallmark::manifest_entry const*> listed_;
    std::vector<std::byte>                                 start_;
    std::vector<outcome>                                   outcomes_;
    std::vector<std::string>                               complaints_;
    std::vector<std::optional<hallmark::manifest_entry>>   fresh_;
};
}  // namespace

void require_utf8(std::string const& text, char const* what) {
    try {
        (void)nlohmann::json(text).dump();
    } catch (nlohmann::json::exception const&) {
        refuse(what, " ", quote(text), " is not UTF-8, which a manifest needs");
    }
}

void require_user(mark_command const& o) { require_utf8(o.user, "--user"); }

auto mark_keyed(mark_command const& o) -> answer {
    require_user(o);
    return marking(o).run();
}

}  // namespace cli
