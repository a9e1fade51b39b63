#include "stats/cuped.h"

#include <algorithm>

#include "stats/mean.h"

namespace kokemus::stats {

double cuped_theta(const PairedMoments& before_and_after) {
    const double spread = before_and_after.x().squared_deviations();
    return spread > 0 ? before_and_after.products() / spread : 0.0;
}

Moments cuped_adjusted(const PairedMoments& before_and_after, double theta, double centre) {
    const Moments& x = before_and_after.x();
    const Moments& y = before_and_after.y();
    const double squares = y.squared_deviations() - 2 * theta * before_and_after.products() +
                           theta * theta * x.squared_deviations();
    return Moments::from(y.count(), y.mean() - theta * (x.mean() - centre), squares);
}

std::optional<CupedDifference> cuped_difference(const PairedMoments& first,
                                                const PairedMoments& second, double confidence) {
    CupedDifference result;
    const double spread = first.x().squared_deviations() + second.x().squared_deviations();
    if (spread > 0) {
        result.theta = (first.products() + second.products()) / spread;
    }
    Moments all = first.x();
    all.merge(second.x());
    const Moments adjusted_first = cuped_adjusted(first, result.theta, all.mean());
    const Moments adjusted_second = cuped_adjusted(second, result.theta, all.mean());
    const auto difference = welch(adjusted_first, adjusted_second, confidence);
    if (!difference) {
        return std::nullopt;
    }
    result.difference = *difference;
    const double before = first.y().squared_deviations() + second.y().squared_deviations();
    const double after = adjusted_first.squared_deviations() + adjusted_second.squared_deviations();
    result.variance_left = before > 0 ? std::min(1.0, after / before) : 1.0;
    return result;
}

}  // namespace kokemus::stats
