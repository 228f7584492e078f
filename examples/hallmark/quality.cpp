// hallmark quality: how much a mark changed a picture, or a folder of them.
#include "cli.hpp"
#include "pictures.hpp"

#include <hallmark/io/folder.hpp>
#include <hallmark/mark/quality.hpp>
#include <hallmark/mark/stealth.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace cli {
namespace {
namespace fs = std::filesystem;

struct quality_command {
    CLI::App*   app = nullptr;
    std::string original, marked;
};

struct picture_pair {
    std::string                         name;
    hallmark::image_batch<std::uint8_t> original, marked;
};

auto read_pair(std::string const& name, std::string const& original, std::string const& marked) -> picture_pair {
    return {name, decode(read_original(original), original), decode(read_original(marked), marked)};
}

/// Two files, or the pictures of two folders: each under its name, or under the name that `hallmark mark` gives it.
auto pairs_of(quality_command const& o) -> std::vector<picture_pair> {
    if (!fs::is_directory(o.original) && !fs::is_directory(o.marked)) {
        return {read_pair(o.marked, o.original, o.marked)};
    }
    if (!fs::is_directory(o.original) || !fs::is_directory(o.marked)) {
        refuse("one of ", quote(o.original), " and ", quote(o.marked), " is a folder; allowed are two files or two folders");
    }
    std::vector<picture_pair> pairs;
    for (auto const& name : hallmark::list_images(o.original)) {
        auto other = o.marked + "/" + marked_name(name, 0);
        for (auto const& candidate : {marked_name(name, 1), name}) {
            other = fs::exists(other) ? other : o.marked + "/" + candidate;
        }
        if (!fs::exists(other)) {
            refuse(quote(name), " has no marked picture in ", quote(o.marked));
        }
        pairs.push_back(read_pair(name, o.original + "/" + name, other));
    }
    if (pairs.empty()) {
        refuse("there are no pictures (jpg, jpeg, png, bmp) in ", quote(o.original));
    }
    return pairs;
}

auto json_of(std::string const& name, hallmark::picture_quality const& q) -> nlohmann::ordered_json {
    nlohmann::ordered_json j;
    j["name"]               = name;
    j["psnr"]               = std::isinf(q.psnr) ? nlohmann::ordered_json() : nlohmann::ordered_json(q.psnr);
    j["ssim"]               = q.ssim;
    j["largest_difference"] = q.largest_difference;
    j["clipped"]            = q.clipped;
    j["range"]              = nlohmann::ordered_json::object();
    j["range"]["original"]  = {q.least[0], q.greatest[0]};
    j["range"]["marked"]    = {q.least[1], q.greatest[1]};
    j["range_alarm"]        = q.range_alarm;
    j["phash"]              = q.phash;
    j["dhash"]              = q.dhash;
    return j;
}

auto text_of(std::string const& name, hallmark::picture_quality const& q) -> std::string {
    return sentence(name, ": PSNR ", q.psnr, " dB, SSIM ", q.ssim, ", largest difference ", q.largest_difference, " of 255, ", 100.0 * q.clipped,
                    " % clipped, values ", q.least[0], " to ", q.greatest[0], " became ", q.least[1], " to ", q.greatest[1], q.range_alarm ? " (alarm)" : "",
                    ", pHash ", q.phash, " and dHash ", q.dhash, " of 64 bits away\n");
}

/// The detectors need pictures of one size to compare.
auto stealth_of(std::vector<picture_pair> const& pairs) -> nlohmann::ordered_json {
    auto const& first = pairs.front().original;
    for (auto const& p : pairs) {
        if (p.original.channels() != first.channels() || p.original.height() != first.height() || p.original.width() != first.width()) {
            return {};
        }
    }
    auto const joined = [&](auto member) {
        hallmark::image_batch<std::uint8_t> all(pairs.size(), first.channels(), first.height(), first.width());
        auto                                to = all.elements().begin();
        for (auto const& p : pairs) {
            to = std::copy((p.*member).elements().begin(), (p.*member).elements().end(), to);
        }
        return all;
    };
    auto const before = joined(&picture_pair::original), after = joined(&picture_pair::marked);
    auto const r = hallmark::stealth(before.view(), after.view());
    return {{"range", r.range}, {"spectrum", r.spectrum}, {"neighbour", r.neighbour}, {"found", r.found}};
}

auto run(quality_command const& o) -> answer {
    auto const pairs = pairs_of(o);
    answer     a;
    auto       each = nlohmann::ordered_json::array();
    double     ssim = 0.0;
    for (auto const& p : pairs) {
        if (p.original.height() < 11 || p.original.width() < 11) {
            refuse(quote(p.name), " has ", p.original.height(), " x ", p.original.width(), " pixels; SSIM needs 11 x 11 or more");
        }
        auto const q = hallmark::compare(p.original.view(), p.marked.view());
        each.push_back(json_of(p.name, q));
        a.text += text_of(p.name, q);
        ssim += q.ssim / static_cast<double>(pairs.size());
    }
    a.json["pictures"]  = pairs.size();
    a.json["mean_ssim"] = ssim;
    a.json["each"]      = each;
    a.json["stealth"]   = pairs.size() < 2 ? nlohmann::ordered_json() : stealth_of(pairs);
    if (!a.json["stealth"].is_null()) {
        auto const& s = a.json["stealth"];
        a.text += sentence("Marked pictures are told from originals by their range in ", 100.0 * s["range"].get<double>(), " % of pairs, by their spectrum in ",
                           100.0 * s["spectrum"].get<double>(), " %, by their nearest neighbour in ", 100.0 * s["neighbour"].get<double>(),
                           " % (50 % is a coin). ", 100.0 * s["found"].get<double>(), " % are nearest to their own original.\n");
    }
    return a;
}
}  // namespace

void add_quality(CLI::App& app, session& s) {
    auto c = command<quality_command>(app, s, "quality", "How much marking changed a picture, or the pictures of a folder, and how easily that is noticed.",
                                      "hallmark quality photos photos-marked", run);
    c.app->add_option("A", c->original, "The original, or the folder of originals.")->required();
    c.app->add_option("B", c->marked, "The marked picture, or the folder of marked pictures.")->required();
}

}  // namespace cli
