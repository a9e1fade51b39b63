#include "base/nearest.h"

#include <array>

#include <gtest/gtest.h>

namespace kokemus {
namespace {

constexpr std::array<std::string_view, 5> fields = {"channel",
                                                    "department",
                                                    "employee",
                                                    "score",
                                                    "scale"};

TEST(Nearest, FindsMissingExtraWrongAndSwappedLetters) {
    EXPECT_EQ(nearest("chanel", fields), "channel");
    EXPECT_EQ(nearest("channnel", fields), "channel");
    EXPECT_EQ(nearest("chamnel", fields), "channel");
    EXPECT_EQ(nearest("hcannel", fields), "channel");
    EXPECT_EQ(nearest("DEPARTMENT", fields), "department");
}

TEST(Nearest, GivesTheFirstOfEquallyNearOnes) {
    constexpr std::array<std::string_view, 2> two = {"day", "say"};
    EXPECT_EQ(nearest("way", two), "day");
}

TEST(Nearest, GivesNothingForAnotherWord) {
    EXPECT_EQ(nearest("weather", fields), std::nullopt);
    EXPECT_EQ(nearest("", fields), std::nullopt);
    EXPECT_EQ(nearest("x", std::array<std::string_view, 1>{"y"}), std::nullopt);
    EXPECT_EQ(nearest(std::string(65, 'a'), std::array<std::string_view, 1>{"a"}), std::nullopt);
    EXPECT_EQ(nearest("score", {}), std::nullopt);
}

TEST(Nearest, WordsTheQuestion) {
    EXPECT_EQ(did_you_mean("scroe", fields), "; did you mean \"score\"?");
    EXPECT_EQ(did_you_mean("weather", fields), "");
}

}  // namespace
}  // namespace kokemus
