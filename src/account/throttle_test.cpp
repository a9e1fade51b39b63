#include "account/throttle.h"

#include <gtest/gtest.h>

#include "account/bounds.h"

namespace kokemus::account {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Instant noon = Instant(std::chrono::hours(24 * 20'000 + 12));

/// Wrong guesses one after another, each as soon as it may be; gives when the last one was.
Instant guess(Throttle& throttle, const std::string& account, const std::string& address,
              Instant now, int times) {
    for (int i = 0; i < times; ++i) {
        while (throttle.wait(account, address, now).count() > 0) {
            now += throttle.wait(account, address, now);
        }
        throttle.failed(account, address, now);
    }
    return now;
}

TEST(Throttle, LetsFiveWrongGuessesThroughAndDoublesThenUpToAQuarterOfAnHour) {
    Throttle throttle;
    EXPECT_EQ(guess(throttle, "anna", "1.1.1.1", noon, 5), noon);
    EXPECT_EQ(throttle.wait("anna", "1.1.1.1", noon), seconds(1));
    throttle.failed("anna", "1.1.1.1", noon);
    EXPECT_EQ(throttle.wait("anna", "1.1.1.1", noon), seconds(2));
    const Instant later = guess(throttle, "anna", "1.1.1.1", noon, 20);
    EXPECT_EQ(throttle.wait("anna", "1.1.1.1", later), minutes(15));
    EXPECT_EQ(throttle.wait("anna", "1.1.1.1", later + minutes(15)), seconds(0));
}

TEST(Throttle, MakesAStrangerWaitAndNotThePerson) {
    Throttle throttle;
    throttle.succeeded("anna", "1.1.1.1", noon);
    const Instant later = guess(throttle, "anna", "6.6.6.6", noon, 20);
    EXPECT_GT(throttle.wait("anna", "6.6.6.6", later), seconds(0));
    EXPECT_EQ(throttle.wait("anna", "1.1.1.1", later), seconds(0));
    EXPECT_EQ(throttle.wait("anna", "7.7.7.7", later), seconds(0)) << "a new place";
}

TEST(Throttle, StopsManyAddressesTogetherButNotTheKnownOne) {
    Throttle throttle;
    throttle.succeeded("anna", "1.1.1.1", noon);
    for (int i = 0; i < 60; ++i) {
        throttle.failed("anna", "6.6.6." + std::to_string(i), noon);
    }
    EXPECT_GT(throttle.wait("anna", "6.6.7.1", noon), seconds(0));
    EXPECT_EQ(throttle.wait("anna", "1.1.1.1", noon), seconds(0));
    EXPECT_EQ(throttle.wait("bert", "6.6.7.1", noon), seconds(0));
}

TEST(Throttle, CountsByTheAddressAloneWhereThereIsNoAccount) {
    Throttle throttle;
    for (int i = 0; i < 60; ++i) {
        throttle.failed("", "6.6.6." + std::to_string(i), noon);
    }
    EXPECT_EQ(throttle.wait("", "6.6.7.1", noon), seconds(0));
    const Instant later = guess(throttle, "", "6.6.6.1", noon, 10);
    EXPECT_GT(throttle.wait("", "6.6.6.1", later), seconds(0));
    EXPECT_EQ(throttle.wait("", "6.6.7.1", later), seconds(0));
}

TEST(Throttle, BoundsTheTriesOfOneAddressOverAllAccounts) {
    Throttle throttle;
    for (int i = 0; i < 30; ++i) {
        EXPECT_EQ(throttle.wait("a" + std::to_string(i), "1.1.1.1", noon), seconds(0));
    }
    EXPECT_EQ(throttle.wait("another", "1.1.1.1", noon + seconds(20)), seconds(40));
    EXPECT_EQ(throttle.wait("another", "1.1.1.2", noon), seconds(0));
    EXPECT_EQ(throttle.wait("another", "1.1.1.1", noon + minutes(1)), seconds(0));
}

TEST(Throttle, ForgetsAfterADayAndWhenTheClockIsSetBack) {
    Throttle throttle;
    const Instant later = guess(throttle, "anna", "1.1.1.1", noon, 12);
    EXPECT_LE(throttle.wait("anna", "1.1.1.1", later - std::chrono::hours(24 * 365)), minutes(15));
    EXPECT_EQ(guess(throttle, "anna", "1.1.1.1", later + std::chrono::hours(25), 4),
              later + std::chrono::hours(25));
}

TEST(Throttle, CountsAnIpv6NeighbourhoodAsOne) {
    EXPECT_EQ(counted_address("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(counted_address("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(counted_address("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    EXPECT_EQ(counted_address("2001:db8:1:2:ffff::1"), "2001:db8:1:2::");
    EXPECT_EQ(counted_address("2001:db8::1"), "2001:db8::");
    EXPECT_EQ(counted_address("::1"), "::");
    EXPECT_EQ(counted_address(""), "");
}

TEST(Throttle, KeepsABoundedNumber) {
    Throttle throttle;
    for (std::size_t i = 0; i < bounds::guessers_kept_max * 2; ++i) {
        const std::string number = std::to_string(i);
        const Instant now = noon + Milliseconds(i);
        (void)throttle.wait("a" + number, "6.6." + number, now);
        throttle.failed("a" + number, "6.6." + number, now);
    }
    EXPECT_LE(throttle.kept(), bounds::guessers_kept_max + 3);
}

}  // namespace
}  // namespace kokemus::account
