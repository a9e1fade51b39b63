#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "question/factor.h"
#include "question/filter.h"

namespace kokemus::question {

enum class Kind {
    Flow,
    Variants,
    Funnel,
    Trend,
    Breakdown,
    Promises,
    Episodes,
    Timeline,
    Switches,
    Drivers,
    Lateness,
    Foresight,
    Conformance,
    League,
    Causes,
};

enum class UnitKind {
    Customer,  ///< whole timelines
    /// The encounters of one thread of one customer; those without a thread belong to no unit
    Thread,
    Journey,  ///< episodes of a journey
};

/// Over what is counted.
struct Unit {
    UnitKind kind = UnitKind::Customer;
    std::string journey;  ///< kind Journey

    friend bool operator==(const Unit&, const Unit&) = default;
};

enum class Grain { Day, Week, Month };

/// A question as plain data; every name in it is resolved against the blueprint by the parser, or
/// is one that may exist in the encounters only (touchpoints and values are not required to be in
/// the blueprint).
///
/// Range. Per customer: the encounters inside it. Per thread and per episode: the units whose first
/// encounter lies in it, whole.
struct Question {
    Kind kind = Kind::Flow;
    Unit per;
    TimeRange range;
    ConditionPtr where;  ///< null: everything

    /// Judged last, on what range and `where` have left of each unit: units for which it does not
    /// hold drop out whole. `where channel = 'phone' having goes 'a' -> 'b'`: b directly follows a
    /// among the calls. Drill-downs of numbers counted under a filter on encounters need it, since
    /// conditions on the unit in `where` look at the whole unit.
    ConditionPtr having;  ///< null: all

    std::string metric;         ///< trend, breakdown, league: name of a metric
    Grain grain = Grain::Week;  ///< trend
    /// Breakdown, league (required); flow, funnel, promises...: one answer per value; drivers:
    /// compared over the values
    std::optional<Field> by;
    std::optional<Field> adjusted_for;  ///< league: whose mix in each unit is made alike
    std::optional<Field> among;         ///< league: one of its own in each value of this field
    /// Flow: how often, without units, times and experience. Variants: without times (asked by
    /// other questions alone; the grammar has no word for it)
    bool counts_only = false;
    bool collapse = false;  ///< variants: count repeats of a touchpoint once
    /// Funnel: each a set of touchpoints. Causes: one, those of the contacts
    std::vector<std::vector<std::string>> steps;
    /// Funnel: window from step 1; switches: window of repeats; causes: window before a contact
    std::optional<Milliseconds> within;
    /// Promises: only this one; empty: all. Lateness, foresight: this one
    std::string promise;
    std::string customer;           ///< timeline
    std::optional<Factor> outcome;  ///< drivers (required): what is to be explained
    std::vector<Factor> factors;    ///< drivers: by what; none: chosen by rule
    /// Drivers: of the chance in it; absent: a hash of the question, equal on every machine
    std::optional<std::uint64_t> seed;
    /// Variants, episodes, timeline: rows; 0: the kind's default
    std::size_t limit = 0;
    std::size_t offset = 0;
};

/// Member by member, conditions by shape.
bool operator==(const Question& a, const Question& b);

}  // namespace kokemus::question
