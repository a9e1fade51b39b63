#include <gtest/gtest.h>

#include "question/path_room.h"
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

TEST(Episodes, ShowTheFirstStepsOfVeryLongPaths) {
    Ledger ledger;
    for (int i = 0; i < 700; ++i) {
        ledger.add("guest", i, i % 2 == 0 ? "look" : "call");
    }
    ledger.add("short", 1, "look");
    const auto page = ledger.engine(tiny::four_channels()).episodes({});
    ASSERT_EQ(page->rows.size(), 2U);
    EXPECT_EQ(page->rows[0].encounters, 700U);
    EXPECT_EQ(page->rows[0].path.size(), question::path_steps_max);
    EXPECT_EQ(page->rows[0].path[499], "call");
    EXPECT_EQ(page->rows[1].path, (Texts{"look"}));
}

/// Rows of very long names, of which all together would fill the memory.
TEST(Episodes, BoundThePathsOfAllRowsTogether) {
    Ledger ledger;
    const std::string name(400, 'n');
    const int customers = 300;
    for (int customer = 0; customer < customers; ++customer) {
        for (int i = 0; i < 300; ++i) {
            ledger.add("c" + std::to_string(customer), i, name);
        }
    }
    ledger.add("short", 1, "look");
    Question question;
    question.limit = 1000;
    const auto page = ledger.engine(tiny::four_channels()).episodes(question);
    ASSERT_EQ(page->rows.size(), 301U);
    std::size_t bytes = 0;
    for (const auto& row : page->rows) {
        for (const std::string& step : row.path) {
            bytes += question::step_bytes(step);
        }
        EXPECT_EQ(row.encounters == 1, row.path.size() == row.encounters);
        EXPECT_GT(row.path.size(), 0U);
    }
    EXPECT_LE(bytes, question::paths_bytes_max);
    EXPECT_GT(bytes, question::paths_bytes_max / 2);
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
