#include "intake/sent_json.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"

namespace kokemus::intake {
namespace {

using testing::HasSubstr;

TEST(SentJson, NumbersAreTheOnesThatAreWritten) {
    EXPECT_EQ(read_sent_json("1.4000000000000001")->get_double(), 1.4000000000000001);
    EXPECT_EQ(read_sent_object(R"({"a":0.30000000000000004} )")->at("a"), 0.30000000000000004);
}

TEST(SentJson, AFaultIsSaidWithItsPlace) {
    EXPECT_THAT(read_sent_json("").error().message, HasSubstr("not JSON at line 1, byte 1"));
    EXPECT_THAT(read_sent_json("{\n \"a\": x}").error().message, HasSubstr("at line 2, byte 7"));
    EXPECT_THAT(read_sent_json("{} {}").error().message, HasSubstr("something follows"));
    EXPECT_THAT(read_sent_object("[").error().message, HasSubstr("the body is not JSON at line 1"));
    EXPECT_EQ(read_sent_object("[]").error().code, ErrorCode::InvalidInput);
}

TEST(SentJson, DepthItemsAndValuesAreBounded) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_TRUE(read_sent_json(nested(limits::json_depth_max)));
    EXPECT_EQ(read_sent_json(nested(limits::json_depth_max + 1)).error().code,
              ErrorCode::InvalidInput);
    EXPECT_TRUE(read_sent_json("[1,2]", 2));
    EXPECT_EQ(read_sent_json("[1,2,3]", 2).error().code, ErrorCode::TooLarge);
    std::string many = R"({"a":[0)";
    for (std::size_t i = 3; i < json_values_max; ++i) {
        many += ",0";
    }
    EXPECT_TRUE(read_sent_object(many + "]}"));
    EXPECT_EQ(read_sent_object(many + ",0]}").error().code, ErrorCode::TooLarge);
}

}  // namespace
}  // namespace kokemus::intake
