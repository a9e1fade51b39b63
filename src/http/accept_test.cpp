#include "http/accept.h"

#include <array>

#include <gtest/gtest.h>

namespace kokemus::http {
namespace {

constexpr std::array<std::string_view, 2> codings{"zstd", "gzip"};
constexpr std::array<std::string_view, 2> types{"application/json; charset=utf-8", "text/csv"};

TEST(Accept, TakesTheBestThatIsNamed) {
    const auto coding = [](std::string_view header) { return best_of(header, codings); };
    EXPECT_EQ(coding(""), std::nullopt);
    EXPECT_EQ(coding("br"), std::nullopt);
    EXPECT_EQ(coding("gzip, deflate, br, zstd"), 0U) << "of equals the first offered";
    EXPECT_EQ(coding("gzip, deflate"), 1U);
    EXPECT_EQ(coding("GZip;Q=0.5 , zstd;q=0.4"), 1U);
    EXPECT_EQ(coding("*"), 0U);
    EXPECT_EQ(coding("*;q=0.5, zstd;q=0"), 1U) << "what is named counts before the star";
    EXPECT_EQ(coding("gzip;q=0"), std::nullopt);
    EXPECT_EQ(coding("gzip;q=x"), std::nullopt);
    EXPECT_EQ(coding("gzip;q=2"), std::nullopt);
    EXPECT_EQ(coding(",;,gzip;;q=1,"), 1U);
    EXPECT_EQ(coding("x-gzip"), std::nullopt);
}

TEST(Accept, KnowsTypesBelowATypeAndLeavesParametersOut) {
    const auto type = [](std::string_view header) { return best_of(header, types); };
    EXPECT_EQ(type("text/csv"), 1U);
    EXPECT_EQ(type("text/*"), 1U);
    EXPECT_EQ(type("application/json"), 0U);
    EXPECT_EQ(type("application/json;charset=utf-8"), 0U);
    EXPECT_EQ(type("text/html,application/xml;q=0.9,*/*;q=0.8"), 0U);
    EXPECT_EQ(type("application/json;q=0.5, text/csv"), 1U);
    EXPECT_EQ(type("image/png"), std::nullopt);
}

}  // namespace
}  // namespace kokemus::http
