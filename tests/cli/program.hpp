// Runs the program hallmark and makes files for it.
#pragma once

#include <support/temp_folder.hpp>

#include <hallmark/core/tensor.hpp>  // any header of hallmark's: the paths are set

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <vector>

#include <sys/wait.h>

struct ran {
    int         code;
    std::string out, err;

    [[nodiscard]] auto json() const -> nlohmann::json { return nlohmann::json::parse(out); }
};

inline auto slurp(std::string const& path) -> std::string {
    auto file = std::ifstream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
inline void spill(std::string const& path, std::string const& text) { std::ofstream(path, std::ios::binary) << text; }

/// `arguments` go through the shell, so names with blanks need quotes of their own.
inline auto hallmark_program(std::string const& arguments, std::string const& input = "") -> ran {
    temp_folder const folder;
    spill(folder / "in", input);
    auto const status =
        std::system(("'" HALLMARK_CLI "' " + arguments + " <'" + (folder / "in") + "' >'" + (folder / "out") + "' 2>'" + (folder / "err") + "'").c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, slurp(folder / "out"), slurp(folder / "err")};
}

/// Code 2, nothing on stdout, and exactly this sentence on stderr.
inline void check_refused(std::string const& arguments, std::string const& sentence, std::string const& input = "") {
    auto const r = hallmark_program(arguments, input);
    INFO(arguments);
    CHECK(r.code == 2);
    CHECK(r.out == "");
    CHECK(r.err == "hallmark: " + sentence + "\n");
}

/// A colour picture of 24 bits that no other seed gives.
inline auto bmp(std::size_t height, std::size_t width, unsigned seed) -> std::string {
    auto const  row  = (3 * width + 3) / 4 * 4;
    std::string file = "BM";
    auto const  put  = [&](std::size_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) {
            file += static_cast<char>(value >> (8 * i) & 255u);
        }
    };
    put(54 + row * height, 4), put(0, 4), put(54, 4), put(40, 4), put(width, 4), put(height, 4), put(1, 2), put(24, 2), put(0, 4), put(row * height, 4);
    put(0, 4), put(0, 4), put(0, 4), put(0, 4);
    for (std::size_t i = 0; i < row * height; ++i) {
        seed = seed * 1664525u + 1013904223u;
        put(seed >> 24, 1);
    }
    return file;
}

inline void make_key(std::string const& path) { REQUIRE(hallmark_program("key new --out '" + path + "'").code == 0); }

/// A folder with a key, pictures in two classes of one size, and a way to mark them.
struct owner {
    temp_folder folder;
    std::string key = folder / "my.key", originals = folder / "photos", out = folder / "marked", book = out + "/hallmark-manifest.json";

    explicit owner(std::size_t height = 20, std::size_t width = 24) {
        make_key(key);
        for (unsigned i = 0; i < 3; ++i) {
            spill(folder / ("photos/cat/" + std::to_string(i) + ".bmp"), bmp(height, width, i));
            spill(folder / ("photos/dog/" + std::to_string(i) + ".bmp"), bmp(height, width, 100 + i));
        }
    }
    [[nodiscard]] auto mark(std::string const& more = "") const -> ran {
        return hallmark_program("mark '" + originals + "' --key '" + key + "' --user anna --out '" + out + "' --json " + more);
    }
};
