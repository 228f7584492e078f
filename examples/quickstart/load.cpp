// Labelled pictures from a folder, from CIFAR's binary files or from a .tar.gz.
#include "data.hpp"

#include <hallmark/io/archive.hpp>
#include <hallmark/io/cifar.hpp>
#include <hallmark/io/folder.hpp>
#include <hallmark/io/image.hpp>
#include <hallmark/io/resize.hpp>

#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace quickstart {
namespace {

namespace fs = std::filesystem;

/// Of each class, and of train and test each: more would cost time and memory, and make no result better.
auto most_per_class(std::size_t size) -> std::size_t { return size <= 32 ? 6000 : 6000 * 32 * 32 / (size * size); }

/// `more`'s pictures behind `all`'s. Both have the same classes.
void append(hallmark::labelled_images& all, hallmark::labelled_images more, std::string const& source) {
    if (all.labels.empty()) {
        all = std::move(more);
        return;
    }
    if (all.class_names != more.class_names) {
        throw std::runtime_error(source + ": train and test do not have the same classes");
    }
    all.images = joined(all.images, more.images);
    all.labels.insert(all.labels.end(), more.labels.begin(), more.labels.end());
    all.names.insert(all.names.end(), more.names.begin(), more.names.end());
}

/// The folders to look for classes in: "train" and "test" where they exist, else the top.
auto parts_of(bool train, bool test) -> std::vector<std::string> {
    std::vector<std::string> parts;
    if (train) {
        parts.emplace_back("train");
    }
    if (train && test) {
        parts.emplace_back("test");
    }
    return parts.empty() ? std::vector<std::string>{""} : parts;
}

auto load_cifar_folder(std::string const& folder, std::size_t size) -> hallmark::labelled_images {
    hallmark::labelled_images all;
    for (auto part : {hallmark::cifar_part::train, hallmark::cifar_part::test}) {
        append(all, hallmark::load_cifar(folder, part, most_per_class(size)), folder);
    }
    all.images = hallmark::resize(std::as_const(all.images).view(), size, size);
    return all;
}

auto has_cifar(fs::path const& folder) -> bool { return fs::exists(folder / "batches.meta.txt") || fs::exists(folder / "fine_label_names.txt"); }

}  // namespace

auto load_pictures(options const& o) -> hallmark::labelled_images {
    auto const path = fs::path(o.data);
    if (!fs::exists(path)) {
        throw std::runtime_error("--data: there is nothing at \"" + o.data + "\"");
    }
    auto const choice  = hallmark::gather_options{most_per_class(o.size), o.size, o.size};
    auto const decoder = hallmark::image_decoder{3};

    hallmark::labelled_images all;
    if (!fs::is_directory(path)) {
        bool train = false, test = false;
        hallmark::for_each_file(o.data, [&](std::string_view name, auto) {
            train = train || name.starts_with("train/");
            test  = test || name.starts_with("test/");
        });
        for (auto const& part : parts_of(train, test)) {
            append(all, hallmark::load_archive(o.data, part, decoder, choice), o.data);
        }
        return all;
    }
    for (auto const& folder : {path, path / "cifar-10-batches-bin", path / "cifar-100-binary"}) {  // as the official archives unpack
        if (has_cifar(folder)) {
            return load_cifar_folder(folder.string(), o.size);
        }
    }
    for (auto const& part : parts_of(fs::is_directory(path / "train"), fs::is_directory(path / "test"))) {
        append(all, hallmark::load_folder(part.empty() ? o.data : (path / part).string(), decoder, choice), o.data);
    }
    return all;
}

}  // namespace quickstart
