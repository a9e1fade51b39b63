#include "intake/write_key.h"

#include <gtest/gtest.h>

namespace kokemus::intake {
namespace {

TEST(WriteKey, nothing_shown_is_none) {
    EXPECT_EQ(shown_key("", ""), ShownKey{});
    EXPECT_EQ(shown_key("  ", ""), ShownKey{});
}

TEST(WriteKey, is_read_in_three_ways) {
    EXPECT_EQ(shown_key("", "abc123"), (ShownKey{KeyPlace::Body, "abc123"}));
    EXPECT_EQ(shown_key("Basic YWJjMTIzOg==", ""), (ShownKey{KeyPlace::Basic, "abc123"}));
    EXPECT_EQ(shown_key("basic YWJjMTIzOg==", "abc123"), (ShownKey{KeyPlace::Basic, "abc123"}));
    EXPECT_EQ(shown_key("Bearer token", "abc123"), (ShownKey{KeyPlace::Bearer, "abc123"}));
}

TEST(WriteKey, a_broken_or_contradicting_header_shows_nothing) {
    EXPECT_EQ(shown_key("Basic YWJjMTIzOg==", "other"), ShownKey{});
    EXPECT_EQ(shown_key("Basic YWJjMTIzOnNlY3JldA==", ""), ShownKey{}) << "abc123:secret";
    EXPECT_EQ(shown_key("Basic YWJjMTIz", ""), ShownKey{}) << "no colon";
    EXPECT_EQ(shown_key("Basic Og==", ""), ShownKey{}) << "only the colon";
    EXPECT_EQ(shown_key("Basic !!!!", "abc123"), ShownKey{});
    EXPECT_EQ(shown_key("Basic", "abc123"), ShownKey{});
    EXPECT_EQ(shown_key("Bearer token", ""), ShownKey{});
    EXPECT_EQ(shown_key("Digest x", "abc123"), ShownKey{});
}

TEST(WriteKey, one_key_opens_for_itself_only) {
    const OneWriteKey gate("abc123", {"https://shop.example"}, OneWriteKey::WithoutKey::Open);
    EXPECT_TRUE(gate.may_write("abc123"));
    for (const char* wrong : {"", "abc124", "abc12", "abc1234"}) {
        EXPECT_FALSE(gate.may_write(wrong)) << wrong;
    }
    EXPECT_TRUE(gate.allows_origin("abc123", "https://shop.example"));
    EXPECT_TRUE(gate.allows_origin("", "https://shop.example"));
    EXPECT_FALSE(gate.allows_origin("abc123", "https://shop.example.evil"));
}

TEST(WriteKey, without_a_key_the_demo_is_open_and_others_are_closed) {
    EXPECT_TRUE(OneWriteKey("", {}, OneWriteKey::WithoutKey::Open).may_write("any"));
    EXPECT_TRUE(OneWriteKey("", {}, OneWriteKey::WithoutKey::Open).may_write(""));
    EXPECT_FALSE(OneWriteKey("", {}, OneWriteKey::WithoutKey::Closed).may_write(""));
    EXPECT_FALSE(OneWriteKey("", {}, OneWriteKey::WithoutKey::Closed).may_write("any"));
}

}  // namespace
}  // namespace kokemus::intake
