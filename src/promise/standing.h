#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "blueprint/blueprint.h"
#include "promise/slack.h"
#include "question/counts.h"
#include "stats/confidence.h"
#include "stats/estimate.h"

namespace kokemus::promise {

/// How one promise stands: what was promised against what came.
struct Standing {
    std::string promise;
    std::string owner;             ///< "" when the blueprint names none
    std::optional<double> target;  ///< share kept
    question::PromiseTally tally;  ///< the counts behind everything here
    stats::Estimate kept_rate;     ///< kept of the decided, Wilson; `enough` with at least one
    stats::Estimate late_share;    ///< late of the decided
    stats::Estimate broken_share;  ///< broken of the decided
    Slack slack;

    /// Kept, late or broken: no longer open.
    std::uint64_t decided() const { return tally.kept + tally.late + tally.broken; }
};

/// `declared` is the promise in the blueprint, null when the data know it and the blueprint does
/// not.
Standing stand(question::PromiseTally tally, const blueprint::Promise* declared,
               double confidence = stats::usual_confidence);

}  // namespace kokemus::promise
