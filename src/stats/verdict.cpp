#include "stats/verdict.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/normal.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

constexpr double more_max = 1e15;  // beyond it "never" is the honest word

Verdict verdict_of(const Estimate& effect, const Wish& wish, double smallest) {
    const Interval& interval = effect.interval;
    const bool confirmed = wish.proof == Proof::LimitAboveSmallest
                               ? interval.low > smallest
                               : interval.low > 0 && effect.estimate >= smallest;
    if (confirmed) {
        return Verdict::Confirmed;
    }
    if (interval.high < smallest) {
        const bool within = interval.low > -smallest && interval.high > 0;
        return within ? Verdict::TooSmall : Verdict::Refuted;
    }
    return Verdict::NotYetKnown;
}

/// How far the limit that decides may lie from the estimate.
double half_width_that_decides(const Estimate& effect, const Wish& wish, double smallest) {
    if (effect.estimate < smallest) {
        return smallest - effect.estimate;
    }
    return wish.proof == Proof::LimitAboveSmallest ? effect.estimate - smallest : effect.estimate;
}

}  // namespace

Finding find(const Estimate& effect, const Wish& wish) {
    Finding finding;
    if (!effect.enough || effect.n == 0) {
        return finding;
    }
    const double smallest = std::max(0.0, wish.smallest_worthwhile);
    finding.verdict = verdict_of(effect, wish, smallest);
    if (finding.verdict != Verdict::NotYetKnown) {
        finding.more_needed = 0;
        return finding;
    }
    const double wanted = half_width_that_decides(effect, wish, smallest);
    const double half = effect.estimate < smallest ? effect.interval.high - effect.estimate
                                                   : effect.estimate - effect.interval.low;
    const double times = half / wanted;
    const double more = static_cast<double>(effect.n) * (times * times - 1);
    if (more < more_max) {  // false for infinite and for what is not a number
        // A hair above a whole number by rounding must not cost one more.
        const double whole = std::ceil(more * (1 - 1e-12));
        finding.more_needed = static_cast<std::uint64_t>(std::max(1.0, whole));
    }
    return finding;
}

double chance_above(double level, double estimate, double standard_error) {
    if (!(standard_error > 0)) {
        return estimate > level ? 1.0 : (estimate < level ? 0.0 : 0.5);
    }
    const boost::math::normal_distribution<double, InDoubles> normal(estimate, standard_error);
    return boost::math::cdf(boost::math::complement(normal, level));
}

}  // namespace kokemus::stats
