// hallmark mark --schedule parity: the marks of the published program, to find pictures that it marked.
#include "mark.hpp"
#include "pictures.hpp"
#include "progress.hpp"

#include <hallmark/core/executor.hpp>
#include <hallmark/core/image_batch.hpp>
#include <hallmark/io/atomic_file.hpp>
#include <hallmark/parity/marker.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <sstream>
#include <utility>

namespace cli {
namespace {
/// The names in the file --order, one a line: exactly those of the folder, for the stripes follow from the sum of all.
auto in_order(std::vector<std::string> const& names, std::string const& file) -> std::vector<std::string> {
    auto const                  bytes = hallmark::read_file(file, std::uint64_t{1} << 30);
    std::istringstream          text(std::string(reinterpret_cast<char const*>(bytes.data()), bytes.size()));
    std::set<std::string> const known(names.begin(), names.end());
    std::set<std::string>       seen;
    std::vector<std::string>    out;
    for (std::string line; std::getline(text, line);) {
        if (!line.empty() && line.back() == '\r') {
            line.pop_back();
        }
        if (line.empty()) {
            continue;
        }
        if (known.count(line) == 0) {
            refuse("--order ", quote(file), " lists ", quote(line), ", which is no picture of the folder");
        }
        if (!seen.insert(line).second) {
            refuse("--order ", quote(file), " lists ", quote(line), " twice");
        }
        out.push_back(line);
    }
    for (auto const& name : names) {
        if (seen.count(name) == 0) {
            refuse("--order ", quote(file), " does not list ", quote(name), "; all pictures of the folder have a part in the stripes");
        }
    }
    return out;
}

/// All pictures as one batch. The published program stops at pictures of different sizes and at grey ones, so there are no such marks.
auto read_all(std::filesystem::path const& folder, std::vector<std::string> const& names) -> hallmark::image_batch<std::uint8_t> {
    hallmark::image_batch<std::uint8_t> all;
    auto                                to = all.elements().begin();
    for (auto const& name : names) {
        auto const path    = (folder / name).string();
        auto const picture = decode(read_original(path), path);
        if (picture.channels() != 3) {
            refuse(quote(name), " is a grey picture, which the published program cannot mark");
        }
        if (all.samples() == 0) {
            all = hallmark::image_batch<std::uint8_t>(names.size(), 3, picture.height(), picture.width());
            to  = all.elements().begin();
        }
        if (picture.height() != all.height() || picture.width() != all.width()) {
            refuse(quote(name), " has ", picture.height(), " x ", picture.width(), " pixels and ", quote(names.front()), " has ", all.height(), " x ",
                   all.width(), "; the published program marks pictures of one size");
        }
        to = std::copy(picture.elements().begin(), picture.elements().end(), to);
    }
    return all;
}

auto options_of(mark_command const& o) -> hallmark::parity_options {
    hallmark::parity_options p;
    p.ratio      = number_or_fraction(o.recipe.ratio, "--ratio");
    p.epsilon    = number_or_fraction(o.recipe.epsilon, "--epsilon");
    p.saved_from = o.saved_from == "float32" ? hallmark::parity_options::precision::float32 : hallmark::parity_options::precision::float64;
    return p;
}
}  // namespace

auto mark_parity(mark_command const& o) -> answer {
    hallmark::parity_marker const mark(options_of(o));
    auto const                    folders   = folders_of(o);
    auto const                    names     = o.order.empty() ? folders.names : in_order(folders.names, o.order);
    auto const                    originals = read_all(folders.from, names);
    hallmark::threads const       pool(o.thread_count);
    auto const                    made = mark(originals.view(), pool);

    // Everything is known before anything is written: a file in the way that is not this mark stays as it is.
    std::vector<std::vector<std::byte>> files(names.size());
    std::vector<bool>                   there(names.size(), false);
    progress                            bar("marking", names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto const one    = hallmark::tensor_view<std::uint8_t const>(made.view()).slice(i, 1);
        auto       pixels = hallmark::image_batch<std::uint8_t>(1, 3, made.height(), made.width(), {one.data, one.data + one.size()});
        files[i]          = encode(pixels, 0);
        auto const target = folders.to / marked_name(names[i], 0);
        if (auto const before = read_if_there(target)) {
            there[i] = *before == files[i];
            if (!there[i]) {
                refuse(quote(target.string()), " exists and is not this mark of ", quote(names[i]),
                       "; it is left alone, so move it away or choose another --out");
            }
        }
        bar.show(i + 1);
    }
    std::filesystem::create_directories(folders.to);
    remove_leftovers(folders.to);

    answer     a;
    auto       draws = nlohmann::ordered_json::array();
    auto const kept  = static_cast<std::size_t>(std::count(there.begin(), there.end(), true));
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!there[i]) {
            write_picture(folders.to / marked_name(names[i], 0), files[i]);
        }
        auto const f = hallmark::parity_marker::field_of(originals.view(), i);
        draws.push_back({{"name", names[i]}, {"period", static_cast<int>(f.period)}, {"octaves", f.octaves}, {"frequency", f.frequency}});
    }
    a.json["schedule"] = "parity";
    a.json["out"]      = folders.to.string();
    a.json["pictures"] = names.size();
    a.json["marked"]   = names.size() - kept;
    a.json["kept"]     = kept;
    a.json["stripes"]  = hallmark::parity_marker::stripes_of(originals.view()).colours();
    a.json["draws"]    = draws;
    a.text = sentence("Marked ", names.size() - kept, " of ", names.size(), " pictures as the published program does; ", kept, " were there already.\n",
                      "They are in ", folders.to.string(), ".\nThese marks have no secret: use them to find published ones, and a key to mark your own.\n");
    return a;
}

}  // namespace cli
