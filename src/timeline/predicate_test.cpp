#include "timeline/predicate.h"

#include <gtest/gtest.h>

#include "timeline/marked_block.h"
#include "timeline/tiny_ledger.h"
#include "timeline/unit_former.h"

namespace kokemus::timeline {
namespace {

using namespace question;  // NOLINT: the words of the filter are what this file is about
using tiny::condition;
using tiny::Ledger;

/// The rows a filter lets through, per customer.
std::vector<Row> rows_of(const Timeline& timeline, const ConditionPtr& where) {
    const Part& part = timeline.parts.front();
    const auto predicate = compile(*where, part);
    EXPECT_TRUE(predicate) << predicate.error().message;
    const auto former = UnitFormer::make(part, {}, {});
    Block block;
    for (Code customer = 0; customer < part.customer_count(); ++customer) {
        former->form(customer, block);
    }
    BlockFilter filter(part, predicate->get(), nullptr);
    const MarkedBlock marked = filter.mark(block);
    std::vector<Row> rows;
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        marked.for_each_row(unit, [&](Row row) { rows.push_back(row); });
    }
    EXPECT_EQ(count_bits(marked.rows), rows.size()) << "only rows of units are marked";
    const Block& kept = filter.keep(block);
    EXPECT_EQ(std::vector(kept.rows().begin(), kept.rows().end()), rows) << "both ways alike";
    return rows;
}

using Rows = std::vector<Row>;

/// Customer a: look, ask, call (score 3 on nps, in 30 minutes steps); b: move, letter (value 5),
/// unknown.
class Filters : public testing::Test {
protected:
    Filters() {
        ledger_.add("a", 0, "look", "t");
        ledger_.add("a", 30, "ask", "t");
        auto& call = ledger_.add("a", 60, "call", "t");
        call.score = 3;
        call.scale = "nps";
        ledger_.add("b", 0, "move");
        ledger_.add("b", 10, "letter").value = 5;
        ledger_.add("b", 20, "unknown").duration_seconds = 90;
        ledger_.customers = {{encounter::CustomerName("b"), {{"plan", "gold"}}}};
        auto blueprint = tiny::four_channels();
        blueprint.dimensions = {{"plan", blueprint::DimensionSource::Traits, "plan"}};
        timeline_ = ledger_.build(blueprint);
    }

    Rows rows(const ConditionPtr& where) const { return rows_of(*timeline_, where); }

