#include "account/page_origin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account/bounds.h"

namespace kokemus::account {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(PageOrigin, IsWrittenAsBrowsersSendIt) {
    EXPECT_EQ(*read_origin("https://shop.example"), "https://shop.example");
    EXPECT_EQ(*read_origin(" HTTPS://Shop.Example:443 "), "https://shop.example");
    EXPECT_EQ(*read_origin("https://shop.example:8443"), "https://shop.example:8443");
    EXPECT_EQ(*read_origin("http://127.0.0.1:80"), "http://127.0.0.1");
    EXPECT_EQ(*read_origin("http://[::1]:3000"), "http://[::1]:3000");
    EXPECT_EQ(*read_origin("*"), "*");
    for (const char* wrong : {"",
                              "shop.example",
                              "https://",
                              "https://shop.example/",
                              "https://shop.example/path",
                              "https://*.shop.example",
                              "https://a b",
                              "https://user@shop.example",
                              "https://shop.example:0",
                              "https://shop.example:65536",
                              "https://shop.example:",
                              "https://[::1",
                              "file://shop",
                              "null"}) {
        ASSERT_FALSE(read_origin(wrong)) << wrong;
        EXPECT_THAT(read_origin(wrong).error().message, HasSubstr("https://shop.example"));
    }
}

TEST(PageOrigin, SeveralAreKeptOnceAndBounded) {
    const auto read = read_origins({"https://b.example", "https://a.example", "https://B.example"});
    EXPECT_THAT(*read, ElementsAre("https://a.example", "https://b.example"));
    EXPECT_EQ(split_origins(origins_text(*read)), *read);
    EXPECT_THAT(split_origins(origins_text({})), ElementsAre());
    EXPECT_TRUE(is_among(*read, "https://b.example"));
    EXPECT_FALSE(is_among(*read, "https://b.example:8443"));
    EXPECT_FALSE(is_among({}, "https://b.example"));
    EXPECT_TRUE(is_among({"*"}, "https://b.example"));
    EXPECT_EQ(read_origins(std::vector<std::string>(bounds::origins_per_key_max + 1, "https://a.b"))
                  .error()
                  .code,
              ErrorCode::TooLarge);
}

}  // namespace
}  // namespace kokemus::account
