#pragma once

#include <array>
#include <cstdint>

#include "base/instant.h"
#include "sample/organisation.h"

/// PLANTED: every number that later work must find again, beside the effects of the touchpoints in
/// organisation.cpp. What is written here is written into truth.json and explained in
/// docs/sample.md.
namespace kokemus::sample::planted {

// experience on -3..3 = base of the journey + customer + segment + effects so far + noise
inline constexpr double base_connect = 1.2;
inline constexpr double base_fault = 0.3;
inline constexpr double base_move = 1.0;
inline constexpr double base_change = 1.5;
inline constexpr double base_leave = 0.2;
inline constexpr double base_everyday = 1.6;
inline constexpr double customer_deviation = 0.6;
inline constexpr double noise_deviation = 0.6;

/// A call right after the chatbot in the same matter: what was told the bot is lost and asked
/// again.
inline constexpr double hand_off_effect = -0.6;
inline constexpr double hand_off_extra_seconds = 240;
inline constexpr double repeat_call_share = 0.10;
inline constexpr double repeat_call_share_after_hand_off = 0.32;

/// A call back after its four hours.
inline constexpr double late_call_back_effect = -0.6;

// who answers: asked with `asked_share`, then answers with rate(segment) * exp(-tilt * experience)
inline constexpr double asked_share = 0.75;
inline constexpr double answer_tilt = 0.12;
inline constexpr double comment_share = 0.35;
inline constexpr std::array<double, 5> answer_rates = {0.26, 0.24, 0.20, 0.22, 0.04};

/// The silent segment: lives further out, waits longer, and says next to nothing.
inline constexpr Segment silent_segment = Segment::Cabin;
inline constexpr std::array<double, 5> segment_effects = {0.0, 0.0, 0.1, 0.0, -0.9};

// visits moved: share of visits = base * factors
inline constexpr double moved_share = 0.17;
inline constexpr double moved_factor_north = 2.1;
inline constexpr double moved_factor_winter = 1.4;  ///< December to February
inline constexpr double moved_factor_store = 1.6;   ///< ordered in a store
inline constexpr double moved_factor_fibre_cut = 2.5;

// a visit that is not moved misses its window (a third: nobody comes; else late)
inline constexpr double missed_share = 0.11;
inline constexpr double missed_extra_weak_crew = 0.20;
inline constexpr std::array<int, 3> weak_crews = {5, 11, 22};
inline constexpr double missed_extra_winter = 0.05;
inline constexpr double nobody_share_of_missed = 0.33;

// other promises
inline constexpr double router_late_share = 0.03;
inline constexpr double router_late_share_december = 0.15;
inline constexpr std::array<double, 3> bill_wrong_shares = {
    0.07,
    0.14,
    0.30};  ///< ordered by web, phone, store
inline constexpr double call_back_late_share = 0.12;
inline constexpr double call_back_late_share_monday = 0.42;
inline constexpr double call_back_never_share = 0.04;
inline constexpr double complaint_late_share = 0.10;
inline constexpr double complaint_late_share_billing = 0.35;  ///< complaints about the bill

/// Improvement that works: the crew rings the evening before. Three crews start every two weeks,
/// drawn by lot.
inline constexpr double evening_call_effect =
    -0.08;                                     ///< on the share of visits that miss their window
inline constexpr int evening_call_weeks = 16;  ///< before the end of the data

/// Improvement that does not work: a shorter first bill, for customers with an even number.
inline constexpr double short_bill_expected =
    -0.03;  ///< what was hoped for on the share who call about it
inline constexpr double short_bill_effect = 0.0;
inline constexpr int short_bill_weeks = 12;

/// A cable is cut in the north: visits are moved and faults come in, for ten days.
inline constexpr int fibre_cut_weeks = 13;
inline constexpr int fibre_cut_days = 10;
inline constexpr double fibre_cut_fault_share = 0.25;  ///< of customers in the north who report one

/// When crew 1..24 starts to ring; `end` is the end of the data.
Instant evening_call_start(int crew, Instant end);

Instant short_bill_start(Instant end);
TimeRange fibre_cut(Instant end);

}  // namespace kokemus::sample::planted
