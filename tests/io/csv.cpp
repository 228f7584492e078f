// Columns of numbers: what programs write is read, and what is not a number is named by line and column.
#include <hallmark/io/csv.hpp>

#include <doctest/doctest.h>

#include <clocale>
#include <string>
#include <support/temp_folder.hpp>
#include <vector>

using namespace hallmark;

namespace {
auto sentence_about(std::string_view text) -> std::string {
    try {
        (void)parse_csv(text, "x");
    } catch (error const& e) {
        return e.what();
    }
    return "";
}
using columns = std::vector<std::vector<double>>;
}  // namespace

TEST_CASE("the four separators") {
    auto const expected = columns{{1, -3}, {2.5, 4e-3}};
    CHECK(parse_csv("1,2.5\n-3,4e-3\n").columns == expected);
    CHECK(parse_csv("1;2.5\n-3;4e-3").columns == expected);
    CHECK(parse_csv("1\t2.5\n-3\t4e-3\n").columns == expected);
    CHECK(parse_csv("  1   2.5\n-3 \t4e-3  \n").columns == columns{{1, -3}, {2.5, 4e-3}});
    CHECK(parse_csv(" 1 , 2.5\r\n-3,\t+4e-3\r\n").columns == expected);
    CHECK(parse_csv("5").columns == columns{{5}});
    CHECK(parse_csv("5\n6\n").rows() == 2);
}

TEST_CASE("headers, comments, blank lines, a byte order mark") {
    auto const table = parse_csv("\xEF\xBB\xBF# made by hand\n\nindex,\"the \"\"loss\"\", nats\"\n# more\n1,0.5\n   \n2,0.25\n");
    CHECK(table.names == std::vector<std::string>{"index", "the \"loss\", nats"});
    CHECK(table.columns == columns{{1, 2}, {0.5, 0.25}});
    CHECK(table.column("index") == std::vector<double>{1, 2});
    CHECK(parse_csv("loss\n1\n").names == std::vector<std::string>{"loss"});
    CHECK(parse_csv("info\tnano\n1\t2\n").names == std::vector<std::string>{"info", "nano"});  // begin like inf and nan
    CHECK(parse_csv(",loss\n0,1\n").names == std::vector<std::string>{"", "loss"});            // an index without a name
    CHECK(parse_csv("\"a\" \"b c\"\n\"1\" 2\n").columns == columns{{1}, {2}});
    CHECK(parse_csv("1,2\n").names.empty());
    CHECK_THROWS_WITH_AS(table.column("x"), "hallmark::csv_table::column: the table has 0 columns named \"x\"; exactly one is needed", error);
    CHECK_THROWS_WITH_AS(parse_csv("a,a\n1,2\n").column("a"), "hallmark::csv_table::column: the table has 2 columns named \"a\"; exactly one is needed", error);
}

