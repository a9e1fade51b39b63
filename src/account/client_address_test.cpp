#include "account/client_address.h"

#include <gtest/gtest.h>

namespace kokemus::account {
namespace {

TEST(ClientAddress, IsTheLastThatTheProxyTells) {
    EXPECT_EQ(client_address("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(client_address("10.0.0.1, 192.0.2.1 "), "192.0.2.1");
    EXPECT_EQ(client_address("2001:db8::1"), "2001:db8::1");
}

TEST(ClientAddress, HasNoPortAndOneSpelling) {
    EXPECT_EQ(client_address("203.0.113.9:49152"), "203.0.113.9");
    EXPECT_EQ(client_address("[2001:db8::1]:443"), "2001:db8::1");
    EXPECT_EQ(client_address("[2001:db8::1]"), "2001:db8::1");
    EXPECT_EQ(client_address("2001:0DB8:0:0:0:0:0:1"), "2001:db8::1");
    EXPECT_EQ(client_address("::ffff:192.0.2.1"), "::ffff:192.0.2.1");
}

TEST(ClientAddress, IsNoneWhereThereIsNoIpAddress) {
    for (const char* other : {"",
                              ",",
                              "unknown",
                              "_hidden",
                              "<script>",
                              "12345",
                              "1.2.3",
                              "1.2.3.4.5",
                              "1.2.3.4 5",
                              ":443",
                              "[]:443",
                              "[",
                              "cafe",
                              "192.0.2.1, unknown"}) {
        EXPECT_EQ(client_address(other), "") << other;
    }
    EXPECT_EQ(client_address(std::string(5000, ':')), "");
}

}  // namespace
}  // namespace kokemus::account
