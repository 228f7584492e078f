// Folders of pictures: which files there are, and a folder per class as a labelled data set (POSIX).
#pragma once

#include <hallmark/error.hpp>
#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/descriptor.hpp>
#include <hallmark/io/labelled_images.hpp>
#include <hallmark/io/quoted.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <dirent.h>
#include <sys/stat.h>

namespace hallmark::inline v0 {
namespace detail {

/// Walks a folder and what lies below it.
class folder_walk {
public:
    folder_walk(std::string_view function, std::string const& root) : function_(function), root_(root) {
        require_path(root, function_);
        real_root_ = real_path(root);
        if (real_root_.empty()) {
            fail(errc::io_failure, function_, ": cannot open ", quote(root_), ": ", reason(errno));
        }
    }

    [[nodiscard]] auto images() -> std::vector<std::string> {
        visit("", 0);
        std::sort(found_.begin(), found_.end());
        return std::move(found_);
    }

private:
    struct close_folder {
        void operator()(DIR* d) const noexcept { ::closedir(d); }
    };

    [[nodiscard]] static auto real_path(std::string const& path) -> std::string {
        struct free_text {
            void operator()(char* p) const noexcept { std::free(p); }
        };
        auto const text = std::unique_ptr<char, free_text>(::realpath(path.c_str(), nullptr));
        return text == nullptr ? std::string() : std::string(text.get());
    }

    // `below` is empty or ends in a slash.
    void visit(std::string const& below, int depth) {
        require(depth < 64, errc::bad_format, function_, ": ", quote(root_ + "/" + below), " lies more than 64 folders deep");
        auto const folder = std::unique_ptr<DIR, close_folder>(::opendir((root_ + "/" + below).c_str()));
        if (folder == nullptr) {
            fail(errc::io_failure, function_, ": cannot open ", quote(below.empty() ? root_ : root_ + "/" + below), ": ", reason(errno));
        }
        std::vector<std::string> folders;
        for (;;) {
            errno             = 0;
            auto const* entry = ::readdir(folder.get());
            if (entry == nullptr) {
                require(errno == 0, errc::io_failure, function_, ": cannot list ", quote(root_ + "/" + below), ": ", reason(errno));
                break;
            }
            if (entry->d_name[0] != '.') {
                take(below + entry->d_name, folders);
            }
        }
        for (auto const& next : folders) {
            visit(next + "/", depth + 1);
        }
    }

    void take(std::string const& name, std::vector<std::string>& folders) {
        auto const  full = root_ + "/" + name;
        struct stat about {};
        if (::lstat(full.c_str(), &about) != 0) {
            fail(errc::io_failure, function_, ": cannot examine ", quote(full), ": ", reason(errno));
        }
        if (S_ISDIR(about.st_mode)) {
            folders.push_back(name);
            return;
        }
        auto const is_image = is_image_name(name);
        if (S_ISLNK(about.st_mode)) {
            auto const reached = ::stat(full.c_str(), &about) == 0;
            // A link that leads out of the folder would put somebody else's file into the data set, and a link
            // to a folder could lead in a circle.
            require(!(reached && S_ISDIR(about.st_mode)), errc::bad_format, function_, ": ", quote(full),
                    " is a symbolic link to a folder, which is not followed");
            if (is_image) {
                auto const target = real_path(full);
                require(target.substr(0, real_root_.size() + 1) == real_root_ + "/", errc::bad_format, function_, ": ", quote(full),
                        " is a symbolic link that leads out of ", quote(root_), " or nowhere");
            }
        }
        if (is_image) {
            require(S_ISREG(about.st_mode), errc::bad_format, function_, ": ", quote(full), " is not a regular file");
            found_.push_back(name);
        }
    }

    std::string_view         function_;
    std::string              root_;
    std::string              real_root_;
    std::vector<std::string> found_;
};
}  // namespace detail

/// The pictures in `folder` and below: paths relative to it with `/` between their parts, sorted bytewise. A picture is a
/// file whose name ends in jpg, jpeg, png or bmp, in any case; names that begin with a dot are passed over. A
/// symbolic link to a picture inside the folder counts; one that leads out of it, or to a folder, is an error.
[[nodiscard]] inline auto list_images(std::string const& folder) -> std::vector<std::string> {
    return detail::folder_walk("hallmark::list_images", folder).images();
}

/// Reads `folder`/CLASS/…/picture as a labelled data set; classes are numbered in bytewise order of their names. `decode`
/// makes an image_batch<std::uint8_t> of one sample from a span of bytes (io/image.hpp: `image_decoder`). A file
/// that cannot be read or decoded, or of another size than the rest where no size is given, is an error that names it.
template <class Decoder>
[[nodiscard]] auto load_folder(std::string const& folder, Decoder const& decode, gather_options const& options = {}) -> labelled_images {
    constexpr auto function = "hallmark::load_folder";
    auto           gatherer = detail::image_gatherer(function, folder, options);
    for (auto const& name : detail::folder_walk(function, folder).images()) {
        if (gatherer.wants(name)) {
            gatherer.add(name, read_file(folder + "/" + name, std::uint64_t{1} << 30), decode);
        }
    }
    return gatherer.finish();
}

}  // namespace hallmark::inline v0
