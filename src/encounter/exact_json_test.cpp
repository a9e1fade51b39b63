#include "encounter/exact_json.h"

#include <gtest/gtest.h>

namespace kokemus::encounter {
namespace {

TEST(ExactJson, LooksAtItsBoundsWhileItReads) {
    const auto read = [](std::string_view text, std::size_t items, std::size_t values) {
        boost::json::error_code failure;
        ExactReading reading{.items_max = items, .values_max = values};
        (void)parse_exactly(text, failure, reading);
        EXPECT_EQ(reading.has_too_many, bool(failure)) << text;
        return failure ? reading.used : 0;
    };
    constexpr std::size_t any = 100;
    EXPECT_EQ(read(R"([[1,2],{"a":3},"x",4.5,null,true])", 6, any), 0U);
    EXPECT_LE(read(R"([[1,2],{"a":3},"x",4.5,null,true])", 5, any), 32U);
    EXPECT_NE(read(R"([[1,2],{"a":3},"x",4.5,null,true])", 5, any), 0U);
    EXPECT_EQ(read(R"([0,0,0])", 3, 4), 0U);
    EXPECT_NE(read(R"([0,0,0])", 3, 3), 0U);
    EXPECT_EQ(read(R"({"a":[0,0,0]})", 1, any), 0U) << "items are those of a list that is all";
    EXPECT_NE(read(R"({"a":[0,0,0]})", 1, 4), 0U);
    EXPECT_EQ(read(R"(7)", 0, 1), 0U);
}

TEST(ExactJson, ANumberBeyondAllDoublesIsRefusedWhereItStands) {
    const auto fails = [](std::string_view text) {
        boost::json::error_code failure;
        (void)parse_exactly(text, failure);
        return bool(failure);
    };
    EXPECT_FALSE(fails("1.7976931348623157e308"));
    EXPECT_FALSE(fails("1e-999")) << "as near as can be to nothing";
    for (const char* beyond : {"1e309", "-1e999", "[1,1e400]", R"({"a":{"b":2e308}})"}) {
        EXPECT_TRUE(fails(beyond)) << beyond;
    }
}

}  // namespace
}  // namespace kokemus::encounter
