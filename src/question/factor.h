#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "question/condition_words.h"
#include "question/filter.h"

namespace kokemus::question {

/// What may be measured of a unit: what happened in it, and what came of it. Everything is measured
/// on the encounters that range and filter have left of the unit.
enum class FactorOf {
    Count,       ///< `count 'a' | 'b'`: encounters at these touchpoints
    If,          ///< `if (switches forced)`: 1 where a condition on the unit holds, else 0
    Encounters,  ///< `encounters`: how many
    Lasts,       ///< `lasts`: hours from the first to the last encounter
    /// `wait 'a' -> 'b'`: hours from the first encounter at a to the first at b after it in the
    /// order of the unit (equal times are fine); missing when there are not both
    Wait,
    /// `late 'delivery'`, `early 'delivery'`: days after, or before, the due of such promises made
    /// in the unit, the mean over those kept in time or late; 0 for the other way; missing when
    /// none was kept. What a broken one does, `if (promise 'delivery' is broken)` says.
    Late,
    Early,
    Switches,  ///< `switches`, `switches forced`: changes of channel inside the unit
    /// `repeats within 14d`: contacts that the customer had to make again: another about the same
    /// topic lies no longer than this before, in whatever unit
    Repeats,
    Distinct,  ///< `distinct department`: how many different values, absent ones not counted
    Duration,  ///< `duration`: minutes that the encounters took the customer, 0 without any
    Value,     ///< `value`: the sum of the values, 0 without any
    /// `mean csat5 at 'visit'`: mean answer on a scale, at these touchpoints or anywhere; missing
    /// without one
    Mean,
    /// `number age`, `number wifi 0 missing`: a declared dimension whose texts are numbers, the
    /// mean over the encounters that have one; missing without any. `0 missing`: zeros are none.
    Number,
    /// `plan`: a field of text, as the unit's first encounter or the customer has it; absent is a
    /// value of its own
    Category,
    /// `nps`: the mean of what a metric of the blueprint reads in the unit: scores as given (on the
    /// experience scale where the metric has no scale), promises kept (1) or not (0) of those
    /// decided, an episode completed (1) or abandoned (0), contacts (their number). Missing when
    /// there is nothing to read.
    Metric,
    Experienced,  ///< `experience`: mean of the unit's scores on -3..+3; missing without a score
};

/// Something that is measured of every unit: a column of a UnitTable. Only the members that its
/// `of` names are used.
struct Factor {
    FactorOf of = FactorOf::Encounters;
    std::vector<std::string> touchpoints;    ///< Count; Wait: from; Mean: none for anywhere
    std::vector<std::string> to;             ///< Wait
    ConditionPtr condition;                  ///< If; sees a unit or a customer
    std::string name;                        ///< Late, Early: promise; Mean: scale; Metric
    std::optional<Field> field;              ///< Category, Distinct, Number
    bool forced = false;                     ///< Switches
    bool zero_missing = false;               ///< Number
    Milliseconds within = Repeats{}.within;  ///< Repeats

    /// Texts and not numbers.
    bool is_category() const { return of == FactorOf::Category; }
};

/// Member by member, conditions by shape.
bool operator==(const Factor& a, const Factor& b);

/// Most factors of one question.
inline constexpr std::size_t factors_max = 40;

/// The words that begin a factor: count, if, encounters...
std::span<const Word<FactorOf>> factor_words();

}  // namespace kokemus::question
