#include <hallmark/random/md5.hpp>
#include <hallmark/random/sha256.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using namespace hallmark;

namespace {
auto hex(std::string_view text) -> std::string { return to_hex(md5({reinterpret_cast<std::uint8_t const*>(text.data()), text.size()})); }
}  // namespace

TEST_CASE("the digests of RFC 1321") {
    CHECK(hex("") == "d41d8cd98f00b204e9800998ecf8427e");
    CHECK(hex("abc") == "900150983cd24fb0d6963f7d28e17f72");
    CHECK(hex("message digest") == "f96b697d7cb7938d525a2f31aaf161d0");
    CHECK(hex("12345678901234567890123456789012345678901234567890123456789012345678901234567890") == "57edf4a22be3c955ac49da2e2107b67a");
}

// Padding has two cases, and the border between them is where mistakes are. The digest of all digests by Python:
// h = md5(); for n in range(200): h.update(md5(bytes(i * 7 % 256 for i in range(n))).digest())
TEST_CASE("every length from 0 to 199") {
    std::vector<std::uint8_t> message, digests;
    for (std::size_t n = 0; n < 200; ++n) {
        auto const d = md5(message);
        digests.insert(digests.end(), d.begin(), d.end());
        message.push_back(static_cast<std::uint8_t>(n * 7));
    }
    CHECK(to_hex(md5(digests)) == "89f289dba0cb92b450c076a8952237e2");
}
