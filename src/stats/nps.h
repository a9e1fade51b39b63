#pragma once

#include <cstdint>

#include "stats/confidence.h"
#include "stats/difference.h"
#include "stats/estimate.h"

namespace kokemus::stats {

/// Answers to "would you recommend us": 9 and 10 promote, 7 and 8 are passive, 0 to 6 detract.
struct NpsCounts {
    std::uint64_t promoters = 0;
    std::uint64_t passives = 0;
    std::uint64_t detractors = 0;

    std::uint64_t n() const { return promoters + passives + detractors; }
};

/// Everything here is a fraction from -1 to 1 (times 100: points).

/// Promoters less detractors as a share of all; 0 without answers.
double nps(const NpsCounts& counts);

/// sqrt(v / n) with v = p + d - (p - d)^2, the variance of one answer scored +1, 0, -1.
double nps_standard_error(const NpsCounts& counts);

/// The score interval in Tango's form (Tango 1998, Statistics in Medicine 17, 891-908): the values
/// that a score test at this confidence does not reject. Inside -1..1 and holding the estimate at
/// any n; [-1, 1] without answers.
Interval nps_tango(const NpsCounts& counts, double confidence = usual_confidence);

/// The adjusted Wald interval (Rocks 2016, The American Statistician 70, 365-372): three answers
/// added, of them 3/4 promoters and 3/4 detractors. For weighted answers, whose counts are not
/// whole: shares and an effective n.
Interval nps_adjusted_wald(double promoter_share, double detractor_share, double effective_n,
                           double confidence = usual_confidence);

/// First less second of two independent groups. The interval combines the two score intervals
/// (square_and_add), so it keeps its width where all answers agree.
Difference nps_difference(const NpsCounts& first, const NpsCounts& second,
                          double confidence = usual_confidence);

/// Answers needed for an interval of +-margin (a fraction) when one answer has this variance:
/// (z / margin)^2 * variance, not rounded. 0.61 is a usual variance.
double nps_answers_needed(double margin, double variance, double confidence = usual_confidence);

}  // namespace kokemus::stats
