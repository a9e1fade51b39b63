#include "http/as_seen.h"

#include <gtest/gtest.h>

namespace kokemus::http {
namespace {

bool seen(const std::string& tags) {
    Request request;
    if (!tags.empty()) {
        request.headers["if-match"] = tags;
    }
    return is_as_seen(request, "v1");
}

TEST(AsSeen, WithoutIfMatchEverythingIs) {
    EXPECT_TRUE(seen(""));
    EXPECT_TRUE(seen("*"));
}

TEST(AsSeen, NamesTheVersionOrOneOfItsStates) {
    EXPECT_TRUE(seen(tag_of_version("v1")));
    EXPECT_TRUE(seen(tag_of_version("v1", "7")));
    EXPECT_TRUE(seen("\"v1-7-gzip\"")) << "as a packed answer has it";
    EXPECT_TRUE(seen("\"v0\", \"v1\""));
    for (const std::string other :
         {"\"v0\"", "\"v11\"", "\"v\"", "v1", "W/\"v1\"", "\"v0\",", ","}) {
        EXPECT_FALSE(seen(other)) << other;
    }
}

TEST(AsSeen, WhoHasSeenAnotherIsToldWhichThereIs) {
    const Response told = changed_meanwhile("target", tag_of_version("v2"));
    EXPECT_EQ(told.status, 412);
    EXPECT_EQ(told.headers.at("etag"), "\"v2\"");
    EXPECT_NE(told.body.find("this target since"), std::string::npos);
}

}  // namespace
}  // namespace kokemus::http
