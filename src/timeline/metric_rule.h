#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "question/question.h"
#include "timeline/clock_reach.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// What a metric reads from an encounter, resolved to codes.
struct MetricRule {
    enum class Reads { Scores, Promises, Contacts, Episodes };

    /// NotFound when the blueprint has no such metric.
    static Result<MetricRule> make(const Shared& shared, const question::Question& question);

    Reads reads = Reads::Scores;
    question::Unit per;                 ///< of the question; of a completion metric its own journey
    std::vector<std::uint8_t> answers;  ///< answer code -> the metric reads it
    std::vector<double> numbers;  ///< answer code -> the score, or its experience without a scale
    std::vector<std::uint8_t> places;    ///< touchpoint code -> the metric looks there
    std::vector<std::uint8_t> promises;  ///< place in the blueprint -> the metric counts it

    /// For how long the clock changes what it reads of an episode or a promise.
    ClockReach reach(const blueprint::Blueprint& blueprint) const;

private:
    void read_answers(const Shared& shared, const blueprint::Metric& metric);
};

}  // namespace kokemus::timeline
