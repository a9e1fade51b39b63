#include "http/unpack.h"

#include <gtest/gtest.h>
#include <zstd.h>

#include "http/pack.h"

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

std::string zstd(const std::string& plain) {
    std::string packed(ZSTD_compressBound(plain.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), plain.data(), plain.size(), 3));
    return packed;
}

TEST(Unpack, gives_back_what_zstd_packed_in_one_frame_or_several) {
    for (const std::string& plain : {std::string(), std::string("a"), std::string(900'000, 'x')}) {
        const auto unpacked = unpack_zstd(zstd(plain), plenty);
        ASSERT_TRUE(unpacked) << unpacked.error().message;
        EXPECT_EQ(*unpacked, plain);
    }
    EXPECT_EQ(unpack_zstd(zstd("one ") + zstd("two"), plenty).value(), "one two");
}

TEST(Unpack, refuses_what_is_not_zstd_or_not_whole) {
    const std::string packed = zstd("some text that is long enough to be cut");
    for (const std::string& wrong : {std::string(),
                                     std::string("plain text"),
                                     packed.substr(0, packed.size() - 1),
                                     packed + "x",
                                     gzip("gzip")}) {
        const auto unpacked = unpack_zstd(wrong, plenty);
        ASSERT_FALSE(unpacked) << *unpacked;
        EXPECT_EQ(unpacked.error().code, ErrorCode::InvalidInput);
    }
}

TEST(Unpack, stops_at_the_bound_of_zstd) {
    EXPECT_TRUE(unpack_zstd(zstd(std::string(plenty, 'x')), plenty));
    for (const std::size_t times : {2U, 50U}) {
        const auto bomb = unpack_zstd(zstd(std::string(times * plenty, 'x')), plenty);
        ASSERT_FALSE(bomb);
        EXPECT_EQ(bomb.error().code, ErrorCode::TooLarge);
    }
}

TEST(Unpack, bounds_the_frames_of_zstd_that_give_nothing) {
    const std::string skipped("\x50\x2a\x4d\x18\0\0\0\0", 8);
    for (const std::string& frame : {skipped, zstd("")}) {
        std::string packed;
        for (std::size_t i = 1; i < zstd_frames_max; ++i) {
            packed += frame;
        }
        packed += zstd("end");
        EXPECT_EQ(unpack_zstd(packed, plenty).value(), "end");
        const auto more = unpack_zstd(packed + frame, plenty);
        ASSERT_FALSE(more);
        EXPECT_EQ(more.error().code, ErrorCode::InvalidInput);
    }
}

TEST(Unpack, refuses_a_body_that_is_too_large_before_it_is_unpacked) {
    for (const char* coding : {"gzip", "zstd", "identity"}) {
        Request request;
        request.headers["content-encoding"] = coding;
        request.body = std::string(101, 'x');
        EXPECT_EQ(take_body(request, 100).error().code, ErrorCode::TooLarge) << coding;
    }
}

TEST(Unpack, takes_a_body_as_its_header_says) {
    Request request;
    request.body = zstd("plain");
    request.headers["content-encoding"] = "zstd";
    EXPECT_EQ(take_body(request, plenty).value(), "plain");
    request.body = gzip("plain");
    request.headers["content-encoding"] = "gzip";
    EXPECT_EQ(take_body(request, plenty).value(), "plain");
    request.headers["content-encoding"] = "br";
    EXPECT_EQ(take_body(request, plenty).error().code, ErrorCode::InvalidInput);
    request.body = "plain";
    request.headers.erase("content-encoding");
    EXPECT_EQ(take_body(request, plenty).value(), "plain");
}

}  // namespace
}  // namespace kokemus::http
