#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::Question;
using tiny::day;
using tiny::hour;
using tiny::Ledger;

Question causes_of(std::vector<std::string> touchpoints, int days) {
    Question question;
    question.kind = question::Kind::Causes;
    question.steps = {std::move(touchpoints)};
    question.within = std::chrono::hours(24 * days);
    return question;
}

const question::CauseTally& of(const question::CauseCounts& counts, const std::string& touchpoint) {
    for (const question::CauseTally& cause : counts.causes) {
        if (cause.touchpoint == touchpoint) {
            return cause;
        }
    }
    ADD_FAILURE() << "no " << touchpoint;
    return counts.causes.front();
}

TEST(Causes, CountWhatAContactFollows) {
    Ledger ledger;
    ledger.add("a", 0, "bill");
    ledger.add("a", day, "look");
    ledger.add("a", 2 * day, "call");  // 2 days after the bill, 1 after the look
    ledger.add("b", 0, "bill");
    ledger.add("b", 3 * day, "call");  // one window exactly
    ledger.add("c", 0, "bill");
    ledger.add("c", 3 * day + 1, "call");  // a minute too late
    ledger.add("d", 20 * day, "bill");     // its window is not over
    ledger.add("d", 20 * day + hour, "call");
    ledger.add("z", 21 * day, "look");
    const auto counts = ledger.engine().causes(causes_of({"call"}, 3));
    ASSERT_TRUE(counts.has_value());
    EXPECT_EQ(counts->contacts, 4U);
    EXPECT_EQ(counts->contacts_alone, 1U) << "c's";
    const auto& bill = of(*counts, "bill");
    EXPECT_EQ(bill.events, 3U);
    EXPECT_EQ(bill.followed, 2U);
    EXPECT_EQ(bill.followed_last, 1U) << "a looked after the bill";
    EXPECT_EQ(bill.contacts, 3U);
    EXPECT_EQ(bill.contacts_last, 2U);
    EXPECT_EQ(bill.units, 3U) << "d too";
    EXPECT_EQ(of(*counts, "look").events, 1U);
    EXPECT_EQ(of(*counts, "look").contacts_last, 1U);
    EXPECT_EQ(counts->causes.size(), 2U) << "contacts are no causes";
}

TEST(Causes, AContactIsCountedOnceHoweverOftenSomethingCameBefore) {
    Ledger ledger;
    ledger.add("a", 0, "bill");
    ledger.add("a", hour, "bill");
    ledger.add("a", 2 * hour, "call");
    ledger.add("a", 3 * hour, "call");
    ledger.add("z", 30 * day, "look");
    const auto counts = ledger.engine().causes(causes_of({"call", "unknown"}, 7));
    const auto& bill = of(*counts, "bill");
    EXPECT_EQ(bill.followed, 2U);
    EXPECT_EQ(bill.followed_last, 1U);
    EXPECT_EQ(bill.contacts, 2U);
    EXPECT_EQ(bill.contacts_last, 2U);
    EXPECT_EQ(bill.units, 1U);
}

TEST(Causes, AWindowIsHeldAgainstTheOneBefore) {
    Ledger ledger;
    ledger.add("a", 0, "start");
    ledger.add("a", 3 * day, "far");
    ledger.add("a", 3 * day, "both");
    ledger.add("a", 5 * day, "both");
    ledger.add("a", 5 * day, "near");
    ledger.add("a", 6 * day, "call");  // windows [4, 6] and [2, 4)
    ledger.add("b", 3 * day, "near");
    ledger.add("b", 4 * day, "call");  // had not begun two windows before
    const auto counts = ledger.engine().causes(causes_of({"call"}, 2));
    EXPECT_EQ(counts->contacts_compared, 1U);
    EXPECT_EQ(of(*counts, "near").case_only, 1U);
    EXPECT_EQ(of(*counts, "near").contacts, 2U);
    EXPECT_EQ(of(*counts, "far").control_only, 1U);
    EXPECT_EQ(of(*counts, "far").contacts, 0U);
    EXPECT_EQ(of(*counts, "both").case_only + of(*counts, "both").control_only, 0U);
    EXPECT_EQ(of(*counts, "start").control_only, 0U) << "six days before";
}

TEST(Causes, NothingOutsideOfTheRangeFollows) {
    Ledger ledger;
    ledger.add("a", 0, "bill");
    ledger.add("a", 2 * day, "call");
    ledger.add("z", 30 * day, "look");
    Question question = causes_of({"call"}, 1);
    question.within = std::chrono::hours(72);
    question.range.to = tiny::at(day);
    EXPECT_EQ(ledger.engine().causes(question)->causes.size(), 0U) << "not seen for a window";
    question.range.to = tiny::at(4 * day);
    EXPECT_EQ(of(*ledger.engine().causes(question), "bill").followed, 1U);
    question.where = tiny::text_is("touchpoint", {"bill"});
    EXPECT_EQ(of(*ledger.engine().causes(question), "bill").followed, 0U);
}

TEST(Causes, FirstContactsWithinDays) {
    Ledger ledger;
    ledger.add("z", 0, "look");
    ledger.add("a", 40 * day, "call");
    ledger.add("a", 45 * day, "call");  // again after 5 days
    ledger.add("b", 50 * day, "call");  // settled
    ledger.add("c", 2 * day, "call");   // perhaps a repeat of one before the ledger
    ledger.add("d", 99 * day, "call");  // its week is not over
    ledger.add("z", 100 * day, "look");
    const auto counts = ledger.engine().causes(causes_of({"call"}, 7));
    const auto& in_a_day = counts->firsts[0];
    EXPECT_EQ(in_a_day.firsts, 5U);
    EXPECT_EQ(in_a_day.resolved, 5U);
    const auto& in_a_week = counts->firsts[1];
    EXPECT_EQ(in_a_week.firsts, 2U);
    EXPECT_EQ(in_a_week.resolved, 1U);
    EXPECT_EQ(in_a_week.repeats, 1U);
    EXPECT_EQ(in_a_week.too_late, 1U);
    EXPECT_EQ(in_a_week.too_early, 1U);
}

TEST(Causes, OfNothing) {
    const Ledger empty;
    const auto counts = empty.engine().causes(causes_of({"call"}, 7));
    ASSERT_TRUE(counts.has_value());
    EXPECT_EQ(counts->contacts, 0U);
    EXPECT_TRUE(counts->causes.empty());
}

}  // namespace
}  // namespace kokemus::timeline
