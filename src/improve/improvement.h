#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "stats/verdict.h"

/// A change made to the service, with the change expected of a metric written down before it
/// starts, and what the evidence says of it afterwards.
namespace kokemus::improve {

/// How it is decided who gets the change.
enum class Assignment {
    Lot,     ///< chance alone decides
    Chosen,  ///< people, circumstances or the customers themselves decide
};

/// How an effect is told from what would have happened anyway; the strongest first.
enum class Design {
    Randomised,               ///< those drawn by lot against the others of the lot
    Staggered,                ///< units that start at different times against those still waiting
    DifferenceInDifferences,  ///< the change of some against the change of others
    InterruptedSeries,        ///< a line before the change, another after it
    SyntheticControl,         ///< against a mixture of units that were not changed
    BeforeAfter,              ///< the time after against the time before
};

/// How far a design can be believed.
enum class Grade { Strong, Good, Fair, Weak };

/// "randomised", "staggered", "difference-in-differences", "interrupted-series",
/// "synthetic-control", "before-after"; "lot", "chosen"; "strong", "good", "fair", "weak";
/// "confirmed", "refuted", "too-small", "not-yet-known"
std::string_view name_of(Design design);
std::string_view name_of(Assignment assignment);
std::string_view name_of(Grade grade);
std::string_view name_of(stats::Verdict verdict);

/// Reads such a name; fails with the names there are.
Result<Design> read_design(std::string_view name);
Result<Assignment> read_assignment(std::string_view name);

/// When a unit gets the change.
struct UnitStart {
    std::string unit;  ///< a value of the field `units`
    Instant from{};

    friend bool operator==(const UnitStart&, const UnitStart&) = default;
};

/// The driver that gave the idea, as the answer about drivers wrote it.
struct FromDriver {
    std::string question;  ///< canonical text
    std::string factor;

    friend bool operator==(const FromDriver&, const FromDriver&) = default;
};

/// What is written down before the start.
struct Registration {
    std::string name;
    std::string change;      ///< what is changed
    std::string hypothesis;  ///< why that should move the metric
    std::string owner;
    std::string metric;          ///< by name
    std::string metric_version;  ///< of its definition when it was registered: "nps 1"
    std::string per;             ///< "customer", "thread" or a journey, as in questions
    /// A filter: who gets it. With `units` and starts: all that are looked at, started or not.
    std::string population;
    std::string comparison;  ///< a filter: who does not, to compare with; empty: nobody
    Assignment assignment = Assignment::Chosen;
    double share = 0.5;       ///< by lot: what the population is meant to be of both together
    bool were_worst = false;  ///< the population was chosen because it did badly
    std::string units;        ///< a field: what the change is given to (a shop, a crew, a region)
    std::vector<UnitStart> starts;  ///< by unit, where they differ; by unit's name
    Instant start{};                ///< the earliest
    Instant until{};                ///< not counted: what comes later is not looked at
    double expected = 0;            ///< change of the metric, in its unit, with its sign
    double worthwhile = 0;          ///< the least that is worth it, with the sign of `expected`
    stats::Proof proof = stats::Proof::LimitAboveSmallest;
    double alpha = 0.05;  ///< how often nothing may be taken for something, at all looks together
    double power = 0.8;
    std::uint64_t seed = 1;        ///< of permutations
    std::optional<Design> design;  ///< asked for; absent: the strongest there can be
    std::optional<FromDriver> from_driver;

    /// +1 when the metric shall rise, -1 when it shall fall.
    double direction() const { return expected < 0 ? -1 : 1; }

    friend bool operator==(const Registration&, const Registration&) = default;
};

}  // namespace kokemus::improve
