#pragma once

#include <cstdint>
#include <string>

#include "metric/definition.h"
#include "question/counts.h"
#include "stats/estimate.h"

namespace kokemus::metric {

/// Fewest answers behind any number that is no declared metric.
inline constexpr std::uint64_t usual_minimum = 10;

/// A number as it is shown: never without n, interval, method and version of its definition.
struct Value {
    stats::Estimate is;  ///< in the unit below; means nothing unless `is.enough`
    Unit unit = Unit::Share;
    std::uint64_t needed = usual_minimum;
    std::string version;  ///< "nps 1"
    std::string why_not;  ///< when not enough: "not enough answers (n = 4)"

    bool enough() const { return is.enough; }
};

/// The metric's value from counts. Fewer answers than its minimum: not enough, with the words.
Value value(const Definition& definition, const question::MetricCounts& counts,
            double confidence = stats::usual_confidence);

/// Mean experience of moments that are already on -3..+3.
Value experience(const stats::Moments& moments, double confidence = stats::usual_confidence);

/// Mean experience estimated elsewhere, with its minimum judged here.
Value experience_of(const stats::Estimate& estimate);

/// A plain share with Wilson's interval; not enough below the usual minimum of `n`.
Value share(std::uint64_t part, std::uint64_t n, std::string version,
            double confidence = stats::usual_confidence);

/// An estimate of a share made elsewhere, with its needed minimum judged here.
Value share_of(const stats::Estimate& estimate, std::string version, std::uint64_t needed);

/// "not enough answers (n = 4)"
std::string not_enough(std::uint64_t n);

/// Adds counts of another period or group. Contact sums treat a customer in both as two.
void add(question::MetricCounts& sum, const question::MetricCounts& part);

}  // namespace kokemus::metric
