#include "base/place_in_time.h"

#include <gtest/gtest.h>

namespace kokemus {
namespace {

TEST(PlaceInTime, is_read_as_it_is_written) {
    for (const PlaceInTime& place : {PlaceInTime{Instant(Milliseconds(1'790'000'000'000)), "a b"},
                                     PlaceInTime{Instant(Milliseconds(-1)), "7"}}) {
        EXPECT_EQ(read_place(to_text(place)).value(), place);
    }
}

TEST(PlaceInTime, anything_else_is_refused) {
    for (const char* wrong : {"", " ", "7", "7 ", "x a", "7x a", "99999999999999999999 a"}) {
        EXPECT_FALSE(read_place(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace kokemus
