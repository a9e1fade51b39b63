#pragma once

#include <cstdint>

#include "stats/moments.h"

namespace kokemus::stats {

/// Moments of two values that belong to one subject (x before, y after), with how they move
/// together. One pass, mergeable, large offsets do no harm: as Moments (Welford 1962; Chan, Golub,
/// LeVeque 1983; Pébay 2008 for the cross term).
class PairedMoments {
public:
    /// Takes in one subject. When either value is not finite nothing changes and false comes back.
    bool add(double x, double y);

    void merge(const PairedMoments& other);

    std::uint64_t count() const { return x_.count(); }

    const Moments& x() const { return x_; }

    const Moments& y() const { return y_; }

    /// Sum of the products of the deviations from both means.
    double products() const { return products_; }

    /// From sufficient statistics counted elsewhere. Both must be of the same subjects.
    static PairedMoments from(const Moments& x, const Moments& y, double products);

    /// Unbiased covariance; 0 for fewer than two subjects.
    double covariance() const;

    /// Pearson's; 0 when either does not vary.
    double correlation() const;

private:
    Moments x_, y_;
    double products_ = 0;
};

}  // namespace kokemus::stats
