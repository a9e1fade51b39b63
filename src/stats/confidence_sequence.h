#pragma once

#include <cstdint>

#include "stats/confidence.h"
#include "stats/estimate.h"

/// Intervals that hold at every look. One looks at numbers as they come and stops when they please;
/// a usual interval then misses far more often than it says (a fifth of "findings" in twenty looks
/// at nothing), these do not.
///
/// Asymptotic confidence sequence (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas 2021/2024,
/// arXiv 2103.06476, theorem 2.2 and appendix for rho): for a mean, a difference of two, a weighted
/// or adjusted estimate with a standard error that n subjects gave. It is narrowest about the n
/// that was planned. It is asymptotic: begin to look at some thirty subjects a group.
namespace kokemus::stats {

/// What takes the place of z when one may look at any time: the half width is this times the
/// standard error of n subjects,
/// sqrt(2 (n rho^2 + 1) / (n rho^2) * ln(sqrt(n rho^2 + 1) / alpha)),
/// rho^2 = (-2 ln alpha + ln(-2 ln alpha + 1)) / planned_n. Infinite at n = 0; a `planned_n` of 0
/// counts as 1.
double sequence_z(std::uint64_t n, std::uint64_t planned_n, double confidence = usual_confidence);

/// The looks at one comparison so far. What any look ruled out stays ruled out.
class ConfidenceSequence {
public:
    explicit ConfidenceSequence(std::uint64_t planned_n, double confidence = usual_confidence)
        : planned_n_(planned_n),
          confidence_(confidence) {}

    /// Looks at an estimate with the standard error that n subjects gave it. A look whose numbers
    /// are not finite, or whose error is not above 0, is refused: false, and nothing changes.
    bool look(double estimate, double standard_error, std::uint64_t n);

    /// What all looks leave; everything before the first. When a look contradicts what was ruled
    /// out before (the thing measured has changed meanwhile, or the one unlucky case in twenty),
    /// this is the point nearest to it and `contradicted` is true from then on.
    const Interval& interval() const { return interval_; }

    bool contradicted() const { return contradicted_; }

    std::uint64_t looks() const { return looks_; }

private:
    std::uint64_t planned_n_;
    double confidence_;
    Interval interval_ = everything();
    bool contradicted_ = false;
    std::uint64_t looks_ = 0;

    static Interval everything();
};

}  // namespace kokemus::stats
