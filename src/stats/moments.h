#pragma once

#include <cstdint>

namespace kokemus::stats {

/// Count, mean and sum of squared deviations, one pass (Welford 1962), mergeable (Chan, Golub, LeVeque 1983).
/// Large offsets do no harm. Merge order changes the last bits only; engines merge in a fixed order.
class Moments {
public:
    void add(double value);
    void merge(const Moments& other);

    std::uint64_t count() const { return count_; }
    double mean() const { return mean_; }
    double sum() const { return mean_ * static_cast<double>(count_); }

    /// Unbiased variance; 0 for fewer than two values.
    double variance() const;

    /// From sufficient statistics counted elsewhere: n, mean, and the sum of squared deviations from it.
    static Moments from(std::uint64_t count, double mean, double squared_deviations);

private:
    std::uint64_t count_ = 0;
    double mean_ = 0;
    double squared_deviations_ = 0;
};

}  // namespace kokemus::stats
