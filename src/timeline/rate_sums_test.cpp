#include "timeline/rate_sums.h"

#include <map>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"

namespace kokemus::timeline {
namespace {

struct Seen {
    Code customer;
    std::uint32_t unit;
    bool is_contact;
};

/// Customers one after the other, their units too, some of them without a contact.
std::vector<Seen> some_encounters(std::uint32_t units_max) {
    Random random(3);
    std::vector<Seen> seen;
    std::uint32_t unit = 0;
    for (Code customer = 0; customer < 200; ++customer) {
        for (auto units = 1 + random.below(units_max); units > 0; --units, ++unit) {
            for (auto encounters = 1 + random.below(4); encounters > 0; --encounters) {
                seen.push_back({customer, unit, random.chance(0.4)});
            }
        }
    }
    return seen;
}

RateSums plainly(const std::vector<Seen>& seen) {
    std::map<Code, std::pair<std::uint64_t, std::set<std::uint32_t>>> of_customer;
    for (const auto& each : seen) {
        auto& [contacts, units] = of_customer[each.customer];
        contacts += each.is_contact ? 1 : 0;
        units.insert(each.unit);
    }
    RateSums sums;
    for (const auto& [customer, counted] : of_customer) {
        sums.add(counted.first, counted.second.size());
    }
    return sums;
}

void expect_equal(const RateSums& a, const RateSums& b) {
    EXPECT_EQ(a.customers, b.customers);
    EXPECT_EQ(a.a, b.a);
    EXPECT_EQ(a.b, b.b);
    EXPECT_EQ(a.aa, b.aa);
    EXPECT_EQ(a.ab, b.ab);
    EXPECT_EQ(a.bb, b.bb);
}

TEST(GroupRates, AreRightWithEveryEncounter) {
    const auto seen = some_encounters(5);
    GroupRate rate;
    for (const auto& each : seen) {
        rate.add(each.customer, each.unit, each.is_contact);
    }
    expect_equal(rate.sums, plainly(seen));
}

TEST(GroupRates, OfCustomersThatAreOneUnitFollowFromFewerSums) {
    const auto seen = some_encounters(1);
    GroupRate rate;
    for (const auto& each : seen) {
        rate.add_to_only_unit(each.customer, each.is_contact);
    }
    rate.complete_only_units();
    expect_equal(rate.sums, plainly(seen));
}

}  // namespace
}  // namespace kokemus::timeline
