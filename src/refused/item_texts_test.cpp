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

TEST(ItemTexts, json_writes_a_text_in_few_ways) {
    EXPECT_THAT(json_spellings(""), IsEmpty());
    EXPECT_THAT(json_spellings("anna@x.fi"), ElementsAre("anna@x.fi"));
    EXPECT_THAT(json_spellings("a\"b"), ElementsAre("a\"b", "a\\\"b"));
    EXPECT_THAT(json_spellings("Jäm"), ElementsAre("Jäm", "J\\u00e4m", "J\\u00E4m"));
    EXPECT_THAT(json_spellings("😀"), ElementsAre("😀", "\\ud83d\\ude00", "\\uD83D\\uDE00"));
}

}  // namespace
}  // namespace kokemus::refused
