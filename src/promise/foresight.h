#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/instant.h"
#include "question/given_promises.h"
#include "stats/calibration.h"
#include "stats/confidence.h"
#include "stats/estimate.h"

/// Which open promises will break, from how the others were kept.
namespace kokemus::promise {

/// From where time is counted: from when a promise was given, which is right where the work begins
/// then (a parcel, a repair), or towards its due, which is right where it is done at the due (an
/// appointment). Whichever foretold the past better is taken.
enum class Clock { SinceGiven, UntilDue };

/// One open promise.
struct AtStake {
    std::size_t row = 0;  ///< in GivenPromises::rows
    double chance = 0;    ///< that it is not kept by its due
    stats::Interval interval;
    std::uint64_t n = 0;  ///< promises that had been open for as long
};

/// What the same way of foretelling would have said of promises whose end is known by now.
struct Trial {
    Milliseconds lead{};  ///< how long before the due it was asked
    std::uint64_t promises = 0;
    std::uint64_t broken = 0;                       ///< of these, not kept by their due
    std::optional<stats::Calibration> calibration;  ///< none when all ended alike
    /// Of those given a chance of half and more: how many there were, and how many broke
    std::uint64_t called = 0;
    std::uint64_t called_broken = 0;

    /// Good enough to act on: stats::Calibration::good with at least `broken_min` broken ones.
    bool good() const;

    static constexpr std::uint64_t broken_min = 20;
};

struct Foresight {
    Clock clock = Clock::SinceGiven;
    std::uint64_t decided = 0;  ///< promises it has learned from
    Trial trial;
    std::vector<AtStake> open;          ///< likeliest to break first; of equals the one due first
    std::uint64_t untold = 0;           ///< open ones of which nothing can be said yet
    double expected = 0;                ///< of `open`, how many will break
    stats::Interval expected_interval;  ///< as if each broke by itself, its chance being right
};

/// The chance of each open promise to break, from the keeping curve (keeping_curve.h) of the others
/// of its group, or of all where the group has fewer than 100 keepings: the share not kept by the
/// due among those not kept for as long.
///
/// The trial learns from what was known when 70 % of the decided promises had been given, and is
/// asked, `lead` before their dues, of those given later. Both clocks are tried; the better Brier
/// score decides. `lead` empty: a day, or a quarter of the usual time a promise gives when that is
/// below two days. Nothing can be said (`decided` 0) before a promise is kept. n log n.
Foresight foresee(const question::GivenPromises& given,
                  const std::optional<Milliseconds>& lead = std::nullopt,
                  double confidence = stats::usual_confidence);

}  // namespace kokemus::promise
