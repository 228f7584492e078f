// Everything about a mark that is not secret, checked once.
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/noise/sign_noise.hpp>

#include <cstdint>
#include <string_view>

namespace hallmark::inline v0 {

/// Whether a user's samples share one pattern. The audit must know (docs/audit.md): with a shared pattern the
/// user is one draw; with independent patterns each sample is a draw of its own.
enum class key_design : std::uint8_t { shared, independent };

[[nodiscard]] constexpr auto name_of(key_design d) noexcept -> std::string_view { return d == key_design::shared ? "shared" : "independent"; }

/// The defaults are those of Chen & Pattabiraman (2025). Ranges include both ends; every sample draws its own values.
struct mark_parameters {
    double        ratio   = 0.7;          ///< share of the picture in the marked picture, [0, 1]; 1 leaves the pattern out
    double        epsilon = 8.0 / 255.0;  ///< the noise's height (L∞ budget) where white is 1, [0, 1]; 0 leaves the noise out
    std::uint32_t stripes = 16;           ///< colour stripes, [1, 4096]
    whole_range   period{30, 59};         ///< size of a noise cell in pixels, within [1, 65535]
    whole_range   octaves{1, 4};          ///< within [1, 16]
    whole_range   half_cycles{20, 59};    ///< half waves of the sine map, within [1, 65535]
    key_design    design = key_design::shared;

    friend constexpr auto operator==(mark_parameters const&, mark_parameters const&) -> bool = default;
};

namespace detail {
inline void require_range(whole_range r, std::string_view name, std::uint32_t most, std::string_view who = "hallmark::mark_parameters") {
    require(r.first >= 1 && r.first <= r.last && r.last <= most, errc::out_of_domain, who, ": ", name, " is ", r.first, " to ", r.last,
            "; allowed is a range within 1 to ", most);
}
}  // namespace detail

/// Throws the sentence about the first parameter that is not allowed.
inline void validate(mark_parameters const& p) {
    detail::require(detail::is_number(p.ratio) && p.ratio >= 0.0 && p.ratio <= 1.0, errc::out_of_domain, "hallmark::mark_parameters: ratio is ", p.ratio,
                    "; allowed is 0 to 1");
    detail::require(detail::is_number(p.epsilon) && p.epsilon >= 0.0 && p.epsilon <= 1.0, errc::out_of_domain, "hallmark::mark_parameters: epsilon is ",
                    p.epsilon, "; allowed is 0 to 1");
    detail::require(p.stripes >= 1 && p.stripes <= 4096, errc::out_of_domain, "hallmark::mark_parameters: stripes is ", p.stripes, "; allowed is 1 to 4096");
    detail::require_range(p.period, "period", 65535);
    detail::require_range(p.octaves, "octaves", 16);
    detail::require_range(p.half_cycles, "half_cycles", 65535);
    detail::require(p.design == key_design::shared || p.design == key_design::independent, errc::out_of_domain, "hallmark::mark_parameters: design is number ",
                    static_cast<int>(p.design), "; allowed is shared or independent");
}

}  // namespace hallmark::inline v0
