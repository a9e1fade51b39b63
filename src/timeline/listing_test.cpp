#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::Question;
using tiny::Ledger;

using Texts = std::vector<std::string>;

void give_score(encounter::Encounter& encounter, double score) {
    encounter.score = score;
    encounter.scale = "nps";
}

TEST(Episodes, AreListedByStartPageByPage) {
    Ledger ledger;
    give_score(ledger.add("b", 0, "look", "t"), 10);
    ledger.add("b", 2, "call", "t");
    ledger.add("a", 1, "look", "u");
    ledger.add("a", 0, "look", "v");
    const auto engine = ledger.engine(tiny::four_channels());
    Question question;
    question.per.kind = question::UnitKind::Thread;
    const auto all = engine.episodes(question);
    ASSERT_EQ(all->rows.size(), 3U);
    EXPECT_EQ(all->total, 3U);
    EXPECT_EQ(all->rows[0].customer + all->rows[0].thread, "av");
    EXPECT_EQ(all->rows[1].customer + all->rows[1].thread, "bt");
    EXPECT_EQ(all->rows[1].path, (Texts{"look", "call"}));
    EXPECT_EQ(all->rows[1].end, tiny::at(2));
    EXPECT_DOUBLE_EQ(*all->rows[1].experience, 3);
    EXPECT_EQ(all->rows[2].thread, "u");
    question.limit = 1;
    question.offset = 1;
    EXPECT_EQ(engine.episodes(question)->rows.at(0).customer, "b");
    question.offset = 3;
    EXPECT_TRUE(engine.episodes(question)->rows.empty());
    question.per.kind = question::UnitKind::Customer;
    question.offset = 0;
    EXPECT_EQ(engine.episodes(question)->rows.at(0).thread, "") << "a whole timeline has no thread";
}

TEST(TimelineOfACustomer, IsListedInOrder) {
    Ledger ledger;
    ledger.add("b", 2, "call");
    auto& first = ledger.add("b", 1, "look", "t");
    give_score(first, 4);
    first.value = 2.5;
    first.employee = "E";
    ledger.add("a", 0, "look");
    const auto engine = ledger.engine(tiny::four_channels());
    Question question;
    question.customer = "b";
    const auto page = engine.timeline(question);
    ASSERT_EQ(page->rows.size(), 2U);
    EXPECT_EQ(page->total, 2U);
    const auto& row = page->rows[0];
    EXPECT_EQ(row.touchpoint + row.channel + row.department + row.employee + row.thread,
              "lookwebBillingEt");
    EXPECT_EQ(row.score, 4);
    EXPECT_EQ(row.scale, "nps");
    EXPECT_EQ(row.value, 2.5);
    EXPECT_EQ(row.duration_seconds, std::nullopt);
    EXPECT_EQ(row.ledger_number, 2U);
    question.offset = 1;
    EXPECT_EQ(engine.timeline(question)->rows.size(), 1U);
    question.customer = "nobody";
    EXPECT_EQ(engine.timeline(question)->total, 0U);
}

TEST(Values, StandByHowOftenTheyOccur) {
    Ledger ledger;
    for (const char* touchpoint : {"x", "y", "y", "z", "z", "w"}) {
        ledger.add("a", static_cast<std::int64_t>(ledger.entries.size()), touchpoint);
    }
    const auto values = ledger.engine().values({question::FieldOf::Encounter, "touchpoint"}, {}, 3);
    EXPECT_EQ(values->distinct, 4U);
    ASSERT_EQ(values->most.size(), 3U);
    EXPECT_EQ(values->most[0].value, "y");
    EXPECT_EQ(values->most[1].value, "z");
    EXPECT_EQ(values->most[2].value, "w");
    EXPECT_EQ(values->most[0].encounters, 2U);
}

}  // namespace
}  // namespace kokemus::timeline
