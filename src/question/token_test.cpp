#include "question/token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"

namespace kokemus::question {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> texts_of(std::string_view source) {
    std::vector<std::string> texts;
    const auto tokens = tokenize(source).value();
    for (const Token& token : tokens) {
        texts.push_back(token.text);
    }
    texts.pop_back();  // End
    return texts;
}

std::string fault_of(std::string_view source) {
    return tokenize(source).error().message;
}

TEST(Token, BlanksHoldNothing) {
    EXPECT_THAT(texts_of(""), IsEmpty());
    EXPECT_THAT(texts_of(" \t\r\n\xC2\xA0"), IsEmpty());
}

TEST(Token, CutsSymbolsWithoutBlanks) {
    EXPECT_THAT(texts_of("plan!:gold score<=3 x->y (a,b|c)"),
                ElementsAre("plan",
                            "!:",
                            "gold",
                            "score",
                            "<=",
                            "3",
                            "x",
                            "->",
                            "y",
                            "(",
                            "a",
                            ",",
                            "b",
                            "|",
                            "c",
                            ")"));
}

TEST(Token, AWordMayHoldDotsDashesAndAtSigns) {
    EXPECT_THAT(
        texts_of("self-service anna@example.com a->b päivä web/app"),
        ElementsAre("self-service", "anna@example.com", "a", "->", "b", "päivä", "web/app"));
}

TEST(Token, ADoubledQuoteStandsForOne) {
    EXPECT_THAT(texts_of("'it''s' \"say \"\"hi\"\"\" '' 'a \"b\"'"),
                ElementsAre("it's", "say \"hi\"", "", "a \"b\""));
}

TEST(Token, NumbersDurationsAndTimesAreOneToken) {
    EXPECT_THAT(
        texts_of("-3.5 1e-5 2e+9 7d 2026-01-02 2026-01-02T03:04:05.678+02:00 2026-01-02T03:04Z"),
        ElementsAre("-3.5",
                    "1e-5",
                    "2e+9",
                    "7d",
                    "2026-01-02",
                    "2026-01-02T03:04:05.678+02:00",
                    "2026-01-02T03:04Z"));
}

TEST(Token, ColumnsCountCharactersAndOffsetsCountBytes) {
    const auto tokens = tokenize("'äö' = x").value();
    EXPECT_EQ(tokens[1].column, 6);
    EXPECT_EQ(tokens[1].begin, 7U);
    EXPECT_EQ(tokens[2].column, 8);
    EXPECT_EQ(tokens[3].kind, Token::Kind::End);
    EXPECT_EQ(tokens[3].column, 9);
}

TEST(Token, SaysWhatToWriteInstead) {
    EXPECT_EQ(fault_of("a == b"), "column 3: write = instead of ==");
    EXPECT_EQ(fault_of("a && b"), "column 3: write and instead of &&");
    EXPECT_EQ(fault_of("a → b"), "column 3: write -> instead of →");
    EXPECT_EQ(fault_of("ä = ’x’"), "column 5: write straight quotes, ' or \"");
    EXPECT_EQ(fault_of("a = 'b"),
              "column 5: this quote is never closed; write ' at its end, and '' for one inside");
    EXPECT_THAT(fault_of("a = $5"), HasSubstr("column 5: \"$\" has no meaning here"));
    EXPECT_THAT(fault_of("a\xff"), HasSubstr("not in UTF-8"));
}

TEST(Token, TheColumnStandsInTheErrorToo) {
    EXPECT_EQ(tokenize("ä $").error().column, 3);
}

TEST(Token, TooLongIsTooLarge) {
    EXPECT_EQ(tokenize(std::string(limits::question_bytes_max + 1, ' ')).error().code,
              ErrorCode::TooLarge);
}

}  // namespace
}  // namespace kokemus::question
