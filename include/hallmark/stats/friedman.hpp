// Friedman's test: do some columns of a table rank higher than others in row after row?
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/stats/finite.hpp>
#include <hallmark/stats/tail.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

struct friedman_result {
    double      statistic;  ///< about chi-squared with columns − 1 degrees of freedom under H0
    double      p_value;
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

    // Ranks are counted doubled, so that mean ranks are whole numbers and the sums exact.
    std::vector<double>      doubled_sum(columns, 0.0);
    std::vector<std::size_t> order(columns);
    double                   squares = 0.0;
    for (std::size_t r = 0; r < rows; ++r) {
        auto const row = values.subspan(r * columns, columns);
        for (std::size_t c = 0; c < columns; ++c) {
            order[c] = c;
        }
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return row[a] < row[b]; });
        for (std::size_t first = 0; first < columns;) {
            auto last = first;
            while (last + 1 < columns && row[order[last + 1]] == row[order[first]]) {
                ++last;
            }
            auto const doubled = static_cast<double>(first + last + 2);  // twice the mean of the ranks first + 1 to last + 1
            for (auto i = first; i <= last; ++i) {
                doubled_sum[order[i]] += doubled;
                squares += doubled * doubled;
            }
            first = last + 1;
        }
    }
    auto const k = static_cast<double>(columns), n = static_cast<double>(rows);
    auto const centre = n * (k + 1.0);  // doubled
    double     away   = 0.0;
    for (auto const s : doubled_sum) {
        away += (s - centre) * (s - centre);
    }
    auto const spread = squares - n * k * (k + 1.0) * (k + 1.0);
    if (!(spread > 0.0)) {
        return {0.0, 1.0, rows, columns};
    }
    auto const statistic = (k - 1.0) * away / spread;
    return {statistic, detail::chi_squared_upper(statistic, k - 1.0), rows, columns};
}

}  // namespace hallmark::inline v0
