// Sorts doubles as integers, several times faster than by comparing them (internal).
//
// A double becomes a 64-bit key of the same order. Many keys are dealt to 2048 piles by their leading bits (of those in which they
// differ) until a pile fits into a cache; there, two passes over 256 piles each bring it nearly into order, and insertion does
// the rest. Hardly any step has a branch that a processor could not guess. Keys that crowd together, as those of many doubles do beside a 0, come out in
// crowds of equal leading bits, each of which is sorted again by the next 16: four times at most.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace hallmark::inline v0::detail {

/// Order-preserving: x < y if and only if key(x) < key(y), for all x and y but NaN. −0 and 0 have the same key.
[[nodiscard]] constexpr auto ordered_key(double x) noexcept -> std::uint64_t {
    constexpr auto sign = std::uint64_t{1} << 63;
    auto const     bits = std::bit_cast<std::uint64_t>(x);
    return bits < sign ? bits | sign : bits == sign ? sign : ~bits;
}
/// The double behind a key.
[[nodiscard]] constexpr auto from_ordered_key(std::uint64_t key) noexcept -> double {
    constexpr auto sign = std::uint64_t{1} << 63;
    return std::bit_cast<double>(key >= sign ? key & ~sign : ~key);
}

/// A key and the place its value had.
struct placed_key {
    std::uint64_t key;
    std::size_t   place;
};

[[nodiscard]] constexpr auto key_of(std::uint64_t key) noexcept -> std::uint64_t { return key; }
[[nodiscard]] constexpr auto key_of(placed_key const& p) noexcept -> std::uint64_t { return p.key; }

/// T is std::uint64_t or placed_key. Elements with equal keys come in any order.
template <class T>
class radix_sorter {
public:
    /// Sorts `data` upwards. O(n) for most data; memory for n more elements.
    static void sort(std::span<T> data) {
        auto const buffer = std::make_unique_for_overwrite<T[]>(data.size());
        sort(data, buffer.get());
    }
    /// The same with memory for n elements that the caller has.
    static void sort(std::span<T> data, T* buffer) {
        if (data.size() <= few) {
            insert(data.data(), data.size());
        } else {
            sort(data.data(), buffer, data.size(), false);
        }
    }

    /// The same for keys that are known to be in [low, high], to `out`: `data` itself, or other memory, and then `data` is left in any order.
    static void sort(std::span<T> data, T* buffer, std::uint64_t low, std::uint64_t high, T* out) {
        auto const n     = data.size();
        auto const width = 64 - std::countl_zero(high - low);
        if (n > few && n <= cached && width > 0 && fills(data, high - low)) {
            two_passes(data.data(), buffer, n, low, width, out);
        } else {
            sort(data, buffer);
            if (out != data.data()) {
                std::copy(data.begin(), data.end(), out);
            }
        }
    }

private:
    /// Whether a few keys spread over at least a quarter of `range`: else it is worth looking for how far all of them do.
    static auto fills(std::span<T const> data, std::uint64_t range) noexcept -> bool {
        auto low = key_of(data[0]), high = low;
        for (std::size_t i = 0; i < data.size(); i += data.size() / 16) {
            low  = std::min(low, key_of(data[i]));
            high = std::max(high, key_of(data[i]));
        }
        return high - low > range / 4;
    }

    static constexpr std::size_t few = 64, cached = std::size_t{1} << 16, many = 2048;

    static auto less(T const& x, T const& y) noexcept -> bool { return key_of(x) < key_of(y); }

    /// Insertion sort. It gives up, with all elements still there, when the data is far from sorted.
    static auto insert(T* data, std::size_t n) noexcept -> bool {
        auto budget = 4 * n + few * few;
        for (std::size_t i = 1; i < n; ++i) {
            if (less(data[i], data[i - 1])) {
                auto const x = data[i];
                auto       j = i;
                for (; j > 0 && less(x, data[j - 1]); --j) {
                    data[j] = data[j - 1];
                }
                data[j] = x;
                if (i - j > budget) {
                    return false;
                }
                budget -= i - j;
            }
        }
        return true;
    }

