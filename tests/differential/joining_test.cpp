#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/random.h"
#include "ledger/erasing.h"
#include "ledger/ledger_test_folder.h"
#include "live_steps.h"
#include "random_world.h"
#include "timeline/ledger_comparison.h"
#include "timeline/ledger_follower.h"
#include "timeline/snapshot_folder.h"
#include "timeline/timeline_build.h"

/// A real ledger in which names are joined and taken apart, in any order with encounters, traits
/// and merges in between: it answers byte for byte as one that is read at once, and what is undone
/// leaves no trace.
namespace kokemus::reference {
namespace {

using encounter::Assertion;
using encounter::CustomerName;
using encounter::Evidence;
using timeline::TimelineEngine;

class Joining : public testing::TestWithParam<unsigned> {
protected:
    Joining() : chance_(GetParam()), ledger_(folder_.open()), world_(make_world(drawn())) {
        blueprint_ = std::make_shared<const blueprint::Blueprint>(world_.blueprint);
        for (int i = 0; i < 40; ++i) {
            numbers_.push_back(below(5040));
        }
        // Counts are kept of parts of any size, so that they have to follow joins.
        timeline::PartTallies::Rules rules;
        rules.rows_min = static_cast<std::size_t>(below(4));
        rules.rows_settled_min = static_cast<std::size_t>(below(7));
        rules.moved_one_in_max = static_cast<std::size_t>(below(9));
        follower_ = *timeline::LedgerFollower::of_ledger(
            *ledger_, blueprint_, std::make_shared<timeline::PartTallies>(rules));
    }

    int below(int end) { return static_cast<int>(chance_() % static_cast<std::uint64_t>(end)); }

    std::vector<Drawn> drawn() {
        std::vector<Drawn> all(60);
        for (Drawn& one : all) {
            one = {below(4),
                   below(6),
                   below(5),
                   below(8),
                   below(3),
                   below(2),
                   below(6),
                   below(3),
                   below(24),
                   below(16),
                   below(6)};
        }
        return all;
    }

    CustomerName any_name() {
        static const std::vector<std::string> others = {"cookie", "a@example.com"};
        const int which = below(6);
        return CustomerName(which < 4 ? "c" + std::to_string(which)
                                      : others[static_cast<std::size_t>(which - 4)]);
    }

    void say(Evidence evidence, const CustomerName& name, const CustomerName& other) {
        const std::vector<Assertion> said = {{name, other, evidence, {}, {}, {}}};
        ASSERT_TRUE(ledger_->tell({.customers = {}, .assertions = said, .source = "test"}));
    }

    void any_step() {
        switch (below(9)) {
            case 0:
            case 1: return take_encounters();
            case 2: return below(3) == 0 ? erase(any_name()) : start_again();
            case 3: {
                const std::vector<encounter::Customer> told = {
                    {any_name(),
                     {{"tariff", below(2) == 0 ? "gold" : "silver"},
                      {"email", below(3) == 0 ? "a@example.com" : ""}}}};
                ASSERT_TRUE(ledger_->put_customers(told));
                return;
            }
            default: {
                const CustomerName name = any_name();
                const CustomerName other = any_name();
                static const std::vector<Evidence> kinds = {
                    Evidence::SameMessage, Evidence::Alias, Evidence::Person, Evidence::Apart};
                if (name != other) {
                    say(kinds[static_cast<std::size_t>(below(4))], name, other);
                }
            }
        }
    }

    /// All names that the follower knows of, as the organisation does; the name may come again.
    void erase(const CustomerName& name) {
        ledger::ErasureOrder order;
        for (const identity::Identity& one : follower_->identities()->names_of(name)) {
            order.customers.push_back(one.name);
        }
        order.by = "test";
        ASSERT_TRUE(ledger::erasing_of(*ledger_).erase(order));
        const auto left = timeline::LedgerFollower::who_is_left(*ledger_);
        ASSERT_TRUE(left);
        ASSERT_TRUE(follower_->erase(order.customers, *left));
        for (const CustomerName& gone : order.customers) {
            EXPECT_FALSE(follower_->timeline()->present()->find_customer(gone.value()));
            EXPECT_TRUE(follower_->identities()->links_of(gone).empty());
            ASSERT_TRUE(ledger::erasing_of(*ledger_).readmit(gone));
        }
    }

    /// As after a restart, from a snapshot.
    void start_again() {
        ASSERT_TRUE(follower_->take_news());
        timeline::SnapshotFolder files(folder_.path() / "timeline");
        ASSERT_TRUE(files.save(*follower_->timeline()->present(), *ledger_, follower_->standing()));
        auto restored = files.load(*ledger_, blueprint_);
        ASSERT_TRUE(restored) << restored.error().message;
        follower_ = *timeline::LedgerFollower::of_snapshot(*ledger_, std::move(*restored));
    }

    void take_encounters() {
        std::vector<encounter::Encounter> some;
        for (int i = below(20); i > 0 && !world_.entries.empty(); --i) {
            some.push_back(world_.entries.back().encounter);
            world_.entries.pop_back();
        }
        ASSERT_TRUE(ledger_->append(some));
    }

    /// What the follower answers, held against a timeline made at once.
    std::vector<std::string> answers() {
        EXPECT_TRUE(follower_->take_news());
        for (int i = below(3); i > 0; --i) {
            EXPECT_TRUE(follower_->timeline()->merge_some());
        }
        const auto present = follower_->timeline()->present();
        EXPECT_TRUE(timeline::compare_with_ledger(*present, *ledger_, follower_->standing()));
        const auto now = answers_of(TimelineEngine(present), numbers_);
        const auto at_once = timeline::build_timeline(*ledger_, blueprint_);
        EXPECT_EQ(now, answers_of(TimelineEngine(at_once->timeline), numbers_));
        return now;
    }

    Random chance_;
    const ledger::TestFolder folder_;
    std::unique_ptr<ledger::Ledger> ledger_;
    World world_;  ///< its entries are those that have not come yet
    std::shared_ptr<const blueprint::Blueprint> blueprint_;
    std::vector<int> numbers_;
    std::unique_ptr<timeline::LedgerFollower> follower_;
};

TEST_P(Joining, AnyHistoryAnswersAsIfReadAtOnce) {
    for (int round = 0; round < 6; ++round) {
        for (int steps = below(6); steps > 0; --steps) {
            any_step();
        }
        answers();
    }
}

TEST_P(Joining, JoiningAndUndoingGivesBackEveryAnswer) {
    for (int steps = 0; steps < 8; ++steps) {
        any_step();
    }
    take_encounters();
    const auto before = answers();
    for (int pair = 0; pair < 4; ++pair) {
        const CustomerName name("c" + std::to_string(below(4)));
        const CustomerName other("c" + std::to_string(below(4)));
        const auto identities = follower_->identities();
        // Undoing what was said before, too, would take back more.
        const auto links = identities->links_of(name);
        const bool is_fresh = std::ranges::none_of(links, [&](const identity::Link& link) {
            return link.name == other || link.other == other;
        });
        if (name == other || !is_fresh) {
            continue;
        }
        say(Evidence::Person, name, other);
        answers();
        EXPECT_EQ(identities->customer_of(name), identities->customer_of(other));
        say(Evidence::Retracted, other, name);
        EXPECT_EQ(answers(), before);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Joining, testing::Range(1U, 13U));

}  // namespace
}  // namespace kokemus::reference
