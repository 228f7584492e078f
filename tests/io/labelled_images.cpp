// Gathering labelled pictures: the result depends on names and bytes, never on the order of arrival.
#include <hallmark/io/labelled_images.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <support/temp_folder.hpp>
#include <support/toy_picture.hpp>
#include <utility>
#include <vector>

using namespace hallmark;

namespace {
using files = std::vector<std::pair<std::string, std::string>>;

auto gather(files const& all, gather_options const& options = {}) -> labelled_images {
    auto gatherer = detail::image_gatherer("f", "src", options);
    for (auto const& [name, content] : all) {
        if (gatherer.wants(name)) {
            gatherer.add(name, bytes_of(content), toy_decoder{});
        }
    }
    return gatherer.finish();
}
}  // namespace

// An archive has its own order. If it showed in the result, the same pictures would train another model.
TEST_CASE("every order of arrival gives the same data set, with and without a limit") {
    auto all = files{{"a/1.png", "121"}, {"a/2.png", "122"}, {"a/x/3.png", "123"}, {"b/1.png", "124"}, {"b/2.png", "125"}};
    do {
        auto const whole = gather(all);
        REQUIRE(whole.names == std::vector<std::string>{"a/1.png", "a/2.png", "a/x/3.png", "b/1.png", "b/2.png"});
        REQUIRE(whole.labels == std::vector<std::size_t>{0, 0, 0, 1, 1});
        REQUIRE(whole.class_names == std::vector<std::string>{"a", "b"});
        REQUIRE(whole.images == image_batch<std::uint8_t>(5, 1, 1, 2, {1, 1, 2, 2, 3, 3, 4, 4, 5, 5}));
        auto const few = gather(all, {.per_class = 2});
        REQUIRE(few.names == std::vector<std::string>{"a/1.png", "a/2.png", "b/1.png", "b/2.png"});
        REQUIRE(pixels_of(few.images) == std::vector<std::uint8_t>{1, 1, 2, 2, 4, 4, 5, 5});
        REQUIRE(gather(all, {.per_class = 1}).labels == std::vector<std::size_t>{0, 1});
    } while (std::next_permutation(all.begin(), all.end()));
}

TEST_CASE("what is no picture is passed over") {
    CHECK(gather({{"readme.txt", "?"}, {"a/notes", "?"}, {"a/._1.png", "?"}, {".cache/1.png", "?"}, {"a/1.PnG", "117"}}).names ==
          std::vector<std::string>{"a/1.PnG"});
    for (auto const* yes : {"a.jpg", "a.JPEG", "b/a.png", "a.b.bmp"}) {
        CHECK(detail::is_image_name(yes));
    }
    for (auto const* no : {"", "jpg", ".jpg", "a/.jpg", "a.jpg/b", "a.gif", "a.jpgx", "a.", "./a.jpg"}) {
        CHECK(!detail::is_image_name(no));
    }
}

TEST_CASE("sizes agree or are made to") {
    CHECK(gather({{"a/1.png", "111"}, {"a/2.png", "232"}}, {.height = 2, .width = 1}).images == image_batch<std::uint8_t>(2, 1, 2, 1, {1, 1, 2, 2}));
    CHECK_THROWS_WITH_AS(
        gather({{"a/1.png", "111"}, {"a/2.png", "232"}}),
        "f: \"a/2.png\" in \"src\" has 1 channels of 2 x 3 pixels, but \"a/1.png\" has 1 of 1 x 1; give a height and a width to make them alike", error);
}

TEST_CASE("each mistake has its sentence") {
    CHECK_THROWS_WITH_AS(gather({}), "f: \"src\" has no pictures (jpg, jpeg, png or bmp) in class folders", error);
    CHECK_THROWS_WITH_AS(gather({{"1.png", "111"}}), "f: \"1.png\" in \"src\" lies in no class folder; each picture must lie in a folder named for its class",
                         error);
    CHECK_THROWS_WITH_AS(gather({{"a/1.png", "111"}, {"a/1.png", "111"}}), "f: \"src\" has \"a/1.png\" twice", error);
    CHECK_THROWS_WITH_AS(gather({{"a/1.png", "11"}}), "f: \"a/1.png\" in \"src\" cannot be used: toy_decoder: not a toy picture", error);
    CHECK_THROWS_WITH_AS(gather({{"a/1.png", "011"}}, {.height = 1, .width = 1}),
                         "f: \"a/1.png\" in \"src\" cannot be used: hallmark::resize: from 0 x 1 to 1 x 1; allowed are extents of 1 to 65535", error);
    CHECK_THROWS_WITH_AS(gather({}, {.per_class = 0}), "f: per_class is 0; allowed is 1 or more", error);
    CHECK_THROWS_WITH_AS(gather({}, {.height = 3}), "f: height is 3 and width is 0; allowed is both 0 or both positive", error);
    auto gatherer = detail::image_gatherer("f", "src", {});
    auto two      = [](auto) { return image_batch<std::uint8_t>(2, 1, 1, 1); };
    CHECK_THROWS_WITH_AS(gatherer.add("a/1.png", {}, two), "f: the decoder made 2 pictures of \"a/1.png\"; allowed is 1", error);
}
