// Signals for texts, from the log-probabilities of their tokens.
#pragma once

#include <hallmark/core/offsets.hpp>
#include <hallmark/error.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

namespace hallmark::inline v0 {

/// `s(tokens)`: one number for a text, from the log-probabilities of its tokens, at least one; larger = member. It
/// may put them in another order.
template <class S>
concept token_signal = requires(S const s, std::span<double> tokens) {
    { s(tokens) }
    noexcept->std::same_as<double>;
};

/// The mean of the lowest k percent of the log-probabilities, in (−∞, 0]: a text that was trained on has few
/// surprises. Of n tokens it takes ⌊n · k / 100⌋, at least one. With k = 100, minus the log-perplexity. Shi et al.
/// (2023); k = 20 is theirs, MUSE (Shi et al. 2024) takes 40. O(n + m log m) for the m that are taken.
class min_k {
public:
    explicit min_k(double percent = 20.0) : percent_(percent) {
        detail::require(percent > 0.0 && percent <= 100.0, errc::out_of_domain, "hallmark::min_k: k is ", percent,
                        " percent; allowed is more than 0, up to 100");
    }
    [[nodiscard]] auto percent() const noexcept -> double { return percent_; }

    [[nodiscard]] auto operator()(std::span<double> tokens) const noexcept -> double {
        auto const part  = static_cast<std::size_t>(static_cast<double>(tokens.size()) * percent_ / 100.0);
        auto const count = part == 0 ? 1 : part;
        auto const end   = tokens.begin() + static_cast<std::ptrdiff_t>(count);
        std::nth_element(tokens.begin(), end - 1, tokens.end());
        std::sort(tokens.begin(), end);  // nth_element leaves any order, and a sum in any order has other bits
        double sum = 0.0;
        for (std::size_t i = count; i > 0; --i) {
            sum += tokens[i - 1];  // smallest in size first
        }
        return sum / static_cast<double>(count);
    }

private:
    double percent_;
};
static_assert(token_signal<min_k>);

/// s(text g) for each text g: the log-probabilities from offsets[g] up to offsets[g + 1]. Throws if there is no
/// text, a text is empty, the offsets do not run from 0 up to the number of tokens, or a log-probability is not a
/// finite number ≤ 0.
template <token_signal Signal, std::floating_point Scalar>
[[nodiscard]] auto evaluate_tokens(Signal const& s, std::span<Scalar const> log_probabilities, std::span<std::size_t const> offsets) -> std::vector<double> {
    detail::require_offsets(offsets, log_probabilities.size(), "hallmark::evaluate_tokens", "text", "tokens");
    std::vector<double> out(offsets.size() - 1), text;
    for (std::size_t g = 0; g < out.size(); ++g) {
        auto const tokens = log_probabilities.subspan(offsets[g], offsets[g + 1] - offsets[g]);
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            detail::require(detail::is_number(tokens[i]), errc::not_a_number, "hallmark::evaluate_tokens: the log-probability of token ", i, " of text ", g,
                            " is ", tokens[i], "; allowed is any finite number up to 0");
            detail::require(tokens[i] <= Scalar(0), errc::out_of_domain, "hallmark::evaluate_tokens: the log-probability of token ", i, " of text ", g, " is ",
                            tokens[i], "; allowed is any finite number up to 0");
        }
        text.assign(tokens.begin(), tokens.end());
        out[g] = s(std::span(text));
    }
    return out;
}

}  // namespace hallmark::inline v0
