// hallmark mark --preview: a contact sheet of originals, marked pictures and the difference, before a folder is marked.
#include "mark.hpp"
#include "pictures.hpp"

#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/key_file.hpp>
#include <hallmark/io/resize.hpp>
#include <hallmark/mark/recipe_marker.hpp>

#include <algorithm>

namespace cli {
namespace {
using pictures = hallmark::image_batch<std::uint8_t>;

constexpr std::size_t side = 160, gap = 8, most = 8;

/// Copies a picture, no larger than a cell and otherwise in its own size, into the middle of the cell; grey as colour.
void place(pictures& sheet, std::size_t row, std::size_t column, pictures const& picture) {
    auto const longest = std::max(picture.height(), picture.width());
    auto const fit     = [&](std::size_t extent) { return longest <= side ? extent : std::max<std::size_t>(1, extent * side / longest); };
    auto const less    = hallmark::resize(picture.view(), fit(picture.height()), fit(picture.width()));
    auto const top = gap + row * (side + gap) + (side - less.height()) / 2, left = gap + column * (side + gap) + (side - less.width()) / 2;
    for (std::size_t c = 0; c < 3; ++c) {
        for (std::size_t h = 0; h < less.height(); ++h) {
            for (std::size_t w = 0; w < less.width(); ++w) {
                sheet.view().at(0, c, top + h, left + w) = less.view().at(0, less.channels() == 1 ? 0 : c, h, w);
            }
        }
    }
}

/// Grey where nothing changed; changes are shown as they are, lighter or darker.
auto difference(pictures const& before, pictures const& after) -> pictures {
    auto out = before;
    for (std::size_t i = 0; i < out.elements().size(); ++i) {
        out.elements()[i] = static_cast<std::uint8_t>(std::clamp(128 + after.elements()[i] - before.elements()[i], 0, 255));
    }
    return out;
}
}  // namespace

auto mark_preview(mark_command const& o) -> answer {
    if (o.preview.size() < 5 || o.preview.compare(o.preview.size() - 4, 4, ".png") != 0) {
        refuse("--preview is ", quote(o.preview), "; allowed are names that end in .png");
    }
    require_user(o);
    hallmark::recipe_marker const mark(hallmark::read_key_file(o.key), recipe_of(*o.app, o.recipe));
    auto const                    names = pictures_in(o.folder);
    auto const                    rows  = std::min(most, names.size());
    pictures                      sheet(1, 3, gap + rows * (side + gap), gap + 3 * (side + gap));
    std::fill(sheet.elements().begin(), sheet.elements().end(), std::uint8_t{255});
    for (std::size_t row = 0; row < rows; ++row) {
        auto const path     = o.folder + "/" + names[row];
        auto const file     = read_original(path);
        auto const original = decode(file, path);
        auto const after    = marked(mark, original, o.user, file.sample);
        place(sheet, row, 0, original);
        place(sheet, row, 1, after);
        place(sheet, row, 2, difference(original, after));
    }
    hallmark::write_file(o.preview, encode(sheet, 0));
    answer a;
    a.json["preview"]  = o.preview;
    a.json["pictures"] = names.size();
    a.json["shown"]    = rows;
    a.text =
        sentence("The first ", rows, " of ", names.size(), " pictures are in ", quote(o.preview), ": original, marked, difference. Nothing was marked yet.\n");
    return a;
}

}  // namespace cli
