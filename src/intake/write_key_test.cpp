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
    EXPECT_EQ(gate.sender("abc123"), "write-key");
    for (const char* wrong : {"", "abc124", "abc12", "abc1234"}) {
        EXPECT_FALSE(gate.sender(wrong)) << wrong;
    }
    EXPECT_TRUE(gate.allows_origin("abc123", "https://shop.example"));
    EXPECT_TRUE(gate.allows_origin("", "https://shop.example")) << "asked before a key is shown";
    EXPECT_FALSE(gate.allows_origin("abc124", "https://shop.example")) << "another key";
    EXPECT_FALSE(gate.allows_origin("abc123", "https://shop.example.evil"));
    const OneWriteKey anywhere("abc123", {}, OneWriteKey::WithoutKey::Closed);
    EXPECT_TRUE(anywhere.allows_origin("abc123", "https://any.example"));
}

TEST(WriteKey, without_a_key_the_demo_is_open_and_others_are_closed) {
    const OneWriteKey open("", {}, OneWriteKey::WithoutKey::Open);
    EXPECT_EQ(open.sender("any"), "anybody");
    EXPECT_EQ(open.sender(""), "anybody");
    EXPECT_TRUE(open.allows_origin("", "https://any.example"));
    const OneWriteKey closed("", {}, OneWriteKey::WithoutKey::Closed);
    EXPECT_FALSE(closed.sender(""));
    EXPECT_FALSE(closed.sender("any"));
    EXPECT_FALSE(closed.allows_origin("", "https://any.example"));
}

}  // namespace
}  // namespace kokemus::intake
