#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "answer/answer.h"
#include "base/result.h"
#include "blueprint/blueprint.h"
#include "metric/compare.h"
#include "question/engine.h"

namespace kokemus::answer {

/// A journey as it was designed and as it was lived.
struct JourneyStanding {
    const blueprint::Journey* journey = nullptr;
    std::uint64_t episodes = 0;
    Value experience;
    std::optional<double>
        intended;  ///< mean of the stages' intended feelings; absent when none is declared
    std::optional<Value>
        previous;  ///< of the period of equal length just before; absent without a closed range
    std::optional<metric::Change> change;
    std::optional<Value> kept;  ///< promises made in its episodes; absent when there are none
    std::optional<double>
        kept_target;  ///< mean of their targets, weighted by how often they were decided
    Value completion;
    std::string drill;

    /// The whole interval lies below what was intended.
    bool falls_short() const {
        return intended && experience.enough() && experience.is.interval.high < *intended;
    }
};

struct MetricStanding {
    Trend trend;  ///< by week, with the total
    metric::Verdict verdict = metric::Verdict::NoTarget;
    std::string drill;
};

/// What the first page shows, from one snapshot.
struct Overview {
    Finding finding;
    question::Population population;
    std::int64_t blueprint_version = 0;     ///< as of an Answer
    std::optional<Withheld> withheld = {};  ///< none: everything is there
    std::vector<JourneyStanding> journeys;  ///< as the blueprint has them
    std::vector<MetricStanding>
        metrics;  ///< as the blueprint has them; built-in ones only with answers
    Promises promises;
    Trend kept_trend;
    std::vector<FlowNode>
        touchpoints;  ///< whose interval lies below the experience of all, worst first, at most 10
};

/// Everything within a range and a filter: about four questions for each journey and one for each
/// metric. `known_until` is the ledger's latest time. The blueprint must outlive the overview.
Result<Overview> overview(const TimeRange& range, const question::ConditionPtr& where,
                          const question::Engine& engine, const blueprint::Blueprint& blueprint,
                          Instant known_until);

/// The JSON of `GET /api/overview` (docs/answers.md), but for its last member `freshness`, which
/// moves with the clock.
std::string to_json(const Overview& overview);

}  // namespace kokemus::answer
