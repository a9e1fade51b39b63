#pragma once

#include <cstdint>

namespace kokemus::stats {

/// The exponentially weighted moving average of standardised values with its control limit (Roberts
/// 1959, Technometrics 1, 239-250; Lucas and Saccucci 1990, Technometrics 32, 1-29). A smooth line
/// for the picture; slower than a CUSUM at a rise by one deviation.
class Ewma {
public:
    /// `weight` in (0, 1] is that of the newest value; `width` counts the average's deviations.
    explicit Ewma(double weight = 0.2, double width = 2.86) : weight_(weight), width_(width) {}

    /// Takes in one value; true when the average lies beyond the limit, on either side. What is not
    /// finite is refused: nothing changes.
    bool add(double z);

    double value() const { return value_; }

    /// The limit after so many values as there were: width * sqrt(w / (2 - w) (1 - (1 - w)^2n)).
    /// 0 before the first.
    double limit() const;

    bool alarm() const { return value_ > limit() || value_ < -limit(); }

private:
    double weight_;
    double width_;
    double value_ = 0;
    std::uint64_t count_ = 0;
};

}  // namespace kokemus::stats
