#include "timeline/unit_former.h"

#include <gtest/gtest.h>

#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using question::EpisodeStatus;
using question::UnitKind;
using tiny::Ledger;

/// One unit in short: rows, joined, and a letter for the status (C, A, O).
std::vector<std::string> units_of(const Timeline& timeline, const question::Unit& per,
                                  TimeRange range = {}) {
    const Part& part = timeline.parts.front();
    const auto former = UnitFormer::make(part, per, range);
    Block block;
    for (Code customer = 0; customer < part.customer_count(); ++customer) {
        former->form(customer, block);
    }
    std::vector<std::string> units;
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        std::string text;
        for (const Row row : block.unit(unit)) {
            text += std::to_string(row) + " ";
        }
        text += "CAO"[static_cast<std::size_t>(block.statuses[unit])];
        units.push_back(text);
    }
    return units;
}

using Units = std::vector<std::string>;

blueprint::Blueprint with_journey(blueprint::Journey journey) {
    blueprint::Blueprint blueprint;
    journey.name = "j";
    blueprint.journeys = {std::move(journey)};
    return blueprint;
}

const question::Unit per_journey{UnitKind::Journey, "j"};

blueprint::Journey from_s_to_e() {
    blueprint::Journey journey;
    journey.starts = {"s"};
    journey.ends = {"e"};
    return journey;
}

/// A customer "c" with one encounter a minute, one letter a touchpoint; "." lets a minute pass.
Ledger minutes(const std::string& touchpoints) {
    Ledger ledger;
    for (std::size_t minute = 0; minute < touchpoints.size(); ++minute) {
        if (touchpoints[minute] != '.') {
            ledger.add("c", static_cast<std::int64_t>(minute), std::string(1, touchpoints[minute]));
        }
    }
    return ledger;
}

TEST(UnitFormer, CutsWholeTimelinesToTheRange) {
    Ledger ledger = minutes("abcd");
    ledger.add("d", 9, "x");
    const auto timeline = ledger.build();
    EXPECT_EQ(units_of(*timeline, {}), (Units{"0 1 2 3 O", "4 O"}));
    EXPECT_EQ(units_of(*timeline, {}, {tiny::at(1), tiny::at(3)}), (Units{"1 2 O"}));
    EXPECT_EQ(units_of(*timeline, {}, {tiny::at(4), tiny::at(9)}), (Units{}));
}

TEST(UnitFormer, TakesThreadsWholeByTheirFirstEncounter) {
    Ledger ledger;
    ledger.add("c", 0, "x", "a");
    ledger.add("c", 1, "x", "b");
    ledger.add("c", 2, "x");
    ledger.add("c", 3, "x", "a");
    ledger.add("c", 4, "x", "b");
    const auto timeline = ledger.build();
    const question::Unit per{UnitKind::Thread, {}};
    EXPECT_EQ(units_of(*timeline, per), (Units{"0 3 O", "1 4 O"}));
    const TimeRange from_one{tiny::at(1), tiny::at(4)};
    EXPECT_EQ(units_of(*timeline, per, from_one), (Units{"1 4 O"}));
    Block block;
    EXPECT_EQ(UnitFormer::make(timeline->parts.front(), per, from_one)->form(1, block), 1U)
        << "only the encounter without a thread belongs to none";
}

TEST(UnitFormer, RefusesAJourneyThatIsNot) {
    const auto former = UnitFormer::make(Ledger().build()->parts.front(), per_journey, {});
    ASSERT_FALSE(former);
    EXPECT_EQ(former.error().message, "the blueprint has no journey \"j\"");
}

TEST(EpisodeRules, OpenAtAStartAndCompleteAtAnEnd) {
    const auto timeline = minutes("xsasexsx").build(with_journey(from_s_to_e()));
    EXPECT_EQ(units_of(*timeline, per_journey), (Units{"1 2 3 4 C", "6 7 O"}));
}

TEST(EpisodeRules, CompleteAtOnceWhereTheStartIsAnEnd) {
    auto journey = from_s_to_e();
    journey.starts = {"s", "b"};
    journey.ends = {"e", "b"};
    const auto timeline = minutes("bxbsxbe").build(with_journey(journey));
    EXPECT_EQ(units_of(*timeline, per_journey), (Units{"0 C", "2 C", "3 4 5 C"}));
}

TEST(EpisodeRules, BreakAtSilenceLongerThanAllowedOnly) {
    auto journey = from_s_to_e();
    journey.silence = std::chrono::minutes(2);
    const auto exactly = minutes("sa..e").build(with_journey(journey));
    EXPECT_EQ(units_of(*exactly, per_journey), (Units{"0 1 A"})) << "3 minutes are too long";
    const auto equal = minutes("sa.e").build(with_journey(journey));
    EXPECT_EQ(units_of(*equal, per_journey), (Units{"0 1 2 C"}));
}

TEST(EpisodeRules, LetTheEncounterThatCameTooLateOpenTheNext) {
    auto journey = from_s_to_e();
    journey.silence = std::chrono::minutes(2);
    const auto timeline = minutes("sa...s.e").build(with_journey(journey));
    EXPECT_EQ(units_of(*timeline, per_journey), (Units{"0 1 A", "2 3 C"}));
}

TEST(EpisodeRules, AbandonAnEpisodeThatIsTooLongEvenAtAnEnd) {
    auto journey = from_s_to_e();
    journey.within = std::chrono::minutes(3);
    const auto timeline = minutes("saabe").build(with_journey(journey));
    EXPECT_EQ(units_of(*timeline, per_journey), (Units{"0 1 2 3 A"}));
    const auto in_time = minutes("saae").build(with_journey(journey));
    EXPECT_EQ(units_of(*in_time, per_journey), (Units{"0 1 2 3 C"}));
}

TEST(EpisodeRules, JudgeTheLastEpisodeAtTheLatestTimeOfTheLedger) {
    auto journey = from_s_to_e();
    journey.silence = std::chrono::minutes(5);
    Ledger ledger = minutes("sa");
    ledger.add("other", 6, "x");
    EXPECT_EQ(units_of(*ledger.build(with_journey(journey)), per_journey), (Units{"0 1 O"}));
    ledger.add("other", 7, "x");
    EXPECT_EQ(units_of(*ledger.build(with_journey(journey)), per_journey), (Units{"0 1 A"}));
}

TEST(EpisodeRules, KeepThreadsApartWhereTheJourneyDoes) {
    Ledger ledger;
    ledger.add("c", 0, "s", "a");
    ledger.add("c", 1, "s", "b");
    ledger.add("c", 2, "e");
    ledger.add("c", 3, "e", "a");
    auto journey = from_s_to_e();
    EXPECT_EQ(units_of(*ledger.build(with_journey(journey)), per_journey), (Units{"0 1 2 C"}));
    journey.thread = true;
    EXPECT_EQ(units_of(*ledger.build(with_journey(journey)), per_journey), (Units{"0 3 C", "1 O"}));
}

TEST(EpisodeRules, CountEncountersInTheRangeThatAreInNoEpisode) {
    const auto timeline = minutes("xsaexse").build(with_journey(from_s_to_e()));
    const TimeRange range{tiny::at(2), tiny::at(6)};
    Block block;
    EXPECT_EQ(UnitFormer::make(timeline->parts.front(), per_journey, range)->form(1, block), 1U)
        << "x; a and e are of an episode that began before the range";
    EXPECT_EQ(std::vector<Row>(block.rows().begin(), block.rows().end()), (std::vector<Row>{5, 6}))
        << "whole, beyond the end of the range";
}

}  // namespace
}  // namespace kokemus::timeline
