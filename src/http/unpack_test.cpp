#include "http/unpack.h"

#include <gtest/gtest.h>

#include "http/files.h"

namespace kokemus::http {
namespace {

constexpr std::size_t plenty = 1'000'000;

TEST(Unpack, gives_back_what_was_packed) {
    for (const std::string& plain : {std::string(), std::string("a"), std::string(900'000, 'x')}) {
        const auto unpacked = unpack_gzip(gzip(plain), plenty);
        ASSERT_TRUE(unpacked) << unpacked.error().message;
        EXPECT_EQ(*unpacked, plain);
    }
}

TEST(Unpack, refuses_what_is_not_gzip_or_not_whole) {
    const std::string packed = gzip("some text that is long enough to be cut");
    for (const std::string& wrong : {std::string(),
                                     std::string("plain text"),
                                     packed.substr(0, packed.size() - 1),
                                     packed + "x",
                                     packed + packed}) {
        const auto unpacked = unpack_gzip(wrong, plenty);
        ASSERT_FALSE(unpacked);
        EXPECT_EQ(unpacked.error().code, ErrorCode::InvalidInput);
    }
}

TEST(Unpack, stops_at_the_bound) {
    EXPECT_TRUE(unpack_gzip(gzip(std::string(plenty, 'x')), plenty));
    const auto bomb = unpack_gzip(gzip(std::string(50 * plenty, 'x')), plenty);
    ASSERT_FALSE(bomb);
    EXPECT_EQ(bomb.error().code, ErrorCode::TooLarge);
}

}  // namespace
}  // namespace kokemus::http
