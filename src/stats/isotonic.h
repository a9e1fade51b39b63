#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kokemus::stats {

/// A curve that never falls and comes nearest to the outcomes (pool adjacent violators: Ayer,
/// Brunk, Ewing, Reid and Silverman 1955, Annals of Mathematical Statistics 26, 641-647). For
/// recalibrating predicted probabilities when there are 1000 events or more; with fewer it learns
/// chance.
class Isotonic {
public:
    /// Equal predictions share one value. Pairs that are not finite are left out; `weights` may be
    /// empty.
    Isotonic(std::span<const double> predicted, std::span<const double> outcomes,
             std::span<const double> weights = {});

    /// Between the points on a straight line, beyond them level; 0 when there was nothing to learn.
    double operator()(double predicted) const;

    std::size_t levels() const { return values_.size(); }

private:
    // Of each level its least and greatest prediction and its value; all rising.
    std::vector<double> from_;
    std::vector<double> to_;
    std::vector<double> values_;
};

}  // namespace kokemus::stats
