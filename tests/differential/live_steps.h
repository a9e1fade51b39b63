#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "reference.h"
#include "timeline/live_timeline.h"
#include "timeline/timeline_engine.h"

/// What tests of a timeline that grows do with it; all within a property of rapidcheck.
namespace kokemus::reference {

/// What an engine says to one question of every kind, made of the numbers.
std::vector<std::string> answers_of(const timeline::TimelineEngine& engine,
                                    const std::vector<int>& numbers);

/// Answers byte for byte as a timeline made at once of the world, to a question of every kind.
void expect_same_answers(const timeline::LiveTimeline& live, const World& world);

/// The same with the questions that these choices make.
void expect_same_answers(const timeline::LiveTimeline& live, const World& world,
                         const std::vector<int>& choices);

/// Kept under rules by which everything that seldom happens happens to small timelines, too.
std::shared_ptr<timeline::PartTallies> draw_tallies();

void take_entries(timeline::LiveTimeline& live, const std::vector<ledger::Entry>& entries);
void take_customers(timeline::LiveTimeline& live,
                    const std::vector<encounter::Customer>& customers);

/// All that the world has of these customers in the place of all there was of them.
void replace(timeline::LiveTimeline& live, const std::vector<encounter::CustomerName>& names,
             const World& world);

void merge_now_and_then(timeline::LiveTimeline& live);

}  // namespace kokemus::reference
