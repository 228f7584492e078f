// CIFAR's binary files: labels, planes, limits, and files of a wrong length.
#include <hallmark/io/cifar.hpp>

#include <doctest/doctest.h>

#include <string>
#include <support/temp_folder.hpp>
#include <vector>

using namespace hallmark;

namespace {
/// A record whose planes hold `value`, `value` + 1 and `value` + 2, and whose very last byte is 99.
auto record(std::string const& labels, char value) -> std::string {
    auto text   = labels + std::string(1024, value) + std::string(1024, static_cast<char>(value + 1)) + std::string(1024, static_cast<char>(value + 2));
    text.back() = 99;
    return text;
}
auto ten(char label, char value) -> std::string { return record(std::string(1, label), value); }

struct cifar10_folder : temp_folder {
    cifar10_folder() {
        std::string names;
        for (int i = 0; i < 10; ++i) {
            names += "class" + std::to_string(i) + "\n";
        }
        write_file(*this / "batches.meta.txt", names + "\n", {.flush = false});
        for (char i = 1; i <= 5; ++i) {
            write_file(*this / ("data_batch_" + std::to_string(i) + ".bin"), ten(i, i) + ten(9, static_cast<char>(10 * i)), {.flush = false});
        }
        write_file(*this / "test_batch.bin", ten(3, 77), {.flush = false});
    }
};
}  // namespace

TEST_CASE("records are planes of red, green and blue") {
    auto const data = parse_cifar(bytes_of(ten(7, 20) + ten(0, 40)), cifar::ten, "f.bin");
    CHECK(data.labels == std::vector<std::size_t>{7, 0});
    CHECK(data.names == std::vector<std::string>{"f.bin/0", "f.bin/1"});
    CHECK(data.class_names.size() == 10);
    CHECK(data.class_names[7] == "7");
    auto const v = data.images.view();
    CHECK(v.samples() == 2);
    CHECK(int{v.at(0, 0, 0, 0)} == 20);
    CHECK(int{v.at(0, 1, 0, 0)} == 21);
    CHECK(int{v.at(1, 2, 31, 30)} == 42);
    CHECK(int{v.at(1, 2, 31, 31)} == 99);
    CHECK(parse_cifar(bytes_of(ten(7, 20) + ten(7, 40) + ten(1, 2)), cifar::ten, "f", 1).labels == std::vector<std::size_t>{7, 1});
}

TEST_CASE("CIFAR-100 gives fine labels") {
    auto const data = parse_cifar(bytes_of(record("\x13\x63", 5)), cifar::hundred);
    CHECK(data.labels == std::vector<std::size_t>{99});
    CHECK(data.class_names.size() == 100);
    CHECK(int{data.images.view().at(0, 0, 0, 0)} == 5);
}

TEST_CASE("each broken file has its sentence") {
    CHECK_THROWS_WITH_AS(parse_cifar({}, cifar::ten, "x"), "hallmark::parse_cifar: \"x\" has 0 bytes; allowed is a positive multiple of 3073", error);
    CHECK_THROWS_WITH_AS(parse_cifar(bytes_of(ten(0, 1)), cifar::hundred, "x"),
                         "hallmark::parse_cifar: \"x\" has 3073 bytes; allowed is a positive multiple of 3074", error);
    CHECK_THROWS_WITH_AS(parse_cifar(bytes_of(ten(0, 1) + ten(10, 1)), cifar::ten, "x"),
                         "hallmark::parse_cifar: record 1 of \"x\" has label 10; allowed is 0 to 9", error);
    CHECK_THROWS_WITH_AS(parse_cifar(bytes_of(record("\x01\x64", 1)), cifar::hundred, "x"),
                         "hallmark::parse_cifar: record 0 of \"x\" has label 100; allowed is 0 to 99", error);
    CHECK_THROWS_WITH_AS(parse_cifar(bytes_of(record("\x14\x01", 1)), cifar::hundred, "x"),
                         "hallmark::parse_cifar: record 0 of \"x\" has coarse label 20; allowed is 0 to 19", error);
}

TEST_CASE("the official folder of CIFAR-10") {
    cifar10_folder const here;
    auto const           train = load_cifar(here.path(), cifar_part::train);
    CHECK(train.labels == std::vector<std::size_t>{1, 9, 2, 9, 3, 9, 4, 9, 5, 9});
    CHECK(train.names[3] == "data_batch_2.bin/1");
    CHECK(train.class_names[9] == "class9");
    CHECK(int{train.images.view().at(9, 0, 0, 0)} == 50);
    CHECK(load_cifar(here.path(), cifar_part::test).labels == std::vector<std::size_t>{3});
    CHECK(load_cifar(here.path(), cifar_part::train, 1).labels == std::vector<std::size_t>{1, 9, 2, 3, 4, 5});

    write_file(here / "batches.meta.txt", "a\nb\n");
    CHECK_THROWS_WITH_AS(load_cifar(here.path(), cifar_part::test),
                         ("hallmark::load_cifar: \"" + here.path() + "/batches.meta.txt\" has 2 class names; allowed is 10").c_str(), error);
    write_file(here / "fine_label_names.txt", "a\n");
    CHECK_THROWS_WITH_AS(
        load_cifar(here.path(), cifar_part::test),
        ("hallmark::load_cifar: \"" + here.path() +
         "\" is not the folder of one CIFAR data set; exactly one of batches.meta.txt (CIFAR-10) and fine_label_names.txt (CIFAR-100) is needed")
            .c_str(),
        error);
}

TEST_CASE("the official folder of CIFAR-100") {
    temp_folder const here;
    std::string       names;
    for (int i = 0; i < 100; ++i) {
        names += "n" + std::to_string(i) + "\r\n";
    }
    write_file(here / "fine_label_names.txt", names);
    write_file(here / "train.bin", record("\x01\x02", 5));
    write_file(here / "test.bin", record("\x01\x63", 6) + record("\x01\x62", 6));
    CHECK(load_cifar(here.path(), cifar_part::train).labels == std::vector<std::size_t>{2});
    CHECK(load_cifar(here.path(), cifar_part::test).labels == std::vector<std::size_t>{99, 98});
    CHECK(load_cifar(here.path(), cifar_part::test).class_names[99] == "n99");
    write_file(here / "test.bin", "short");
    CHECK_THROWS_WITH_AS(load_cifar(here.path(), cifar_part::test),
                         ("hallmark::load_cifar: \"" + here.path() + "/test.bin\" has 5 bytes; allowed is a positive multiple of 3074").c_str(), error);
}
