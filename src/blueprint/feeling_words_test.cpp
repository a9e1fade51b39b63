#include "blueprint/feeling_words.h"

#include <gtest/gtest.h>

namespace kokemus::blueprint {
namespace {

TEST(FeelingWords, PraiseAloneIsNoFeeling) {
    for (const char* praise : {"first-class",
                               "First class service",
                               "excellent",
                               "the best",
                               "World-Class!",
                               "a truly outstanding customer experience",
                               "best in class quality",
                               "erinomainen",
                               "huippuluokan palvelu"}) {
        EXPECT_TRUE(is_empty_superlative(praise)) << praise;
    }
}

TEST(FeelingWords, AFeelingMayStandBesidePraise) {
    for (const char* feeling : {"in control",
                                "informed",
                                "safe",
                                "looked after",
                                "great relief",
                                "perfectly calm",
                                "the service of a neighbour",
                                "",
                                "service"}) {
        EXPECT_FALSE(is_empty_superlative(feeling)) << feeling;
    }
}

}  // namespace
}  // namespace kokemus::blueprint
