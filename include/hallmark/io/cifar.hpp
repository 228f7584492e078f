// CIFAR-10 and CIFAR-100 in their binary form (Krizhevsky 2009): records of a label and 32 x 32 pixels.
#pragma once

#include <hallmark/core/image_batch.hpp>
#include <hallmark/error.hpp>
#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/descriptor.hpp>
#include <hallmark/io/labelled_images.hpp>
#include <hallmark/io/quoted.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

namespace hallmark::inline v0 {

/// Which of the two data sets.
enum class cifar : std::uint8_t {
    ten,      ///< records of 3073 bytes: label (0 to 9), pixels
    hundred,  ///< records of 3074 bytes: coarse label (0 to 19), fine label (0 to 99), pixels
};

/// Which part of a data set.
enum class cifar_part : std::uint8_t { train, test };

namespace detail {

inline constexpr std::size_t cifar_pixels = 3 * 32 * 32;

/// Appends the records of one file in their order; `taken[label]` counts, up to `per_class` each.
inline void append_cifar(labelled_images& to, std::vector<std::uint8_t>& pixels, std::vector<std::size_t>& taken, cifar kind, std::size_t per_class,
                         std::span<std::byte const> bytes, std::string_view function, std::string_view name) {
    auto const at     = kind == cifar::ten ? std::size_t{0} : std::size_t{1};  // of the label that is used
    auto const record = at + 1 + cifar_pixels;
    require(!bytes.empty() && bytes.size() % record == 0, errc::bad_format, function, ": ", quote(name), " has ", bytes.size(),
            " bytes; allowed is a positive multiple of ", record);
    auto const slash = name.rfind('/');
    auto const stem  = name.substr(slash == std::string_view::npos ? 0 : slash + 1);
    for (std::size_t i = 0; i < bytes.size() / record; ++i) {
        auto const one   = bytes.subspan(i * record, record);
        auto const label = std::to_integer<std::size_t>(one[at]);
        require(label < taken.size(), errc::out_of_domain, function, ": record ", i, " of ", quote(name), " has label ", label, "; allowed is 0 to ",
                taken.size() - 1);
        require(kind == cifar::ten || std::to_integer<int>(one[0]) < 20, errc::out_of_domain, function, ": record ", i, " of ", quote(name),
                " has coarse label ", std::to_integer<int>(one[0]), "; allowed is 0 to 19");
        if (taken[label] < per_class) {
            ++taken[label];
            to.labels.push_back(label);
            to.names.push_back(sentence(stem, "/", i));
            for (auto b : one.subspan(at + 1)) {
                pixels.push_back(std::to_integer<std::uint8_t>(b));
            }
        }
    }
}

[[nodiscard]] constexpr auto cifar_classes(cifar kind) noexcept -> std::size_t { return kind == cifar::ten ? 10 : 100; }

inline void finish_cifar(labelled_images& to, std::vector<std::uint8_t> pixels) {
    to.images = image_batch<std::uint8_t>(to.labels.size(), 3, 32, 32, std::move(pixels));
}

/// One class name a line; blank lines at the end are no names.
[[nodiscard]] inline auto read_class_names(std::string const& path, std::size_t count, std::string_view function) -> std::vector<std::string> {
    auto const               bytes = read_file(path, 65536);
    std::vector<std::string> names(1);
    for (auto b : bytes) {
        auto const c = static_cast<char>(b);
        if (c == '\n') {
            names.emplace_back();
        } else if (c != '\r') {
            names.back() += c;
        }
    }
    while (!names.empty() && names.back().empty()) {
        names.pop_back();
    }
    require(names.size() == count, errc::bad_format, function, ": ", quote(path), " has ", names.size(), " class names; allowed is ", count);
    return names;
}
}  // namespace detail

/// Reads the records of one binary file from memory, in the file's order; names are `name`/0, `name`/1, … Classes are
/// named by their numbers. CIFAR-100 gives its fine labels. At most `per_class` records of each class are taken, first come.
[[nodiscard]] inline auto parse_cifar(std::span<std::byte const> bytes, cifar kind, std::string_view name = "memory",
                                      std::size_t per_class = std::numeric_limits<std::size_t>::max()) -> labelled_images {
    labelled_images           result;
    std::vector<std::uint8_t> pixels;
    auto                      taken = std::vector<std::size_t>(detail::cifar_classes(kind), 0);
    detail::append_cifar(result, pixels, taken, kind, per_class, bytes, "hallmark::parse_cifar", name);
    detail::finish_cifar(result, std::move(pixels));
    for (std::size_t i = 0; i < taken.size(); ++i) {
        result.class_names.push_back(detail::sentence(i));
    }
    return result;
}

/// Reads the official folder of either data set, which shows by its files which one it is: data_batch_1.bin … data_batch_5.bin,
/// test_batch.bin and batches.meta.txt, or train.bin, test.bin and fine_label_names.txt. Samples keep the files' order.
[[nodiscard]] inline auto load_cifar(std::string const& folder, cifar_part part, std::size_t per_class = std::numeric_limits<std::size_t>::max())
    -> labelled_images {
    constexpr auto function = "hallmark::load_cifar";
    detail::require_path(folder, function);
    auto const has     = [&](std::string const& name) { return ::access((folder + "/" + name).c_str(), F_OK) == 0; };
    auto const ten     = has("batches.meta.txt");
    auto const hundred = has("fine_label_names.txt");
    detail::require(ten != hundred, errc::bad_format, function, ": ", detail::quote(folder),
                    " is not the folder of one CIFAR data set; exactly one of batches.meta.txt (CIFAR-10) and fine_label_names.txt (CIFAR-100) is needed");
    auto const kind = ten ? cifar::ten : cifar::hundred;

    auto files = std::vector<std::string>{ten ? "test_batch.bin" : part == cifar_part::train ? "train.bin" : "test.bin"};
    if (ten && part == cifar_part::train) {
        files = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"};
    }
    labelled_images result;
    result.class_names = detail::read_class_names(folder + (ten ? "/batches.meta.txt" : "/fine_label_names.txt"), detail::cifar_classes(kind), function);
    std::vector<std::uint8_t> pixels;
    auto                      taken = std::vector<std::size_t>(detail::cifar_classes(kind), 0);
    for (auto const& file : files) {
        auto const path = folder + "/" + file;
        detail::append_cifar(result, pixels, taken, kind, per_class, read_file(path, std::uint64_t{1} << 30), function, path);
    }
    detail::finish_cifar(result, std::move(pixels));
    return result;
}

}  // namespace hallmark::inline v0
