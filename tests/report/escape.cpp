#include <hallmark/report/escape.hpp>

#include <doctest/doctest.h>
#include <report/well_formed.hpp>

#include <string>

using namespace hallmark;
using detail::escaped;
using detail::utf8_length;

// One forgotten character is enough for a file name to run code in the reader's browser.
TEST_CASE("the five characters of markup become entities") {
    CHECK(escaped("a < b && c > \"d\" 'e'") == "a &lt; b &amp;&amp; c &gt; &quot;d&quot; &#39;e&#39;");
    CHECK(escaped("") == "");
    CHECK(escaped("plain\tand\nünïcödé — 写真 🎉") == "plain\tand\nünïcödé — 写真 🎉");
    CHECK(escaped("&amp;") == "&amp;amp;");
    CHECK(fault_of("<p title=\"" + escaped(attack) + "\">" + escaped(attack) + "</p>") == "");
}

// Strict readers refuse a whole file for one of these; file names on Unix can hold all of them.
TEST_CASE("bytes that are not UTF-8 become the replacement character") {
    CHECK(escaped("a\xff"
                  "b") ==
          "a\xef\xbf\xbd"
          "b");
    CHECK(escaped(std::string(1, '\0')) == "\xef\xbf\xbd");
    CHECK(escaped("\x1b\x7f") == "\xef\xbf\xbd\xef\xbf\xbd");
    CHECK(escaped("\xc3") == "\xef\xbf\xbd");       // cut off
    CHECK(escaped("\xc3<") == "\xef\xbf\xbd&lt;");  // the next character is not swallowed
    CHECK(escaped("\xe2\x82\"") == "\xef\xbf\xbd\xef\xbf\xbd&quot;");
}

// The borders of RFC 3629, each from both sides.
TEST_CASE("length of a UTF-8 character") {
    CHECK(utf8_length("") == 0);
    CHECK(utf8_length("a") == 1);
    CHECK(utf8_length("\x7f") == 0);
    CHECK(utf8_length("\xc0\x80") == 0);
    CHECK(utf8_length("\xc1\xbf") == 0);
    CHECK(utf8_length("\xc2\x9f") == 0);  // a C1 control character
    CHECK(utf8_length("\xc2\xa0") == 2);
    CHECK(utf8_length("\xdf\xbf") == 2);
    CHECK(utf8_length("\xe0\x9f\xbf") == 0);
    CHECK(utf8_length("\xe0\xa0\x80") == 3);
    CHECK(utf8_length("\xed\x9f\xbf") == 3);
    CHECK(utf8_length("\xed\xa0\x80") == 0);  // surrogates
    CHECK(utf8_length("\xed\xbf\xbf") == 0);
    CHECK(utf8_length("\xee\x80\x80") == 3);
    CHECK(utf8_length("\xef\xbf\xbd") == 3);
    CHECK(utf8_length("\xef\xbf\xbe") == 0);
    CHECK(utf8_length("\xef\xbf\xbf") == 0);
    CHECK(utf8_length("\xf0\x8f\xbf\xbf") == 0);
    CHECK(utf8_length("\xf0\x90\x80\x80") == 4);
    CHECK(utf8_length("\xf4\x8f\xbf\xbd") == 4);
    CHECK(utf8_length("\xf4\x90\x80\x80") == 0);
    CHECK(utf8_length("\xf5\x80\x80\x80") == 0);
    CHECK(utf8_length("\x80") == 0);
}

TEST_CASE("characters are counted as a reader counts them") {
    CHECK(detail::characters("") == 0);
    CHECK(detail::characters("abc") == 3);
    CHECK(detail::characters("−5 %") == 4);
    CHECK(detail::characters("写真\xff") == 3);
}
