#pragma once

#include "metric/definition.h"
#include "question/counts.h"

namespace kokemus::metric {

/// What answers came to: their total in the unit of the metric, and how many there are (answers,
/// promises, episodes; of a rate the units it is per). Adds up over customers, weeks and units.
struct Outcome {
    double total = 0;
    double weight = 0;

    bool any() const { return weight > 0; }

    /// The metric's value; 0 without answers.
    double level() const { return any() ? total / weight : 0; }

    void add(const Outcome& other) {
        total += other.total;
        weight += other.weight;
    }

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// Of these counts, so that `level()` is the estimate that `value` (value.h) shows: a promoter
/// counts 100, a detractor -100; a good answer, a kept promise, a completed episode 1; a score
/// itself. Nothing where counts have lost their levels (too many distinct ones) and the metric
/// needs them.
Outcome outcome(const Definition& definition, const question::MetricCounts& counts);

}  // namespace kokemus::metric
