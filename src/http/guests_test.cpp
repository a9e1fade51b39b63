#include "http/guests.h"

#include <vector>

#include <gtest/gtest.h>

namespace kokemus::http {
namespace {

using boost::asio::ip::make_address;

TEST(Guests, OfOneAddressAreAsManyAsItMayHave) {
    Guests guests(2);
    const auto first = guests.come(make_address("192.0.2.1"));
    auto second = guests.come(make_address("192.0.2.1"));
    EXPECT_TRUE(first && second);
    EXPECT_FALSE(guests.come(make_address("192.0.2.1")));
    EXPECT_FALSE(guests.come(make_address("::ffff:192.0.2.1"))) << "the same in its other form";
    EXPECT_TRUE(guests.come(make_address("192.0.2.2"))) << "others have their own room";
    EXPECT_TRUE(guests.come(make_address("::ffff:192.0.2.2")));
    second.reset();
    second = guests.come(make_address("192.0.2.1"));
    EXPECT_TRUE(second);
    EXPECT_FALSE(guests.come(make_address("192.0.2.1")));
}

TEST(Guests, OfOneNetworkAreOne) {
    Guests guests(1);
    const auto seat = guests.come(make_address("2001:db8::1"));
    EXPECT_TRUE(seat);
    EXPECT_FALSE(guests.come(make_address("2001:db8::ffff:1")));
    EXPECT_TRUE(guests.come(make_address("2001:db8:0:1::1")));
}

TEST(Guests, WithoutABoundEverybodyMayCome) {
    Guests guests(0);
    std::vector<Guests::Seat> seats;
    for (int i = 0; i < 100; ++i) {
        seats.push_back(guests.come(make_address("192.0.2.1")));
        EXPECT_TRUE(seats.back());
    }
}

}  // namespace
}  // namespace kokemus::http
