#include <map>

#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::Question;
using tiny::day;
using tiny::hour;
using tiny::Ledger;

TEST(Switches, CountTheTimeToTheNextContactAboutATopic) {
    Ledger ledger;
    ledger.add("a", 0, "call");
    ledger.add("a", 5 * day, "ask");    // a repeat after 5 days: not a first contact
    ledger.add("a", 10 * day, "call");  // 5 days after the one before: no first contact either
    ledger.add("b", 0, "call");
    ledger.add("b", 8 * day, "call");   // more than a week later: a contact of its own
    ledger.add("c", 19 * day, "move");  // seen for a day only
    ledger.add("d", 20 * day, "look");  // no contact
    const auto counts = ledger.engine(tiny::four_channels()).switches({});
    ASSERT_EQ(counts->topics.size(), 2U);
    const auto& bill = counts->topics[0];
    EXPECT_EQ(bill.topic, "bill");
    EXPECT_EQ(bill.contacts, 3U);
    EXPECT_EQ(bill.repeats, 1U);
    EXPECT_EQ(bill.censored, 0U);
    EXPECT_EQ(bill.event_hours, (std::map<std::int64_t, std::uint64_t>{{120, 1}}));
    EXPECT_EQ(counts->topics[1].censored, 1U);
    EXPECT_EQ(counts->topics[1].censored_hours, (std::map<std::int64_t, std::uint64_t>{{24, 1}}));
    EXPECT_EQ(counts->all.contacts, 4U);
    EXPECT_EQ(counts->window, std::chrono::hours(168));
}

TEST(Switches, LookForRepeatsInEveryChannelAndBeyondTheRange) {
    Ledger ledger;
    ledger.add("a", 0, "ask");
    ledger.add("a", day, "call");
    ledger.add("a", 2 * day, "ask");
    ledger.add("z", 30 * day, "look");
    const auto engine = ledger.engine(tiny::four_channels());
    Question question;
    question.where = tiny::text_is("channel", {"phone"});
    EXPECT_EQ(engine.switches(question)->all.contacts, 0U) << "the call is a repeat of the chat";
    question.where = tiny::text_is("channel", {"bot"});
    question.range = {tiny::at(0), tiny::at(hour)};
    const auto counts = engine.switches(question);
    EXPECT_EQ(counts->all.contacts, 1U);
    EXPECT_EQ(counts->all.repeats, 1U);
}

}  // namespace
}  // namespace kokemus::timeline
