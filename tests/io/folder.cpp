// Folders: which files count as pictures, in which order, and that nothing outside the folder comes in.
#include <hallmark/io/folder.hpp>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <support/temp_folder.hpp>
#include <support/toy_picture.hpp>
#include <vector>

using namespace hallmark;
namespace fs = std::filesystem;

TEST_CASE("pictures in sorted order, whatever the file system's") {
    temp_folder const here;
    for (auto const* name : {"b/2.JPG", "b/10.jpg", "a.png", "b.c/1.bmp", "B/1.jpeg", "notes.txt", ".hidden/1.png", "b/.1.png", "b/d/e/1.png"}) {
        write_file(here / name, "", {.flush = false});
    }
    // Bytewise: capitals first, '.' before '/', 1 before 2.
    CHECK(list_images(here.path()) == std::vector<std::string>{"B/1.jpeg", "a.png", "b.c/1.bmp", "b/10.jpg", "b/2.JPG", "b/d/e/1.png"});
    CHECK(list_images(here.path() + "/") == list_images(here.path()));
    CHECK(list_images(here / "b/d") == std::vector<std::string>{"e/1.png"});
    fs::create_directory(here / "none");
    CHECK(list_images(here / "none").empty());
}

// A link to a picture of somebody else would be marked and published as the owner's.
TEST_CASE("symbolic links") {
    temp_folder const here, elsewhere;
    write_file(here / "a/1.png", "111");
    write_file(elsewhere / "2.png", "112");
    fs::create_symlink("../a/1.png", here / "b/link.png");
    CHECK(list_images(here.path()) == std::vector<std::string>{"a/1.png", "b/link.png"});

    SUBCASE("out of the folder") {
        fs::create_symlink(elsewhere / "2.png", here / "b/out.png");
        CHECK_THROWS_WITH_AS(
            list_images(here.path()),
            ("hallmark::list_images: \"" + here.path() + "/b/out.png\" is a symbolic link that leads out of \"" + here.path() + "\" or nowhere").c_str(),
            error);
    }
    SUBCASE("to a sibling whose name begins alike") {
        auto const twin = here.path() + "-twin";
        fs::create_directory(twin);
        write_file(twin + "/2.png", "112");
        fs::create_symlink(twin + "/2.png", here / "b/out.png");
        CHECK_THROWS_AS(list_images(here.path()), error);
        fs::remove_all(twin);
    }
    SUBCASE("nowhere") {
        fs::create_symlink("no-such.png", here / "broken.png");
        CHECK_THROWS_AS(list_images(here.path()), error);
    }
    SUBCASE("to a folder, here in a circle") {
        fs::create_directory_symlink("..", here / "a/up");
        CHECK_THROWS_WITH_AS(list_images(here.path()),
                             ("hallmark::list_images: \"" + here.path() + "/a/up\" is a symbolic link to a folder, which is not followed").c_str(), error);
    }
    SUBCASE("that is no picture does not matter") {
        fs::create_symlink("/etc/hostname", here / "a/notes");
        CHECK(list_images(here.path()).size() == 2);
    }
}

TEST_CASE("what cannot be listed") {
    temp_folder const here;
    CHECK_THROWS_WITH_AS(list_images("/no/such"), "hallmark::list_images: cannot open \"/no/such\": No such file or directory", error);
    CHECK_THROWS_WITH_AS(list_images(""), "hallmark::list_images: path is \"\"; allowed is a name that is not empty and has no zero byte", error);
    write_file(here / "a", "");
    CHECK_THROWS_WITH_AS(list_images(here / "a"), ("hallmark::list_images: cannot open \"" + (here / "a") + "\": Not a directory").c_str(), error);
    REQUIRE(::mkfifo((here / "pipe.png").c_str(), 0600) == 0);
    CHECK_THROWS_WITH_AS(list_images(here.path()), ("hallmark::list_images: \"" + here.path() + "/pipe.png\" is not a regular file").c_str(), error);
    fs::remove(here / "pipe.png");
    std::string deep;
    for (int i = 0; i < 70; ++i) {
        deep += "d/";
    }
    write_file(here / (deep + "1.png"), "", {.flush = false});
    CHECK_THROWS_AS(list_images(here.path()), error);
}

TEST_CASE("a folder per class becomes a labelled data set") {
    temp_folder const here;
    write_file(here / "dog/1.png", "213", {.flush = false});
    write_file(here / "cat/2.jpg", "212", {.flush = false});
    write_file(here / "cat/1.jpg", "211", {.flush = false});
    write_file(here / "labels.txt", "?", {.flush = false});
    auto const data = load_folder(here.path(), toy_decoder{});
    CHECK(data.class_names == std::vector<std::string>{"cat", "dog"});
    CHECK(data.names == std::vector<std::string>{"cat/1.jpg", "cat/2.jpg", "dog/1.png"});
    CHECK(data.labels == std::vector<std::size_t>{0, 0, 1});
    CHECK(data.images == image_batch<std::uint8_t>(3, 1, 2, 1, {1, 1, 2, 2, 3, 3}));
    CHECK(load_folder(here.path(), toy_decoder{}, {.per_class = 1}).names == std::vector<std::string>{"cat/1.jpg", "dog/1.png"});
    CHECK(load_folder(here.path(), toy_decoder{}, {.height = 4, .width = 4}).images.height() == 4);

    write_file(here / "dog/0.png", "broken");
    CHECK_THROWS_WITH_AS(load_folder(here.path(), toy_decoder{}),
                         ("hallmark::load_folder: \"dog/0.png\" in \"" + here.path() + "\" cannot be used: toy_decoder: not a toy picture").c_str(), error);
    fs::remove(here / "dog/0.png");
    if (::geteuid() != 0) {  // root reads everything
        fs::permissions(here / "dog/1.png", fs::perms::none);
        CHECK_THROWS_WITH_AS(load_folder(here.path(), toy_decoder{}),
                             ("hallmark::read_file: cannot open \"" + (here / "dog/1.png") + "\": Permission denied").c_str(), error);
    }
    CHECK_THROWS_WITH_AS(load_folder("/no/such", toy_decoder{}), "hallmark::load_folder: cannot open \"/no/such\": No such file or directory", error);
}
