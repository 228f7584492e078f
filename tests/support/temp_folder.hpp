// A folder of a test's own, gone when the test ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

class temp_folder {
public:
    temp_folder() : path_((std::filesystem::temp_directory_path() / "hallmark-XXXXXX").string()) {
        if (::mkdtemp(path_.data()) == nullptr) {
            throw std::runtime_error("no temporary folder could be made at " + path_);
        }
    }
    temp_folder(temp_folder const&)                    = delete;
    auto operator=(temp_folder const&) -> temp_folder& = delete;
    ~temp_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] auto path() const -> std::string const& { return path_; }
    /// The name of something in the folder; the folders above it are made.
    [[nodiscard]] auto operator/(std::string_view name) const -> std::string {
        auto const full = std::filesystem::path(path_) / name;
        std::filesystem::create_directories(full.parent_path());
        return full.string();
    }
    /// How many files and folders lie directly inside.
    [[nodiscard]] auto count() const -> std::size_t {
        std::size_t n = 0;
        for ([[maybe_unused]] auto const& entry : std::filesystem::directory_iterator(path_)) {
            ++n;
        }
        return n;
    }

private:
    std::string path_;
};

/// Text as the bytes of a file.
[[nodiscard]] inline auto bytes_of(std::string_view text) -> std::vector<std::byte> {
    auto const bytes = std::as_bytes(std::span<char const>(text.data(), text.size()));
    return {bytes.begin(), bytes.end()};
}
