#include "app/printable.h"

#include <gtest/gtest.h>

namespace kokemus::app {
namespace {

TEST(Printable, TextIsShownAsItIs) {
    const std::string text = "J\u00e4ms\u00e4 \"100 %\" \u20ac \U0001F600 c:\\x";
    EXPECT_EQ(printable(text), text);
    EXPECT_EQ(printable(""), "");
}

TEST(Printable, NothingOfItMovesTheTerminal) {
    EXPECT_EQ(printable("\x1b[2J\x07\x7f"), "\\x1b[2J\\x07\\x7f");
    EXPECT_EQ(printable("\u009b2J"), "\\u009b2J") << "the same, written as one letter";
    EXPECT_EQ(printable("a\u202eb\u2066c"), "a\\u202eb\\u2066c");
    EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
    EXPECT_EQ(printable("a\xffz\xc3"), "a\\xffz\\xc3");
    EXPECT_EQ(printable("a\r\nb\tc"), "a\\r\\nb\\tc");
    EXPECT_EQ(printable("a\nb\x1b", LineBreaks::Kept), "a\nb\\x1b");
}

}  // namespace
}  // namespace kokemus::app
