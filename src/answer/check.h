#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer/answer.h"
#include "answer/grid.h"
#include "base/instant.h"
#include "base/result.h"
#include "blueprint/blueprint.h"
#include "question/engine.h"

/// `kokemus check`: holds what happened against the blueprint.
namespace kokemus::answer {

/// What is said of one row.
enum class CheckVerdict {
    Met,             ///< the whole interval is at the target or better
    Missed,          ///< the whole interval falls short of the target
    Unclear,         ///< the target lies within the interval: it cannot be told
    NotEnough,       ///< too few answers to hold against the target
    NotInBlueprint,  ///< a touchpoint of the encounters that the blueprint does not have
    NobodyOwns,      ///< a touchpoint of the blueprint without an owner
    NoEpisodes,      ///< a journey that nobody went
    NeverMade,       ///< a promise with a target that was never made
};

/// "met", "missed", "unclear", "not enough", "not in the blueprint", "nobody owns it", "no
/// episodes", "never made"
std::string_view name_of(CheckVerdict verdict);

struct CheckRow {
    std::string what;  ///< "metric", "promise", "touchpoint", "journey"
    std::string name;
    std::optional<Value> value;
    std::optional<double> target;
    CheckVerdict verdict = CheckVerdict::Met;
    std::string why;  ///< in words, and what to do about it
};

struct CheckReport {
    std::int64_t blueprint_version = 0;  ///< as of an Answer
    /// Metrics and promises in the blueprint's order, then touchpoints by name, then journeys.
    std::vector<CheckRow> rows;

    /// Targets missed beyond their interval: what makes the command fail.
    std::size_t missed() const;
};

/// Which encounters are held against it: of a range, and of customers for whom the condition holds;
/// all, unless told otherwise.
struct CheckScope {
    TimeRange range = {};
    question::ConditionPtr where = {};
};

/// Checks targets of metrics and promises, touchpoints that the blueprint does not know or nobody
/// owns, and journeys and promises that never happened.
/// Fails as the engine fails.
Result<CheckReport> check(const question::Engine& engine, const blueprint::Blueprint& blueprint,
                          const CheckScope& scope = {});

/// {"rows": [{"what","name","value": <Estimate> or null,"target","verdict","why"}],
///  "blueprint_version","targets","met","missed","unclear"}: `targets` counts the rows that have
///  one.
std::string to_json(const CheckReport& report);

/// A sentence, then one aligned line per row, what needs attention first.
std::string to_table(const CheckReport& report, Colour colour = Colour::Never);

}  // namespace kokemus::answer
