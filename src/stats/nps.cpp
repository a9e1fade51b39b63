#include "stats/nps.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {
namespace {

/// Numerator and variance of the score statistic T = numerator / sqrt(variance) at one value.
struct Score {
    double numerator = 0;
    double variance = 0;
};

/// T(x) = (P - D - n x) / sqrt(n (2 q + x (1 - x))), q the detractors' share that is most likely
/// when the true score is x.
Score score_at(double x, const NpsCounts& counts) {
    const auto n = static_cast<double>(counts.n());
    const auto promoters = static_cast<double>(counts.promoters);
    const auto detractors = static_cast<double>(counts.detractors);
    // 1. q solves A q^2 + B q + C = 0.
    const double a = 2 * n;
    const double b = -promoters - detractors + (2 * n - promoters + detractors) * x;
    const double c = -detractors * x * (1 - x);
    const double q = (std::sqrt(std::max(0.0, b * b - 4 * a * c)) - b) / (2 * a);
    // 2. The statistic's two parts; rounding must not push the variance below 0.
    return Score{promoters - detractors - n * x, std::max(0.0, n * (2 * q + x * (1 - x)))};
}

/// 3. The value between `inside` (the estimate) and `end` (-1 or 1) where |T| = z. T is monotone:
/// beyond the root |T| > z up to the end, where the variance is 0.
double limit_towards(double end, const NpsCounts& counts, double z) {
    double inside = nps(counts);
    if (inside == end) {
        return end;
    }
    double outside = end;
    for (int step = 0; step < 100; ++step) {
        const double middle = (inside + outside) / 2;
        if (middle == inside || middle == outside) {
            break;
        }
        const Score score = score_at(middle, counts);
        const bool rejected = std::abs(score.numerator) > z * std::sqrt(score.variance);
        (rejected ? outside : inside) = middle;
    }
    return (inside + outside) / 2;
}

}  // namespace

double nps(const NpsCounts& counts) {
    if (counts.n() == 0) {
        return 0;
    }
    const double lead =
        static_cast<double>(counts.promoters) - static_cast<double>(counts.detractors);
    return lead / static_cast<double>(counts.n());
}

double nps_standard_error(const NpsCounts& counts) {
    if (counts.n() == 0) {
        return 0;
    }
    const auto n = static_cast<double>(counts.n());
    const double decided = static_cast<double>(counts.promoters + counts.detractors) / n;
    const double score = nps(counts);
    return std::sqrt(std::max(0.0, decided - score * score) / n);
}

Interval nps_tango(const NpsCounts& counts, double confidence) {
    if (counts.n() == 0) {
        return Interval{-1, 1};
    }
    const double z = two_sided_z(confidence);
    return Interval{limit_towards(-1, counts, z), limit_towards(1, counts, z)};
}

Interval nps_adjusted_wald(double promoter_share, double detractor_share, double effective_n,
                           double confidence) {
    const double n = effective_n + 3;
    const double promoters = (promoter_share * effective_n + 0.75) / n;
    const double detractors = (detractor_share * effective_n + 0.75) / n;
    const double centre = promoters - detractors;
    const double half =
        two_sided_z(confidence) * std::sqrt((promoters + detractors - centre * centre) / n);
    return Interval{std::max(-1.0, centre - half), std::min(1.0, centre + half)};
}

Difference nps_difference(const NpsCounts& first, const NpsCounts& second, double confidence) {
    Difference difference;
    difference.estimate = nps(first) - nps(second);
    difference.interval = square_and_add(
        nps(first), nps_tango(first, confidence), nps(second), nps_tango(second, confidence));
    difference.standard_error = std::hypot(nps_standard_error(first), nps_standard_error(second));
    if (difference.standard_error > 0) {
        difference.statistic = difference.estimate / difference.standard_error;
        difference.p_value = two_sided_p(difference.statistic);
    }
    return difference;
}

double nps_answers_needed(double margin, double variance, double confidence) {
    const double z = two_sided_z(confidence);
    return z * z * variance / (margin * margin);
}

}  // namespace kokemus::stats
