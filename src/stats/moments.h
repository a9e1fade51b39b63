#pragma once

#include <cmath>
#include <cstdint>

namespace kokemus::stats {

/// Count, mean and sum of squared deviations, one pass (Welford 1962), mergeable (Chan, Golub,
/// LeVeque 1983). Large offsets do no harm. Merge order changes the last bits only; engines merge
/// in a fixed order.
class Moments {
public:
    /// Takes in one value. One that is not finite is refused: nothing changes and false comes back.
    bool add(double value) {
        if (!std::isfinite(value)) {
            return false;
        }
        ++count_;
        const double deviation = value - mean_;
        mean_ += deviation / static_cast<double>(count_);
        squared_deviations_ += deviation * (value - mean_);
        return true;
    }

    void merge(const Moments& other);

    /// What is left when `part`, which was merged in, is taken out again: the others. Loses digits
    /// when little is left of much; empty when nothing is left.
    Moments without(const Moments& part) const;

    std::uint64_t count() const { return count_; }

    double mean() const { return mean_; }

    double sum() const { return mean_ * static_cast<double>(count_); }

    /// Sum of squared deviations from the mean; with `count` and `mean` all there is to know.
    double squared_deviations() const { return squared_deviations_; }

    /// Unbiased variance; 0 for fewer than two values.
    double variance() const;

    /// From sufficient statistics counted elsewhere: n, mean, and the sum of squared deviations
    /// from it (a little below 0 by rounding counts as 0). A count of 0 gives empty moments
    /// whatever the rest says.
    static Moments from(std::uint64_t count, double mean, double squared_deviations);

    friend bool operator==(const Moments&, const Moments&) = default;

private:
    std::uint64_t count_ = 0;
    double mean_ = 0;
    double squared_deviations_ = 0;
};

}  // namespace kokemus::stats
