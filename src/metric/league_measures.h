#pragma once

#include <span>
#include <vector>

#include "metric/league.h"
#include "stats/moments.h"
#include "stats/ratio.h"
#include "stats/share_count.h"

/// The numbers that a league starts from, alike for shares, means and rates.
namespace kokemus::metric {

enum class Measures { Shares, Means, Rates };

Measures measures_of(const Definition& definition);

/// Counts of a metric as a sum of something over so many cases.
struct Tally {
    double sum = 0;           ///< of good answers, of values, of contacts
    double exposure = 0;      ///< answers, or what contacts are counted per
    std::uint64_t n = 0;      ///< answers, or customers
    stats::Moments values;    ///< of single answers; empty of rates
    stats::ShareCount share;  ///< of shares
    stats::RatioSums rate;    ///< of rates

    double value() const { return exposure > 0 ? sum / exposure : 0; }
};

Tally tally_of(const Definition& definition, const question::MetricCounts& counts);

/// One unit, comparable with the others.
struct Measure {
    double value = 0;     ///< adjusted where there are strata
    double variance = 0;  ///< of its error, above 0; from what varies within all units together
    double z = 0;         ///< from what all have, in standard errors if it were as all are
    double null_deviation = 0;  ///< that standard error
};

struct MeasuredUnits {
    double all = 0;              ///< value of all together
    double within_variance = 0;  ///< of single answers
    std::vector<Measure> units;
};

/// `strata` holds for each unit its tallies by stratum; empty: as measured.
MeasuredUnits measured_units(Measures measures, std::span<const Tally> units,
                             std::span<const std::vector<Tally>> strata);

}  // namespace kokemus::metric
