#pragma once

#include <cstdint>

/// Warning of a share that rises, answer by answer and without waiting for a day to be full
/// (Reynolds and Stoumbos 1999, Journal of Quality Technology 31, 87-108): the sum of the
/// logarithms of the likelihood ratios of `worse` against `usual`, never below 0.
namespace kokemus::stats {

/// The share of bad answers when all is well, and the one that shall be noticed. Both inside
/// (0, 1), `worse` above `usual`.
struct Shares {
    double usual = 0.1;
    double worse = 0.2;
};

class BernoulliCusum {
public:
    BernoulliCusum(const Shares& shares, double limit);

    /// Takes in one answer; true while in alarm.
    bool add(bool bad);

    double value() const { return value_; }

    bool alarm() const { return value_ > limit_; }

    /// How many answers the sum has been above 0: the best guess how long ago it began.
    std::uint64_t rising_for() const { return rising_for_; }

    void reset();

private:
    double up_;
    double down_;
    double limit_;
    double value_ = 0;
    std::uint64_t rising_for_ = 0;
};

/// Answers until the alarm, on average, when a share `is` of them is bad: by a Markov chain on at
/// most 400 levels of the sum, between which a step is shared out. Within 3 % where the two shares
/// are far apart; where they are close (a tenth more, say) up to 7 % too short, which errs to more
/// alarms than are counted on.
double bernoulli_cusum_run_length(const Shares& shares, double limit, double is);

/// The least limit, to 0.001, with a false alarm every `run_length` answers or more, on average.
/// Run lengths above 1e9 count as 1e9.
double bernoulli_cusum_limit(const Shares& shares, double run_length);

}  // namespace kokemus::stats
