#include "answer_lines.h"

#include <gtest/gtest.h>

namespace kokemus::sql {
namespace {

TEST(AnswerLines, MustBeTheSameLetterByLetter) {
    EXPECT_EQ(difference({"a b 17"}, {"a b 17"}), "");
    EXPECT_NE(difference({"a b 17"}, {"a b 18"}), "");
    EXPECT_NE(difference({"a b 17"}, {"a c 17"}), "");
    EXPECT_NE(difference({"a b 17"}, {"a b 17", "a c 1"}), "");
}

TEST(AnswerLines, MayDifferByAHundredthWhereTheySaySo) {
    EXPECT_EQ(difference({"a ~99.5"}, {"a ~100"}), "");
    EXPECT_NE(difference({"a ~98.5"}, {"a ~100"}), "");
    EXPECT_NE(difference({"a 99.5"}, {"a ~100"}), "");
}

/// 9125455232461177 milliseconds cannot be told from their neighbours once they are a double.
TEST(AnswerLines, MayDifferInWhatADoubleCannotHold) {
    EXPECT_EQ(difference({"a 9125455232461176 3"}, {"a 9125455232461177 3"}), "");
    EXPECT_NE(difference({"a 9125455232461176 3"}, {"a 9125455332461177 3"}), "");
    EXPECT_NE(difference({"a 9125455232461176 3"}, {"a 9125455232461177 4"}), "");
    EXPECT_NE(difference({"a 9007199254740990"}, {"a 9007199254740991"}), "");
}

}  // namespace
}  // namespace kokemus::sql
