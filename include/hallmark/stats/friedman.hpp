// Friedman's test: do some columns of a table rank higher than others in row after row?
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/log_tail.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

namespace detail {
/// Ranks of every row, doubled so that shared ranks are whole, and whether any are shared.
struct ranked_rows {
    std::vector<std::uint32_t> doubled;
    bool                       ties = false;
};
[[nodiscard]] inline auto rank_rows(std::span<double const> values, std::size_t columns) -> ranked_rows {
    ranked_rows         out{std::vector<std::uint32_t>(values.size()), false};
    std::vector<double> sorted(columns);
    for (std::size_t first = 0; first < values.size(); first += columns) {
        auto const row = values.subspan(first, columns);
        std::copy(row.begin(), row.end(), sorted.begin());
        std::sort(sorted.begin(), sorted.end());
        for (std::size_t c = 0; c < columns; ++c) {
            auto const [low, high] = std::equal_range(sorted.begin(), sorted.end(), row[c]);
            out.doubled[first + c] = static_cast<std::uint32_t>((low - sorted.begin()) + (high - sorted.begin()) + 1);
            out.ties               = out.ties || high - low > 1;
        }
    }
    return out;
}

/// How far the columns' sums of doubled ranks are from their mean, rows · (columns + 1): the sum of the squares. The more the rows agree, the larger.
[[nodiscard]] inline auto column_spread(std::vector<std::uint32_t> const& doubled, std::size_t columns) -> double {
    std::vector<double> sum(columns, 0.0);
    for (std::size_t i = 0; i < doubled.size(); ++i) {
        sum[i % columns] += doubled[i];
    }
    auto const centre  = static_cast<double>(doubled.size() / columns) * (static_cast<double>(columns) + 1.0);
    double     squares = 0.0;
    for (auto const s : sum) {
        squares += (s - centre) * (s - centre);
    }
    return squares;
}
}  // namespace detail

struct friedman_result {
    double      statistic;  ///< about chi-squared with columns − 1 degrees of freedom under H0
    double      p_value;
    double      log_p_value;  ///< its natural logarithm, also where p_value is 0
    std::size_t rows, columns;

    friend auto operator==(friedman_result const&, friedman_result const&) -> bool = default;
};

/// H0: within every row, all orders of the values are equally likely, independently of the other rows. Large statistics
/// mean that the same columns are high in many rows. There is one side only, so no alternative to choose.
///
/// `values` holds rows · columns numbers, row by row. Equal values of a row share their mean rank, and the variance is
/// corrected for them; where all values of every row are equal, p = 1. The chi-squared approximation is conservative in
/// the far tail when rows are few, but rejects too often where most values of a row are equal. Cost: one sort a row.
/// Throws errc::empty_input, errc::not_a_number, errc::shape_mismatch, errc::out_of_domain for fewer than two rows or columns.
/// Source: Friedman 1937; ties as in Conover 1999.
[[nodiscard]] inline auto friedman_test(std::span<double const> values, std::size_t columns) -> friedman_result {
    detail::require(columns >= 2, errc::out_of_domain, "hallmark::friedman_test: columns is ", columns, "; allowed is 2 or more");
    detail::require_sample(values, "hallmark::friedman_test", "values");
    detail::require(values.size() % columns == 0, errc::shape_mismatch, "hallmark::friedman_test: there are ", values.size(),
                    " values, which is not a multiple of the ", columns, " columns");
    auto const rows = values.size() / columns;
    detail::require(rows >= 2, errc::out_of_domain, "hallmark::friedman_test: there is 1 row; allowed is 2 or more");

    auto const ranks   = detail::rank_rows(values, columns);
    auto       squares = 0.0;
    for (auto const r : ranks.doubled) {
        squares += static_cast<double>(r) * static_cast<double>(r);
    }
    auto const k = static_cast<double>(columns), n = static_cast<double>(rows);
    auto const away   = detail::column_spread(ranks.doubled, columns);
    auto const spread = squares - n * k * (k + 1.0) * (k + 1.0);
    if (!(spread > 0.0)) {
        return {0.0, 1.0, 0.0, rows, columns};
    }
    auto const statistic = (k - 1.0) * away / spread;
    return {statistic, detail::chi_squared_upper(statistic, k - 1.0), detail::log_chi_squared_upper(statistic, k - 1.0), rows, columns};
}

}  // namespace hallmark::inline v0