    /// The n elements in `data` end in order, in `buffer` if `move`, else in `data`.
    static void sort(T* data, T* buffer, std::size_t n, bool move) {
        auto low = key_of(data[0]), high = low;
        for (std::size_t i = 1; i < n; ++i) {
            auto const k = key_of(data[i]);
            low          = k < low ? k : low;
            high         = k > high ? k : high;
        }
        auto const width = 64 - std::countl_zero(high - low);  // bits that differ
        if (n > cached && width > 0) {
            deal(data, buffer, n, low, width, move);
            return;
        }
        if (n <= few) {
            insert(data, n);
        } else if (width > 0) {
            two_passes(data, buffer, n, low, width, data);
        }
        if (move) {
            std::copy(data, data + n, buffer);
        }
    }

    template <std::size_t Piles>
    static void counts_to_starts(std::size_t (&count)[Piles]) noexcept {
        std::size_t sum = 0;
        for (auto& c : count) {
            auto const here = c;
            c               = sum;
            sum += here;
        }
    }

    /// One pass over data that is larger than a cache, then each pile for itself. Each pass takes 11 bits off the width, so there are
    /// at most six.
    static void deal(T* data, T* buffer, std::size_t n, std::uint64_t low, int width, bool move) {
        auto const  shift      = width > 11 ? width - 11 : 0;
        std::size_t next[many] = {};
        for (std::size_t i = 0; i < n; ++i) {
            ++next[(key_of(data[i]) - low) >> shift];
        }
        counts_to_starts(next);
        for (std::size_t i = 0; i < n; ++i) {
            buffer[next[(key_of(data[i]) - low) >> shift]++] = data[i];
        }
        std::size_t from = 0;
        for (auto const to : next) {  // a pile's next place has become its end
            if (to > from) {
                sort(buffer + from, data + from, to - from, !move);
            }
            from = to;
        }
    }

    /// By the low byte, then by the high byte, of the leading 16 bits; the elements end in `out`, which may be `data`, in order.
    static void two_passes(T const* data, T* buffer, std::size_t n, std::uint64_t low, int width, T* out) {
        auto const  shift        = width > 16 ? width - 16 : 0;
        std::size_t by_low[256]  = {};
        std::size_t by_high[256] = {};
        for (std::size_t i = 0; i < n; ++i) {
            auto const digits = (key_of(data[i]) - low) >> shift;
            ++by_low[digits & 0xffu];
            ++by_high[digits >> 8];
        }
        counts_to_starts(by_low);
        counts_to_starts(by_high);
        for (std::size_t i = 0; i < n; ++i) {
            buffer[by_low[(key_of(data[i]) - low) >> shift & 0xffu]++] = data[i];
        }
        for (std::size_t i = 0; i < n; ++i) {
            out[by_high[(key_of(buffer[i]) - low) >> (shift + 8)]++] = buffer[i];
        }
        if (shift > 0 && !insert(out, n)) {
            sort_crowds(out, buffer, n, low, shift);
        }
    }

    /// Elements that are in order but for their lower `shift` bits.
    static void sort_crowds(T* data, T* buffer, std::size_t n, std::uint64_t low, int shift) {
        for (std::size_t from = 0, to = 0; from < n; from = to) {
            auto const digits = (key_of(data[from]) - low) >> shift;
            for (to = from + 1; to < n && (key_of(data[to]) - low) >> shift == digits;) {
                ++to;
            }
            sort(data + from, buffer, to - from, false);
        }
    }
};

[[nodiscard]] inline auto keys_of(std::span<double const> values) -> std::vector<std::uint64_t> {
    auto keys = std::vector<std::uint64_t>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        keys[i] = ordered_key(values[i]);
    }
    return keys;
}

/// The keys of the values, in rising order.
[[nodiscard]] inline auto sorted_keys(std::span<double const> values) -> std::vector<std::uint64_t> {
    auto keys = keys_of(values);
    radix_sorter<std::uint64_t>::sort(keys);
    return keys;
}

/// The keys of the values, in rising order, each with its place in `values`.
[[nodiscard]] inline auto sorted_places(std::span<double const> values) -> std::vector<placed_key> {
    auto keys = std::vector<placed_key>(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        keys[i] = {ordered_key(values[i]), i};
    }
    radix_sorter<placed_key>::sort(keys);
    return keys;
}

}  // namespace hallmark::inline v0::detail
