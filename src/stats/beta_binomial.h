#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/random.h"
#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/share_count.h"

namespace kokemus::stats {

/// How the true shares of comparable units spread: Beta(a, b).
struct BetaPrior {
    double a = 0;
    double b = 0;
    double log_likelihood = 0;  ///< without the binomial coefficients

    double mean() const { return a / (a + b); }

    /// So many answers of its own a unit needs to count as much as the others do.
    double weight() const { return a + b; }
};

/// The weight at which the search ends: the units do not differ more than chance makes them.
inline constexpr double prior_weight_max = 1e6;

/// The prior under which what was counted is most likely: maximises sum of ln B(k + a, n - k + b) -
/// ln B(a, b) (Skellam 1948, JRSS B 10, 257-261). A weight at prior_weight_max says that there is
/// no evidence that the units differ. Nothing with fewer than two units that have answers, or when
/// all answers agree (nothing tells how the shares spread).
std::optional<BetaPrior> beta_prior(std::span<const ShareCount> units);

/// What is believed of one unit's true share, given the prior: Beta(k + a, n - k + b).
class ShrunkenShare {
public:
    ShrunkenShare(const ShareCount& unit, const BetaPrior& prior);

    double estimate() const { return a_ / (a_ + b_); }
    double deviation() const;

    /// The share that it exceeds with this probability: the key to sort a league by.
    double lower(double probability = usual_confidence) const;
    Interval interval(double confidence = usual_confidence) const;

    /// Probability that the true share is above `share`.
    double above(double share) const;

    /// A value of the true share as it is believed to be, for posterior_ranks: from two gamma
    /// variates (Marsaglia and Tsang 2000, ACM TOMS 26, 363-372).
    double draw(Random& random) const;

private:
    double a_ = 0;
    double b_ = 0;
};

}  // namespace kokemus::stats
