#include "base/text.h"

#include <gtest/gtest.h>

namespace kokemus {
namespace {

TEST(Utf8, AcceptsWhatIsWellFormed) {
    EXPECT_TRUE(is_valid_utf8(""));
    EXPECT_TRUE(is_valid_utf8("plain"));
    EXPECT_TRUE(is_valid_utf8("käyttö \u2212 \U0001F600 \U0010FFFF"));
    EXPECT_TRUE(is_valid_utf8(std::string_view("\0", 1)));
}

TEST(Utf8, RefusesOverlongSurrogateCutAndStray) {
    EXPECT_FALSE(is_valid_utf8("\xC0\x80"));
    EXPECT_FALSE(is_valid_utf8("\xE0\x80\x80"));
    EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));
    EXPECT_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));
    EXPECT_FALSE(is_valid_utf8("\xF5\x80\x80\x80"));
    EXPECT_FALSE(is_valid_utf8("\xE2\x82"));
    EXPECT_FALSE(is_valid_utf8("\x80"));
    EXPECT_FALSE(is_valid_utf8("a\xFF"));
}

TEST(Trim, TakesBlanksFromBothEnds) {
    EXPECT_EQ(trim(" \t a b \r\n"), "a b");
    EXPECT_EQ(trim(" \n "), "");
    EXPECT_EQ(trim(""), "");
}

TEST(Lower, LeavesOtherBytesAlone) {
    EXPECT_EQ(lower("AbZ[@Ä9"), "abz[@Ä9");
}

TEST(Quote, EscapesWhatCannotBeSeen) {
    EXPECT_EQ(quote("eleven"), "\"eleven\"");
    EXPECT_EQ(quote(""), "\"\"");
    EXPECT_EQ(quote("a\"b\\c\n\t\x01"), "\"a\\\"b\\\\c\\n\\t\\x01\"");
    EXPECT_EQ(quote("é\xFFx"), "\"é\\xffx\"");
}

TEST(Quote, CutsAtACharacterBoundary) {
    EXPECT_EQ(quote("abcdef", 6), "\"abcdef\"");
    EXPECT_EQ(quote("abcdef", 5), "\"abcde\u2026\"");
    EXPECT_EQ(quote("aéé", 4), "\"aé\u2026\"");
    EXPECT_EQ(quote("abc", 0), "\"\u2026\"");
}

TEST(Thousands, GroupsByThree) {
    EXPECT_EQ(thousands(0), "0");
    EXPECT_EQ(thousands(999), "999");
    EXPECT_EQ(thousands(1000), "1,000");
    EXPECT_EQ(thousands(1234567), "1,234,567");
    EXPECT_EQ(thousands(-1234), "\u22121,234");
    EXPECT_EQ(thousands(INT64_MIN), "\u22129,223,372,036,854,775,808");
}

TEST(CountOf, ChoosesTheWord) {
    EXPECT_EQ(count_of(0, "row", "rows"), "0 rows");
    EXPECT_EQ(count_of(1, "row", "rows"), "1 row");
    EXPECT_EQ(count_of(7913, "row", "rows"), "7,913 rows");
}

}  // namespace
}  // namespace kokemus
