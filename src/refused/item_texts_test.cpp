#include "refused/item_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kokemus::refused {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ItemTexts, are_what_stands_between_quotes_without_escapes) {
    EXPECT_THAT(texts_in(""), IsEmpty());
    EXPECT_THAT(texts_in("42"), IsEmpty());
    EXPECT_THAT(texts_in(R"({"a":"","b":["x \"y\" \\","z"]})"),
                ElementsAre("a", "", "b", R"(x "y" \)", "z"));
    EXPECT_THAT(texts_in(R"(["J\u00e4rvi\u00C4","\ud83d\uDE00!","a\/b\n"])"),
                ElementsAre("JärviÄ", "😀!", "a/b\n"));
}

TEST(ItemTexts, of_broken_json_are_those_that_can_be_made_out) {
    EXPECT_THAT(texts_in(R"({"userId":"anna@x.fi)"), ElementsAre("userId", "anna@x.fi"));
    EXPECT_THAT(texts_in(R"(["a\u00)"), ElementsAre(testing::StartsWith("a")));
    EXPECT_THAT(texts_in("[\"a\\"), ElementsAre("a\\"));
    EXPECT_THAT(texts_in("[\"\\ud83d\"]"), testing::SizeIs(1));
}

bool is_in(const std::string& name, std::string_view item) {
    return NamesInItems(std::vector{std::string("nobody@x.fi"), name}).any_in(item);
}

TEST(NamesInItems, are_found_however_somebody_wrote_them) {
    EXPECT_TRUE(is_in("crm/77", R"({"id":"crm\/77"})")) << "PHP";
    EXPECT_TRUE(is_in("R&D", R"({"team":"R\u0026D"})")) << "Rails";
    EXPECT_TRUE(is_in("o'brien", R"({"id":"o\u0027brien"})")) << "Gson";
    EXPECT_TRUE(is_in("Järvi", R"({"id":"J\u00E4rvi"})"));
    EXPECT_TRUE(is_in("😀😀", R"({"id":"\ud83d\uDE00\ud83d\ude00"})"));
    EXPECT_TRUE(is_in("anna@x.fi", "GET /?m=anna%40x.fi&n=1"));
    EXPECT_TRUE(is_in("anna@x.fi", R"(broken {"page":"\/?m=anna%40x.fi)"));
    EXPECT_TRUE(is_in("crm/77", R"({"payload":"{\"id\":\"crm\\\/77\"}"})")) << "JSON in JSON";
    EXPECT_TRUE(is_in("a\\b c", R"(["a\\b c"])"));
    EXPECT_FALSE(is_in("anna@x.fi", R"({"id":"Anna@x.fi"})")) << "another name";
    EXPECT_FALSE(is_in("anna@x.fi", "100 % of 100%4"));
    EXPECT_FALSE(is_in("", "anything"));
}

TEST(NamesInItems, short_ones_are_the_whole_of_a_text) {
    EXPECT_TRUE(is_in("7/8", R"({"id":"7\/8"})"));
    EXPECT_TRUE(is_in("7/8", R"({"id":"7%2F8"})"));
    EXPECT_FALSE(is_in("7/8", R"({"id":"17\/8"})"));
}

}  // namespace
}  // namespace kokemus::refused
