#include "answer/safe_text.h"

#include <gtest/gtest.h>

#include "answer/grid.h"

namespace kokemus::answer {
namespace {

TEST(SafeText, OneLineForTheTerminal) {
    EXPECT_EQ(safe_line("plain"), "plain");
    EXPECT_EQ(safe_line("a\nb\tc\r"), "a b c ");
    EXPECT_EQ(safe_line("\x1b[31mred"), "\uFFFD[31mred");
    EXPECT_EQ(safe_line("\xff\xe2\x80\xae"), "\uFFFD\uFFFD");
    EXPECT_EQ(safe_cell("a\nb"), "a\nb");
}

TEST(SafeText, WidthIsWhatATerminalShows) {
    EXPECT_EQ(width(""), 0U);
    EXPECT_EQ(width("käynti"), 6U);
    EXPECT_EQ(width("日本"), 4U);
    EXPECT_EQ(width("e\xcc\x81"), 1U);  // e and a combining accent
    EXPECT_EQ(width("\xf0\x9f\x99\x82"), 2U);
}

TEST(Grid, AlignsByWhatIsShown) {
    const Grid grid{{{"name"}, {"n", Align::Right}}, {{"äö", "5"}, {"日本語", "1,234"}, {"x", ""}}};
    EXPECT_EQ(draw(grid, Colour::Never),
              "name        n\n"
              "äö          5\n"
              "日本語  1,234\n"
              "x\n");
}

TEST(Grid, ColourOnlyWhenAsked) {
    EXPECT_EQ(strong("a", Colour::Never), "a");
    EXPECT_EQ(strong("a", Colour::Always), "\x1b[1ma\x1b[0m");
    EXPECT_EQ(quiet("", Colour::Always), "");
}

TEST(Grid, HostileCellsStayOneLine) {
    const Grid grid{{{"a\nb"}}, {{"x\ny\x1b[2J"}}};
    EXPECT_EQ(draw(grid, Colour::Never), "a b\nx y\uFFFD[2J\n");
}

TEST(CsvCell, QuotesWhereItMust) {
    EXPECT_EQ(csv_cell("plain"), "plain");
    EXPECT_EQ(csv_cell(""), "");
    EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
}

TEST(CsvCell, NothingCalculates) {
    EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
    EXPECT_EQ(csv_cell("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
    EXPECT_EQ(csv_cell("@SUM(A1,A2)"), "\"'@SUM(A1,A2)\"");
    EXPECT_EQ(csv_cell("\t=1"), "'\t=1");
    EXPECT_EQ(csv_cell("-inf"), "'-inf");
    EXPECT_EQ(csv_cell("-nan(A1)"), "'-nan(A1)");
    EXPECT_EQ(csv_cell("\r=1"), "\"'\r=1\"");
    EXPECT_EQ(csv_cell("-2"), "-2");  // a number
    EXPECT_EQ(csv_cell("-2+3"), "'-2+3");
    for (const std::string sign : {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"}) {
        EXPECT_EQ(csv_cell(sign + "1"), "'" + sign + "1") << "full width";
    }
    EXPECT_EQ(csv_cell("-0.5e3"), "-0.5e3");
}

TEST(CsvCell, BytesThatAreNoTextAreReplaced) {
    EXPECT_EQ(csv_cell("a\xff\x01"), "a\uFFFD\uFFFD");
    EXPECT_EQ(csv_cell("<script>"), "<script>");
}

}  // namespace
}  // namespace kokemus::answer