TEST_CASE("each broken text has its sentence") {
    CHECK(sentence_about("") == "hallmark::read_csv: \"x\" has no rows of numbers");
    CHECK(sentence_about("loss\n") == "hallmark::read_csv: \"x\" has no rows of numbers");
    CHECK(sentence_about("1,2\n3\n") == "hallmark::read_csv: \"x\", line 2, column 2: the line has 1 cells; the first line has 2");
    CHECK(sentence_about("1,2\n3,4,5\n") == "hallmark::read_csv: \"x\", line 2, column 3: the line has 3 cells; the first line has 2");
    CHECK(sentence_about("1,2\n3,\n") == "hallmark::read_csv: \"x\", line 2, column 2: the cell is empty");
    CHECK(sentence_about("1,,2\n") == "hallmark::read_csv: \"x\", line 1, column 2: the cell is empty");
    CHECK(sentence_about("1,2,\n") == "hallmark::read_csv: \"x\", line 1, column 3: the cell is empty");
    for (std::string const text : {"nan", "NaN", "inf", "-inf", "Infinity", "+inf", "-nan"}) {
        CHECK(sentence_about("# c\n1\n" + text + "\n") == "hallmark::read_csv: \"x\", line 3, column 1: \"" + text + "\" is not a finite number");
        CHECK(sentence_about(text + "\n1\n") == "hallmark::read_csv: \"x\", line 1, column 1: \"" + text + "\" is not a finite number");
    }
    for (std::string const text : {"0.5x", "1 2", "0x10", "1e999", "1.2.3", "--1", "+-1", "1-", "1 # two", "abc", "-", "1,5"}) {
        auto const row = text + ";2\n";
        CHECK(sentence_about("1;2\n" + row) == "hallmark::read_csv: \"x\", line 2, column 1: \"" + text + "\" is not a number that a double holds");
    }
    // What looks like a value, or like one that is missing, must not be lost as a header.
    for (std::string const text : {"0.5x", "<0.001", "p=0.001", "$1", "'1", "(1)", "~1", "-", "NA", "n/a", "Null", "NONE",
                                   "\xC2\xA0"
                                   "1",
                                   "\xE2\x88\x92"
                                   "1",
                                   "\xEF\xBC\x91", "%", "1e999"}) {
        CHECK(sentence_about(text + "\n1\n") == "hallmark::read_csv: \"x\", line 1, column 1: \"" + text +
                                                    "\" is neither a number that a double holds nor the name of a column, which begins with a letter");
        CHECK(sentence_about("loss," + text + "\n1,2\n") == "hallmark::read_csv: \"x\", line 1, column 2: \"" + text +
                                                                "\" stands in a line with names; a header has names only, and each begins with a letter");
    }
    for (std::string const text : {"_1", "na_rate", "Verlust",
                                   "\xC3\xA9"
                                   "cart",
                                   "\xCF\x83", "\xE5\x80\xBC", "p (adjusted)", "score 2"}) {
        CHECK(parse_csv("\"" + text + "\"\n1\n").names == std::vector<std::string>{text});
    }
    CHECK(sentence_about("loss,2020\n1,2\n") ==
          "hallmark::read_csv: \"x\", line 1, column 2: \"2020\" stands in a line with names; a header has names only, and each begins with a letter");
    CHECK(sentence_about("\"a,b\n1,2\n") == "hallmark::read_csv: \"x\", line 1, column 1: a quote does not end");
    CHECK(sentence_about("\"a\"b,c\n1,2\n") == "hallmark::read_csv: \"x\", line 1, column 1: text follows a closing quote");
    CHECK(sentence_about("\"a\"b c\n1 2\n") == "hallmark::read_csv: \"x\", line 1, column 1: text follows a closing quote");
    CHECK(sentence_about("a\nb\n") == "hallmark::read_csv: \"x\", line 2, column 1: \"b\" is not a number that a double holds");
    CHECK(sentence_about("1\n" + std::string(100, 'y')) ==
          "hallmark::read_csv: \"x\", line 2, column 1: \"" + std::string(40, 'y') + "...\" is not a number that a double holds");
}

// A program that called setlocale for its menus must not read 1.5 as 1.
TEST_CASE("the locale changes nothing") {
    auto const* found = std::setlocale(LC_NUMERIC, "de_DE.UTF-8");
    if (found == nullptr) {
        MESSAGE("the locale de_DE is not installed; the check runs in the C locale only");
    }
    CHECK(parse_csv("1.5\n").columns == columns{{1.5}});
    std::setlocale(LC_NUMERIC, "C");
}

// No text of three bytes from this alphabet crashes the reader, and what it accepts is rectangular.
TEST_CASE("all short texts") {
    std::string const alphabet = "1a,;\t \n\r\"#.-";
    for (char a : alphabet) {
        for (char b : alphabet) {
            for (char c : alphabet) {
                for (char d : alphabet) {
                    try {
                        auto const table = parse_csv(std::string{a, b, c, d});
                        for (auto const& column : table.columns) {
                            REQUIRE(column.size() == table.rows());
                        }
                    } catch (error const&) {
                    }
                }
            }
        }
    }
}

TEST_CASE("files on disk") {
    temp_folder const here;
    write_file(here / "a.csv", "loss\n0.5\n");
    CHECK(read_csv(here / "a.csv").column("loss") == std::vector<double>{0.5});
    CHECK_THROWS_AS(read_csv(here / "a.csv", 3), error);
    CHECK_THROWS_WITH_AS(read_csv("/no/such.csv"), "hallmark::read_file: cannot open \"/no/such.csv\": No such file or directory", error);
}
