// The folders of hallmark mark: what must not be overwritten, and how a marked picture gets its place.
#include "mark.hpp"
#include "pictures.hpp"

#include <hallmark/io/atomic_file.hpp>
#include <hallmark/io/folder.hpp>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <utility>

#include <sys/types.h>

namespace cli {
namespace {
namespace fs = std::filesystem;

/// True if `inner` is `outer` or lies below it.
auto lies_in(fs::path const& inner, fs::path const& outer) -> bool {
    auto const relative = inner.lexically_relative(outer);
    return !relative.empty() && *relative.begin() != "..";
}

auto prepare_out(mark_command const& o, fs::path const& from) -> fs::path {
    auto out = fs::weakly_canonical(fs::absolute(o.out));
    out      = out.has_filename() ? out : out.parent_path();  // "marked/" is "marked"
    if (lies_in(from, out)) {
        refuse("--out ", quote(o.out), " holds the originals, which a marked picture could overwrite; choose another folder");
    }
    if (fs::exists(out) && !fs::is_directory(out)) {
        refuse("--out ", quote(o.out), " is not a folder");
    }
    return out;
}

[[noreturn]] void no_pictures(std::string const& folder) { refuse("there are no pictures (jpg, jpeg, png, bmp) in ", quote(folder)); }
}  // namespace

auto folders_of(mark_command const& o) -> mark_folders {
    mark_folders f;
    f.from = fs::canonical(o.folder);
    f.to   = prepare_out(o, f.from);

    auto const                         inside = lies_in(f.to, f.from) ? f.to.lexically_relative(f.from).generic_string() + "/" : std::string();
    std::map<std::string, std::string> taken;
    for (auto& name : hallmark::list_images(f.from.string())) {
        if (!inside.empty() && name.compare(0, inside.size(), inside) == 0) {
            continue;  // an earlier run's marked picture
        }
        auto const marked = marked_name(name, o.quality);
        auto const place  = taken.emplace(marked, name);
        if (!place.second) {
            refuse(quote(place.first->second), " and ", quote(name), " would both be marked as ", quote(marked), "; rename one of them");
        }
        f.names.push_back(std::move(name));
    }
    if (f.names.empty()) {
        no_pictures(o.folder);
    }
    return f;
}

auto pictures_in(std::string const& folder) -> std::vector<std::string> {
    auto names = hallmark::list_images(fs::canonical(folder).string());
    if (names.empty()) {
        no_pictures(folder);
    }
    return names;
}

void remove_leftovers(fs::path const& out) {
    for (auto const& entry : fs::recursive_directory_iterator(out)) {
        auto const name  = entry.path().filename().string();
        char*      after = nullptr;
        if (name.rfind(".hallmark-", 0) == 0 && name.size() > 14 && name.compare(name.size() - 4, 4, ".tmp") == 0) {
            auto const writer = static_cast<pid_t>(std::strtol(name.c_str() + 10, &after, 10));
            if (writer > 0 && *after == '-' && ::kill(writer, 0) != 0 && errno == ESRCH) {
                fs::remove(entry.path());
            }
        }
    }
}

auto read_if_there(fs::path const& file) -> std::optional<std::vector<std::byte>> {
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(file, ignored))) {
        return std::nullopt;
    }
    return hallmark::read_file(file.string(), std::uint64_t{1} << 31);
}

void write_picture(fs::path const& file, std::vector<std::byte> const& bytes) {
    fs::create_directories(file.parent_path());
    hallmark::write_file(file.string(), bytes, {.mode = 0644, .must_be_new = false, .flush = false});
}

}  // namespace cli
