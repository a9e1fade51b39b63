#include "answer/number_text.h"

#include <gtest/gtest.h>

namespace kokemus::answer {
namespace {

Value value_of(double estimate, double low, double high, metric::Unit unit) {
    Value value;
    value.is = stats::Estimate{estimate, {low, high}, 100, "test", true};
    value.unit = unit;
    return value;
}

TEST(NumberText, MinusAndThousands) {
    EXPECT_EQ(number_text(0, 1), "0.0");
    EXPECT_EQ(number_text(-0.04, 1), "0.0");
    EXPECT_EQ(number_text(-1234.56, 1), "\u22121,234.6");
    EXPECT_EQ(number_text(1234567, 0), "1,234,567");
    EXPECT_EQ(number_text(999.5, 0), "1,000");
    EXPECT_EQ(count_text(0), "0");
    EXPECT_EQ(count_text(1234), "1,234");
}

TEST(NumberText, DigitsFollowTheInterval) {
    EXPECT_EQ(value_text(value_of(39.8, 31.2, 47.9, metric::Unit::Points)), "40, 31 to 48");
    EXPECT_EQ(value_text(value_of(39.81, 37.12, 42.43, metric::Unit::Points)),
              "39.8, 37.1 to 42.4");
    EXPECT_EQ(value_text(value_of(4.214, 4.18, 4.25, metric::Unit::Score)), "4.21, 4.18 to 4.25");
}

TEST(NumberText, SharesArePercent) {
    EXPECT_EQ(value_text(value_of(0.714, 0.708, 0.719, metric::Unit::Share)),
              "71.4%, 70.8 to 71.9");
    EXPECT_EQ(value_text(value_of(0.9, 0.84, 0.95, metric::Unit::Share)), "90%, 84 to 95");
    EXPECT_EQ(percent_text(0.714), "71.4%");
    EXPECT_EQ(percent_text(0.0001), "<0.1%");
    EXPECT_EQ(percent_text(0), "0.0%");
}

TEST(NumberText, ExperienceIsSigned) {
    EXPECT_EQ(value_text(value_of(-1.2, -2.0, -0.4, metric::Unit::Experience)),
              "\u22121.2, \u22122.0 to \u22120.4");
    EXPECT_EQ(value_text(value_of(0.8, -0.1, 1.7, metric::Unit::Experience)),
              "+0.8, \u22120.1 to +1.7");
    EXPECT_EQ(value_text(value_of(0.82, 0.72, 0.92, metric::Unit::Experience)),
              "+0.8, +0.7 to +0.9");
    EXPECT_EQ(value_text(value_of(0.82, 0.80, 0.84, metric::Unit::Experience)),
              "+0.82, +0.80 to +0.84");
    EXPECT_EQ(exact_text(0, metric::Unit::Experience), "0");
}

TEST(NumberText, TooFewIsSaid) {
    Value few = metric::share(1, 4, "share 1");
    EXPECT_EQ(value_text(few), "not enough answers (n = 4)");
    EXPECT_EQ(estimate_text(few), "");
}

TEST(NumberText, SizesHaveNoSign) {
    EXPECT_EQ(size_text(metric::Change{-6, {-10, -2}, metric::Unit::Points}),
              "6.0 points, 2.0 to 10.0");
    EXPECT_EQ(size_text(metric::Change{0.051, {0.04, 0.062}, metric::Unit::Share}),
              "5.1 points, 4.0 to 6.2");
    EXPECT_EQ(size_text(metric::Change{-1.9, {-2.4, -1.4}, metric::Unit::Experience}),
              "1.9, 1.4 to 2.4");
}

TEST(NumberText, TargetsAreAsExactAsTheyWereWritten) {
    EXPECT_EQ(exact_text(0.9, metric::Unit::Share), "90%");
    EXPECT_EQ(exact_text(0.925, metric::Unit::Share), "92.5%");
    EXPECT_EQ(exact_text(40, metric::Unit::Points), "40");
    EXPECT_EQ(exact_text(1.5, metric::Unit::Experience), "+1.5");
}

}  // namespace
}  // namespace kokemus::answer
