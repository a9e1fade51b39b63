#pragma once

#include <cstdint>

namespace kokemus::stats {

/// Warning of a rise over what has been so far, with no level known beforehand: the sum of
/// x - mean so far - slack, as its height above its lowest point (Page 1954; Hinkley 1971,
/// Biometrika 58, 509-523). For a series too young to be standardised. The mean learns from the
/// rise too, so a slow one is forgiven: prefer a CUSUM as soon as a level is known.
class PageHinkley {
public:
    PageHinkley(double limit, double slack) : limit_(limit), slack_(slack) {}

    /// Takes in one value; true while in alarm. What is not finite is refused: nothing changes.
    bool add(double x);

    double value() const { return sum_ - lowest_; }

    bool alarm() const { return value() > limit_; }

private:
    double limit_;
    double slack_;
    std::uint64_t count_ = 0;
    double mean_ = 0;
    double sum_ = 0;
    double lowest_ = 0;
};

}  // namespace kokemus::stats
