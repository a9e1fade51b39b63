#include "answer/json_writer.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace kokemus::answer {
namespace {

std::string written(double number) {
    return JsonWriter().number(number).take();
}
std::string written(std::string_view text) {
    return JsonWriter().text(text).take();
}

TEST(JsonWriter, EmptyThings) {
    EXPECT_EQ(JsonWriter().open_object().close_object().take(), "{}");
    EXPECT_EQ(JsonWriter().open_list().close_list().take(), "[]");
    EXPECT_EQ(written(""), "\"\"");
}

TEST(JsonWriter, CommasAndNesting) {
    JsonWriter json;
    json.open_object().member("a", 1).key("b").open_list();
    json.number(1).text("x").null().open_object().close_object().flag(true).close_list();
    json.member("c", std::optional<double>()).member("d", std::uint64_t{7}).close_object();
    EXPECT_EQ(json.take(), R"({"a":1,"b":[1,"x",null,{},true],"c":null,"d":7})");
    EXPECT_EQ(json.take(), "");
}

TEST(JsonWriter, NumbersHaveOneSpelling) {
    EXPECT_EQ(written(0), "0");
    EXPECT_EQ(written(-0.0), "0");
    EXPECT_EQ(written(3), "3");
    EXPECT_EQ(written(-0.5), "-0.5");
    EXPECT_EQ(written(0.1 + 0.2), "0.3");
    EXPECT_EQ(written(1.0 / 3), "0.333333333333");
    EXPECT_EQ(written(803210.4), "803210.4");
    EXPECT_EQ(written(1e300), "1e+300");
    EXPECT_EQ(JsonWriter().count(18446744073709551615ULL).take(), "18446744073709551615");
}

TEST(JsonWriter, NoNumberIsNull) {
    EXPECT_EQ(written(std::nan("")), "null");
    EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonWriter, HostileTextIsHarmless) {
    EXPECT_EQ(written("</script>"), "\"\\u003c/script>\"");
    EXPECT_EQ(written("a\"b\\c"), R"("a\"b\\c")");
    EXPECT_EQ(written("line\nend\t\x01\x7f"), R"("line\nend\u0009\u0001\u007f")");
    EXPECT_EQ(written(std::string_view("a\0b", 3)), "\"a\\u0000b\"");
    EXPECT_EQ(written("\xc2\x9b"), R"("\u009b")");      // a terminal's command, in C1
    EXPECT_EQ(written("\xe2\x80\xae"), R"("\u202e")");  // turns the reading direction
}

TEST(JsonWriter, BytesThatAreNoUtf8AreReplacedOneByOne) {
    EXPECT_EQ(written("a\xff"), "\"a\uFFFD\"");
    EXPECT_EQ(written("\xc0\xaf"), "\"\uFFFD\uFFFD\"");            // overlong
    EXPECT_EQ(written("\xed\xa0\x80"), "\"\uFFFD\uFFFD\uFFFD\"");  // a surrogate
    EXPECT_EQ(written("\xf4\x90\x80\x80"), "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");
    EXPECT_EQ(written("\xe2\x82"), "\"\uFFFD\uFFFD\"");  // cut off
    EXPECT_EQ(written("käyntiä \xf0\x9f\x99\x82"), "\"käyntiä \xf0\x9f\x99\x82\"");
}

}  // namespace
}  // namespace kokemus::answer