    Ledger ledger_;
    std::shared_ptr<const Timeline> timeline_;
};

TEST_F(Filters, CompareTexts) {
    EXPECT_EQ(rows(tiny::text_is("touchpoint", {"ask", "move", "never"})), (Rows{1, 3}));
    EXPECT_EQ(rows(tiny::text_is("channel", {"phone"})), (Rows{2, 3}));
    EXPECT_EQ(rows(tiny::text_is("channel", {""})), (Rows{5})) << "absent";
    EXPECT_EQ(rows(tiny::text_is("kind", {"self-service", "message"})), (Rows{0, 4}));
    EXPECT_EQ(rows(tiny::text_is("topic", {"bill"})), (Rows{0, 1, 2}));
    EXPECT_EQ(rows(tiny::text_is("topic", {"letter", "unknown"})), (Rows{4, 5}));
    EXPECT_EQ(rows(tiny::text_is("stage", {""})), (Rows{5}));
    EXPECT_EQ(rows(tiny::text_is("thread", {""})), (Rows{3, 4, 5}));
    EXPECT_EQ(rows(tiny::text_is("scale", {"nps"})), (Rows{2}));
    EXPECT_EQ(rows(condition(TextCondition{{FieldOf::Encounter, "channel"}, {"phone"}, true})),
              (Rows{0, 1, 4, 5}));
    EXPECT_EQ(rows(condition(TextCondition{{FieldOf::Customer, "customer"}, {"b"}, false})),
              (Rows{3, 4, 5}));
    EXPECT_EQ(rows(condition(TextCondition{{FieldOf::Customer, "plan"}, {"gold"}, true})),
              (Rows{0, 1, 2}));
}

TEST_F(Filters, CompareNumbersOnlyWhereThereAreAny) {
    const auto number = [&](const char* field, Comparison comparison, double value) {
        return rows(condition(NumberCondition{{FieldOf::Encounter, field}, comparison, value}));
    };
    EXPECT_EQ(number("score", Comparison::LessOrEqual, 3), (Rows{2}));
    EXPECT_EQ(number("score", Comparison::Less, 3), (Rows{}));
    EXPECT_EQ(number("score", Comparison::NotEqual, 4), (Rows{2}));
    EXPECT_EQ(number("value", Comparison::Equal, 5), (Rows{4}));
    EXPECT_EQ(number("value", Comparison::Greater, 5), (Rows{}));
    EXPECT_EQ(number("duration", Comparison::GreaterOrEqual, 90), (Rows{5}));
    const auto minute = [](std::int64_t minutes) {
        return static_cast<double>(tiny::at(minutes).time_since_epoch().count());
    };
    EXPECT_EQ(number("time", Comparison::Less, minute(10)), (Rows{0, 3}));
    EXPECT_EQ(number("time", Comparison::GreaterOrEqual, minute(20)), (Rows{1, 2, 5}));
}

TEST_F(Filters, JudgeWholeUnits) {
    EXPECT_EQ(rows(condition(Touches{{"ask"}})), (Rows{0, 1, 2}));
    EXPECT_EQ(rows(condition(Touches{{"never"}})), (Rows{}));
    EXPECT_EQ(rows(condition(Goes{"look", "ask"})), (Rows{0, 1, 2}));
    EXPECT_EQ(rows(condition(Goes{"look", "call"})), (Rows{}));
    EXPECT_EQ(rows(condition(Goes{"START", "move"})), (Rows{3, 4, 5}));
    EXPECT_EQ(rows(condition(Goes{"call", "END"})), (Rows{0, 1, 2}));
    EXPECT_EQ(rows(condition(Goes{"START", "END"})), (Rows{}));
    EXPECT_EQ(rows(condition(Follows{{"look", "ask", "call"}})), (Rows{0, 1, 2}));
    EXPECT_EQ(rows(condition(Follows{{"look", "ask"}})), (Rows{}));
    EXPECT_EQ(rows(condition(Lasts{Comparison::Greater, std::chrono::minutes(20)})),
              (Rows{0, 1, 2}));
    EXPECT_EQ(rows(condition(Lasts{Comparison::GreaterOrEqual, std::chrono::minutes(20)})).size(),
              6U);
    EXPECT_EQ(rows(condition(Size{Comparison::Equal, 3})).size(), 6U);
    EXPECT_EQ(rows(condition(Size{Comparison::Less, 3})), (Rows{}));
    EXPECT_EQ(rows(condition(StatusCondition{{EpisodeStatus::Open}, true})), (Rows{}));
    EXPECT_EQ(rows(condition(Reaches{{{"look"}, {"call"}}, {}, 0})), (Rows{0, 1, 2}));
    EXPECT_EQ(rows(condition(Reaches{{{"look"}, {"call"}}, {}, 1})), (Rows{}));
    EXPECT_EQ(rows(condition(Reaches{{{"move"}, {"call"}}, {}, 1})), (Rows{3, 4, 5}));
}

TEST_F(Filters, SeeSwitchesAndRepeats) {
    EXPECT_EQ(rows(condition(Switches{"web", "", false})), (Rows{0, 1, 2}));
    EXPECT_EQ(rows(condition(Switches{"web", "phone", false})), (Rows{}));
    EXPECT_EQ(rows(condition(Switches{"bot", "phone", true})), (Rows{0, 1, 2}));
    EXPECT_EQ(rows(condition(Switches{"", "", true})), (Rows{0, 1, 2}));
    EXPECT_EQ(rows(condition(Switches{"", "mail", false})), (Rows{3, 4, 5}));
    EXPECT_EQ(rows(condition(Switches{"mail", "", false})), (Rows{})) << "unknown is no channel";
    EXPECT_EQ(rows(condition(Repeats{std::chrono::minutes(30)})), (Rows{0, 1, 2}));
    EXPECT_EQ(rows(condition(Repeats{std::chrono::minutes(29)})), (Rows{}));
}

TEST_F(Filters, CombineConditions) {
    const auto phone = tiny::text_is("channel", {"phone"});
    const auto asks = condition(Touches{{"ask"}});
    EXPECT_EQ(rows(condition(And{{phone, asks}})), (Rows{2}));
    EXPECT_EQ(rows(condition(Or{{phone, asks}})), (Rows{0, 1, 2, 3}));
    EXPECT_EQ(rows(condition(Not{phone})), (Rows{0, 1, 4, 5}));
    EXPECT_EQ(rows(condition(Has{tiny::text_is("channel", {"mail"})})), (Rows{3, 4, 5}));
    EXPECT_EQ(rows(condition(And{})).size(), 6U);
    EXPECT_EQ(rows(condition(Or{})), (Rows{}));
}

TEST_F(Filters, RefuseFieldsThatAreNot) {
    const auto error = [&](const ConditionPtr& where) {
        const auto predicate = compile(*where, timeline_->parts.front());
        return predicate ? "" : predicate.error().message;
    };
    EXPECT_EQ(error(tiny::text_is("score", {"3"})), "\"score\" is not a field with text values");
    EXPECT_EQ(error(condition(TextCondition{{FieldOf::Dimension, "colour"}, {}, false})),
              "the blueprint declares no dimension \"colour\"");
    EXPECT_EQ(error(condition(Not{condition(NumberCondition{{FieldOf::Encounter, "channel"}})})),
              "\"channel\" is not a field with numbers");
    EXPECT_EQ(error(condition(Has{condition(Reaches{})})),
              "a funnel has 1 to 32 steps, this one has 0");
}

TEST_F(Filters, HoldUnitsAgainstAPath) {
    using question::Deviation;
    const auto deviates = [&](Deviation deviation, const char* touchpoint) {
        return rows(condition(
            question::Deviates{"j", {"ask", "look", "call", "never"}, deviation, touchpoint}));
    };
    // a: look, ask, call; b: move, letter and one more
    EXPECT_EQ(deviates(Deviation::Any, ""), (Rows{0, 1, 2, 3, 4, 5}));
    EXPECT_EQ(deviates(Deviation::LeftOut, "never"), (Rows{0, 1, 2, 3, 4, 5}));
    EXPECT_EQ(deviates(Deviation::LeftOut, "look"), (Rows{3, 4, 5}));
    EXPECT_EQ(deviates(Deviation::PutIn, "look"), (Rows{}));
    EXPECT_EQ(deviates(Deviation::PutIn, "move"), (Rows{3, 4, 5}));
    EXPECT_EQ(deviates(Deviation::Moved, "ask"), (Rows{0, 1, 2}));
    EXPECT_EQ(deviates(Deviation::Moved, "call"), (Rows{}));
    EXPECT_EQ(deviates(Deviation::PutIn, "nowhere"), (Rows{}));
    EXPECT_EQ(rows(condition(question::Deviates{"j", {"look", "ask", "call"}, Deviation::Any, ""})),
              (Rows{3, 4, 5}));
}

TEST(Follows, CollapsedCountsRepeatsOnce) {
    Ledger ledger;
    for (const char* touchpoint : {"x", "x", "y", "y", "x"}) {
        ledger.add("c", static_cast<std::int64_t>(ledger.entries.size()), touchpoint);
    }
    const auto timeline = ledger.build();
    EXPECT_EQ(rows_of(*timeline, condition(Follows{{"x", "y", "x"}, true})).size(), 5U);
    EXPECT_EQ(rows_of(*timeline, condition(Follows{{"x", "y", "x"}, false})).size(), 0U);
    EXPECT_EQ(rows_of(*timeline, condition(Follows{{"x", "y"}, true})).size(), 0U);
    EXPECT_EQ(rows_of(*timeline, condition(Follows{{"x", "y", "x", "y"}, true})).size(), 0U);
}

TEST(CodeSets, OfLargeDictionariesHoldTheSame) {
    Ledger ledger;
    for (int thread = 0; thread < 66'000; ++thread) {
        ledger.add("c", thread, "x", "thread " + std::to_string(thread));
    }
    const auto timeline = ledger.build();
    const auto rows =
        rows_of(*timeline, tiny::text_is("thread", {"thread 65999", "thread 7", "?"}));
    EXPECT_EQ(rows, (Rows{7, 65'999}));
}

}  // namespace
}  // namespace kokemus::timeline
