// A board of coloured fields: the two-coloured checkerboard, or one with a drawn colour in every field.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/pattern/colour.hpp>
#include <hallmark/pattern/concept.hpp>
#include <hallmark/random/uniform.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
inline void require_board(std::uint32_t rows, std::uint32_t columns, std::string_view who) {
    require(rows >= 1 && rows <= 4096 && columns >= 1 && columns <= 4096, errc::out_of_domain, who, ": the board has ", rows, " x ", columns,
            " fields; allowed is 1 to 4096 rows and columns");
}
}  // namespace detail

/// `rows` × `columns` fields, stretched over pictures of any size; fields differ by one pixel in height and width at most.
class checkerboard {
public:
    /// `fields` row by row, rows · columns of them.
    checkerboard(std::uint32_t rows, std::uint32_t columns, std::vector<rgb> fields, softening soft = {})
        : rows_(rows), columns_(columns), fields_(std::move(fields)), soft_(soft) {
        detail::require_board(rows, columns, "hallmark::checkerboard");
        detail::require(fields_.size() == std::size_t{rows} * columns, errc::shape_mismatch, "hallmark::checkerboard: ", fields_.size(),
                        " colours were given for ", rows, " x ", columns, " fields");
    }

    /// Two colours in turn, `first` in the top left corner.
    checkerboard(std::uint32_t rows, std::uint32_t columns, rgb first, rgb second, softening soft = {})
        : checkerboard(rows, columns, in_turn(rows, columns, first, second), soft) {}

    [[nodiscard]] auto fields() const& noexcept -> std::vector<rgb> const& { return fields_; }
    /// Of a pattern that is about to go: by value, so that nothing dangles.
    [[nodiscard]] auto fields() && noexcept -> std::vector<rgb> { return std::move(fields_); }

    [[nodiscard]] auto operator()(std::size_t channel, std::size_t channels, std::size_t row, std::size_t height, std::size_t column,
                                  std::size_t width) const noexcept -> level {
        return level_of(fields_[row * rows_ / height * columns_ + column * columns_ / width], soft_, channel, channels);
    }

private:
    static auto in_turn(std::uint32_t rows, std::uint32_t columns, rgb first, rgb second) -> std::vector<rgb> {
        detail::require_board(rows, columns, "hallmark::checkerboard");
        std::vector<rgb> out(std::size_t{rows} * columns);
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = (i / columns + i % columns) % 2 == 0 ? first : second;
        }
        return out;
    }

    std::size_t      rows_, columns_;
    std::vector<rgb> fields_;
    softening        soft_;
};
static_assert(pattern<checkerboard>);

/// Draws the colour of every field, uniform over the palette's entries, row by row. (Two drawn colours alone would allow a few dozen boards only,
/// and an audit's p-value cannot be smaller than one in the number of marks a user could have had.)
struct colour_boards {
    std::uint32_t    rows = 8, columns = 8;          ///< 1 to 4096 each
    std::vector<rgb> palette = published_palette();  ///< 1 entry or more
    softening        soft    = {0.125, 128.0};

    [[nodiscard]] auto draw(stream& draws) const -> checkerboard {
        detail::require_board(rows, columns, "hallmark::colour_boards");
        detail::require(!palette.empty(), errc::empty_input, "hallmark::colour_boards: the palette is empty; allowed is 1 colour or more");
        std::vector<rgb> fields(std::size_t{rows} * columns);
        for (auto& f : fields) {
            f = palette[uniform_below(draws, static_cast<std::uint32_t>(palette.size()))];
        }
        return checkerboard(rows, columns, std::move(fields), soft);
    }
    friend auto operator==(colour_boards const&, colour_boards const&) -> bool = default;
};
static_assert(pattern_source<colour_boards>);

}  // namespace hallmark::inline v0
