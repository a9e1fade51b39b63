#include "timeline/ledger_follower.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "identity/whole_customer.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"
#include "timeline/ledger_comparison.h"
#include "timeline/timeline_build.h"

namespace kokemus::timeline {
namespace {

using encounter::Assertion;
using encounter::Customer;
using encounter::CustomerName;
using encounter::Evidence;
using testing::ElementsAre;

std::shared_ptr<const blueprint::Blueprint> with_plan() {
    blueprint::Blueprint blueprint;
    blueprint.dimensions = {{"plan", blueprint::DimensionSource::Traits, "plan"}};
    return std::make_shared<const blueprint::Blueprint>(std::move(blueprint));
}

class Following : public testing::Test {
protected:
    Following() : ledger_(folder_.open()) {
        ledger::append(*ledger_,
                       {ledger::make("cookie", "1"),
                        ledger::make("anna", "1"),
                        ledger::make("cookie", "2"),
                        ledger::make("bert", "1")});
        put("anna", "gold");
        put("cookie", "none");
        follower_ = *LedgerFollower::of_ledger(*ledger_, with_plan());
    }

    void put(const std::string& name, const std::string& plan) {
        ASSERT_TRUE(
            ledger_->put_customers(std::vector<Customer>{{CustomerName(name), {{"plan", plan}}}}));
    }

    void say(Evidence evidence, const std::string& name, const std::string& other) {
        const std::vector<Assertion> said = {
            {CustomerName(name), CustomerName(other), evidence, {}, {}, {}}};
        ASSERT_TRUE(ledger_->tell({.customers = {}, .assertions = said, .source = {}}));
    }

    /// "anna gold 1 2; bert 4": living customers with their plan and the numbers of their rows.
    static std::string shown(const Timeline& timeline) {
        std::map<std::string, std::string> customers;
        for (const Part& part : timeline.parts) {
            for (Code customer = 1; customer < part.customer_count(); ++customer) {
                if (part.is_gone(customer)) {
                    continue;
                }
                std::string line = part.customers.string(customer);
                line += " " + part.dimensions[0].texts.string(part.dimension[0][customer]);
                const Row to = part.customer_offsets[customer + 1];
                for (Row row = part.customer_offsets[customer]; row < to; ++row) {
                    line += " " + std::to_string(part.number_of(row));
                }
                customers[part.customers.string(customer)] = line;
            }
        }
        std::string out;
        for (const auto& [name, line] : customers) {
            out += (out.empty() ? "" : "; ") + line;
        }
        return out;
    }

    /// After the news; the same as a timeline made at once, and sound against the ledger.
    std::string now() {
        EXPECT_TRUE(follower_->take_news());
        EXPECT_FALSE(*follower_->has_news());
        const auto present = follower_->timeline()->present();
        const auto again = build_timeline(*ledger_, with_plan());
        EXPECT_EQ(shown(*present), shown(*again->timeline));
        EXPECT_TRUE(compare_with_ledger(*present, *ledger_, follower_->standing()));
        return shown(*present);
    }

    const ledger::TestFolder folder_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::unique_ptr<LedgerFollower> follower_;
};

TEST_F(Following, JoinedCustomersAreOneAndComeApartAgain) {
    const std::string before = now();
    EXPECT_EQ(before, "anna gold 2; bert  4; cookie none 1 3");
    say(Evidence::SameMessage, "cookie", "anna");
    EXPECT_EQ(now(), "anna gold 2 1 3; bert  4");
    say(Evidence::Apart, "anna", "cookie");
    EXPECT_EQ(now(), before);
    say(Evidence::Person, "anna", "cookie");
    EXPECT_EQ(now(), "anna gold 2 1 3; bert  4");
}

TEST_F(Following, NewsOfAnyNameGoToTheCustomer) {
    say(Evidence::SameMessage, "cookie", "anna");
    ledger::append(*ledger_, {ledger::make("cookie", "9"), ledger::make("new", "1")});
    say(Evidence::SameMessage, "new", "anna");
    EXPECT_EQ(now(), "anna gold 2 1 6 3 5; bert  4");
    put("new", "silver");
    put("anna", "");
    // The more telling name has none: of the others the first by text.
    EXPECT_EQ(now(), "anna none 2 1 6 3 5; bert  4");
}

TEST_F(Following, TheSameIdUnderTwoNamesIsTwoEncountersInAFixedOrder) {
    // Number 1 of cookie and 2 of anna have one id and one time: the name as sent decides.
    say(Evidence::SameMessage, "cookie", "anna");
    const std::string joined = now();
    const ledger::TestFolder other;
    const auto turned = other.open();
    ledger::append(
        *turned,
        {ledger::make("cookie", "2"), ledger::make("anna", "1"), ledger::make("cookie", "1")});
    const std::vector<Assertion> said = {
        {CustomerName("cookie"), CustomerName("anna"), Evidence::SameMessage, {}, {}, {}}};
    ASSERT_TRUE(turned->tell({.customers = {}, .assertions = said, .source = {}}));
    const auto built = build_timeline(*turned, with_plan());
    std::vector<std::string> order;
    const auto place = built->timeline->find_customer("anna");
    ASSERT_TRUE(place);
    const auto& offsets = place->part->customer_offsets;
    for (Row row = offsets[place->customer]; row < offsets[place->customer + 1]; ++row) {
        const std::uint64_t number = place->part->number_of(row);
        ASSERT_TRUE(turned->read_numbers(std::span(&number, 1), [&](auto entries) -> Status {
            order.push_back(entries[0].encounter.customer.value() +
                            entries[0].encounter.id.value());
            return {};
        }));
    }
    EXPECT_THAT(order, ElementsAre("anna1", "cookie1", "cookie2"));
}

TEST_F(Following, GoesOnFromASnapshot) {
    say(Evidence::SameMessage, "cookie", "anna");
    const std::string joined = now();
    SnapshotFolder files(folder_.path() / "timeline");
    ASSERT_TRUE(files.save(*follower_->timeline()->present(), *ledger_, follower_->standing()));
    say(Evidence::Apart, "cookie", "anna");
    auto restored = files.load(*ledger_, with_plan());
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(restored->standing.last_assertion, 1U);
    follower_ = *LedgerFollower::of_snapshot(*ledger_, std::move(*restored));
    EXPECT_EQ(shown(*follower_->timeline()->present()), joined);
    EXPECT_EQ(now(), "anna gold 2; bert  4; cookie none 1 3");
}

}  // namespace
}  // namespace kokemus::timeline
