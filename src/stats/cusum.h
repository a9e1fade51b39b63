#pragma once

#include <cstdint>

/// Warning of a lasting rise, however small, as soon as it shows: the cumulative sum (Page 1954,
/// Biometrika 41, 100-115). Values must be standardised beforehand (0 and deviation 1 when all is
/// well: season, weekday and size of the day taken out). For a fall turn the sign; for both ways
/// keep two, which halves the run length.
namespace kokemus::stats {

/// C = max(0, C + z - reference), alarm at C > limit. Reference 1/2 looks for a rise by one
/// deviation; with limit 5 a false alarm comes every 931 values on average and a rise by one
/// deviation is seen after 10.4.
class Cusum {
public:
    explicit Cusum(double limit = 5, double reference = 0.5)
        : limit_(limit),
          reference_(reference) {}

    /// Takes in one value; true while in alarm. What is not finite is refused: nothing changes.
    bool add(double z);

    double value() const { return value_; }

    bool alarm() const { return value_ > limit_; }

    /// How many values the sum has been above 0: the best guess how long ago it began.
    std::uint64_t rising_for() const { return rising_for_; }

    /// Begins anew, after somebody has looked.
    void reset();

private:
    double limit_;
    double reference_;
    double value_ = 0;
    std::uint64_t rising_for_ = 0;
};

/// Values until the alarm, on average, when they are normal around `shift` with deviation 1: by
/// Brook and Evans's Markov chain (1972, Biometrika 59, 539-549) with 400 states. Good to 4 digits.
double cusum_run_length(double limit, double reference, double shift);

/// The same by Siegmund's approximation (1985, Sequential Analysis, p. 27): within 1 % or 2, at
/// once.
double cusum_run_length_near(double limit, double reference, double shift);

/// The limit at which a false alarm comes every `run_length` values on average; 0 for 1 or less.
/// `reference` > 0. Run lengths above 1e9 count as 1e9.
double cusum_limit(double run_length, double reference = 0.5);

/// The run length that each of so many series must have for at most so many false alarms of all
/// together in a period, when each has so many values in it: the alarm budget. At least 1.
double run_length_for_budget(double series, double values_per_period, double false_alarms);

}  // namespace kokemus::stats
