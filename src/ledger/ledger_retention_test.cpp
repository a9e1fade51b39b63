#include <gtest/gtest.h>

#include "ledger/erasing.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

namespace kokemus::ledger {
namespace {

using encounter::Customer;
using encounter::CustomerName;

TEST(LedgerRetention, TraitsOfWhomThereAreNoEncountersGoByTheirNewestChange) {
    const TestFolder folder;
    const auto ledger = folder.open();
    const auto at = [](int days) { return make("", "", days * 86'400'000LL).time; };
    const auto tell = [&](const std::string& name, int day, const std::string& plan) {
        const std::vector<Customer> customers{{CustomerName(name), {{"plan", plan}}}};
        ASSERT_TRUE(ledger->tell(
            {.customers = customers, .assertions = {}, .source = "import", .at = at(day)}));
    };
    append(*ledger, {make("met", "1", 20 * 86'400'000LL), make("met-as", "2", 0)});
    for (const std::string name : {"met", "met-as", "old", "old-as", "renewed", "removed"}) {
        tell(name, 1, "silver");
    }
    tell("renewed", 20, "gold");
    tell("old-as", 20, "gold");
    tell("removed", 2, "");
    Rewriting wanted;
    wanted.retention = {.encounters_before = at(10), .traits_before = at(10)};
    wanted.retention.joined = {{CustomerName("met-as"), CustomerName("met")}};
    // met-as is kept by the other name, old and removed go, and so would old-as if it were one.
    EXPECT_EQ(erasing_of(*ledger).too_old(wanted.retention)->traits, 2U);
    wanted.retention.joined.emplace_back(CustomerName("old-as"), CustomerName("old"));
    EXPECT_EQ(erasing_of(*ledger).too_old(wanted.retention)->traits, 1U);
    ASSERT_TRUE(erasing_of(*ledger).rewrite(wanted, {}));
    EXPECT_EQ(erasing_of(*ledger).too_old(wanted.retention)->all(), 0U);
    EXPECT_TRUE(ledger->trait_changes(std::vector{CustomerName("removed")})->empty());
    // Encounters that went first do not keep them for ever.
    wanted.retention = {.encounters_before = at(30), .traits_before = at(30)};
    wanted.retention.joined.clear();
    wanted.retention.traits_before.reset();
    ASSERT_TRUE(erasing_of(*ledger).rewrite(wanted, {}));
    EXPECT_EQ(ledger->totals()->encounters, 0U);
    wanted.retention.traits_before = at(30);
    EXPECT_EQ(erasing_of(*ledger).too_old(wanted.retention)->traits, 5U);
    ASSERT_TRUE(erasing_of(*ledger).rewrite(wanted, {}));
    EXPECT_EQ(erasing_of(*ledger).too_old(wanted.retention)->traits, 0U);
}

}  // namespace
}  // namespace kokemus::ledger
