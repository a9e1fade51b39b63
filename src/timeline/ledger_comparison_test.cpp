#include "timeline/ledger_comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/ledger_test_folder.h"
#include "timeline/timeline_build.h"

namespace kokemus::timeline {
namespace {

using ::testing::HasSubstr;

encounter::Encounter encounter_of(const std::string& customer, const std::string& id) {
    encounter::Encounter encounter;
    encounter.id = encounter::EncounterId(id);
    encounter.customer = encounter::CustomerName(customer);
    encounter.touchpoint = "call";
    encounter.thread = encounter::ThreadName("order");
    return encounter;
}

std::shared_ptr<const Timeline> timeline_of(const std::vector<encounter::Encounter>& encounters) {
    const ledger::TestFolder folder;
    const auto ledger = folder.open();
    EXPECT_TRUE(ledger->append(encounters));
    return build_timeline(*ledger, std::make_shared<const blueprint::Blueprint>())->timeline;
}

TEST(LedgerComparison, FindsEveryDifference) {
    const std::vector<encounter::Encounter> encounters = {
        encounter_of("a", "1"), encounter_of("b", "2"), encounter_of("a", "3")};
    const ledger::TestFolder folder;
    const auto ledger = folder.open();
    ASSERT_TRUE(ledger->append(encounters));
    EXPECT_TRUE(compare_with_ledger(*timeline_of(encounters), *ledger, {3, 0, 0}));
    EXPECT_TRUE(
        compare_with_ledger(*timeline_of({encounters[0], encounters[1]}), *ledger, {2, 0, 0}));
    EXPECT_TRUE(compare_with_ledger(*timeline_of({}), *ledger, {0, 0, 0}));
    const auto fewer = compare_with_ledger(*timeline_of(encounters), *ledger, {2, 0, 0});
    ASSERT_FALSE(fewer);
    EXPECT_EQ(fewer.error().code, ErrorCode::Corrupt);
    EXPECT_THAT(fewer.error().message, HasSubstr("has 3 encounters and the ledger 2 up to"));

    const auto is_noticed = [&](auto change) {
        auto changed = encounters;
        change(changed[1]);
        const auto compared = compare_with_ledger(*timeline_of(changed), *ledger, {3, 0, 0});
        return !compared && compared.error().message.find("are not those") != std::string::npos;
    };
    using encounter::Encounter;
    EXPECT_TRUE(is_noticed([](Encounter& e) { e.customer = encounter::CustomerName("c"); }));
    EXPECT_TRUE(is_noticed([](Encounter& e) { e.time += Milliseconds(1); }));
    EXPECT_TRUE(is_noticed([](Encounter& e) { e.touchpoint = "mail"; }));
    EXPECT_TRUE(is_noticed([](Encounter& e) { e.employee = "x"; }));
    EXPECT_TRUE(is_noticed([](Encounter& e) { e.thread = {}; }));
}

}  // namespace
}  // namespace kokemus::timeline
