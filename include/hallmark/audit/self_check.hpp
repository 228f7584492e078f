// The checks an audit makes on itself: signs that its p-value does not mean what it says.
#pragma once

#include <hallmark/error.hpp>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace hallmark::inline v0 {

/// What is checked. Every audit runs those that its data allow; a caller can do without one only by naming it.
enum class self_check : std::uint8_t {
    null_homogeneity,   ///< A/A: the first and the second half of what is compared with look like one distribution
    blind_baseline,     ///< without asking the model, the published set looks like what it is compared with
    class_mismatch,     ///< the nulls are of the class of the set
    shared_pictures,    ///< no null set shares a picture with another or with the set
    set_size,           ///< the null sets have as many samples as the set
    too_few_nulls,      ///< some outcome would give p ≤ α
    independent_coins,  ///< samples said to be independent draws do not move together
    orientation,        ///< the set does not stand at the wrong end, as it does when losses are given for scores
};
inline constexpr self_check all_self_checks[] = {self_check::null_homogeneity,  self_check::blind_baseline, self_check::class_mismatch,
                                                 self_check::shared_pictures,   self_check::set_size,       self_check::too_few_nulls,
                                                 self_check::independent_coins, self_check::orientation};

/// The name that reports print and that silences the check.
[[nodiscard]] constexpr auto name_of(self_check c) noexcept -> std::string_view {
    switch (c) {
        case self_check::null_homogeneity:
            return "null-homogeneity";
        case self_check::blind_baseline:
            return "blind-baseline";
        case self_check::class_mismatch:
            return "class-mismatch";
        case self_check::shared_pictures:
            return "shared-pictures";
        case self_check::set_size:
            return "set-size";
        case self_check::too_few_nulls:
            return "too-few-nulls";
        case self_check::independent_coins:
            return "independent-coins";
        case self_check::orientation:
            return "orientation";
    }
    return "";
}

/// Throws errc::out_of_domain for a name that is none.
[[nodiscard]] inline auto self_check_of(std::string_view name) -> self_check {
    std::string all;
    for (auto const c : all_self_checks) {
        if (name_of(c) == name) {
            return c;
        }
        all += (all.empty() ? "" : ", ") + std::string(name_of(c));
    }
    detail::fail(errc::out_of_domain, "hallmark::self_check_of: there is no check \"", name, "\"; allowed are ", all);
}

/// The checks a caller does without. A report lists them.
class silenced_checks {
public:
    silenced_checks() = default;
    silenced_checks(std::initializer_list<self_check> checks) {
        for (auto const c : checks) {
            add(c);
        }
    }
    void               add(self_check c) noexcept { bits_ = static_cast<std::uint8_t>(bits_ | bit(c)); }
    [[nodiscard]] auto contains(self_check c) const noexcept -> bool { return (bits_ & bit(c)) != 0; }

    friend auto operator==(silenced_checks const&, silenced_checks const&) -> bool = default;

private:
    static auto  bit(self_check c) noexcept -> std::uint8_t { return static_cast<std::uint8_t>(1u << static_cast<unsigned>(c)); }
    std::uint8_t bits_ = 0;
};

enum class check_state : std::uint8_t {
    passed,
    failed,
    silenced,  ///< by the caller, by name
    not_run,   ///< it needs something the caller did not give; the finding says what
};

[[nodiscard]] constexpr auto name_of(check_state s) noexcept -> std::string_view {
    switch (s) {
        case check_state::passed:
            return "passed";
        case check_state::failed:
            return "failed";
        case check_state::silenced:
            return "silenced";
        case check_state::not_run:
            return "not run";
    }
    return "";
}

struct check_result {
    self_check  which;
    check_state state;
    std::string finding;  ///< one sentence, with the number it rests on

    friend auto operator==(check_result const&, check_result const&) -> bool = default;
};

/// A sound audit fails one statistical self-check in at most this fraction of cases.
inline constexpr double self_check_level = 0.005;

}  // namespace hallmark::inline v0
