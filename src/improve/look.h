#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "improve/effect.h"
#include "improve/improvement.h"

/// One look at an improvement, and what may be said after it.
namespace kokemus::improve {

/// Of an earlier look what later ones need.
struct PastLook {
    std::int64_t number = 0;    ///< of its entry in the record
    std::uint64_t ordinal = 0;  ///< the how-manieth it was
    Instant at{};
    Instant until{};
    double estimate = 0;
    double standard_error = 0;
    std::uint64_t n = 0;
    bool enough = false;
    stats::Verdict verdict = stats::Verdict::NotYetKnown;

    friend bool operator==(const PastLook&, const PastLook&) = default;
};

/// What a verdict is read against; fixed when the improvement was registered.
struct Plan {
    Design design = Design::BeforeAfter;
    Grade grade = Grade::Weak;
    std::uint64_t planned_n = 0;  ///< where the interval of all looks is narrowest

    friend bool operator==(const Plan&, const Plan&) = default;
};

struct Look {
    Instant until{};  ///< nothing later was counted
    Effect effect;
    std::uint64_t looks = 0;  ///< this one too
    /// Of all looks so far: it holds the truth at every one of them with the confidence 1 - alpha.
    stats::Interval always;
    stats::Verdict verdict = stats::Verdict::NotYetKnown;
    std::string why;  ///< of the verdict, in words
    /// So many more of what is counted would decide; nothing when that cannot be said.
    std::optional<std::uint64_t> more_needed;
    double chance_worthwhile = 0;  ///< that the effect is at least the least worthwhile one
    double chance_any = 0;         ///< that there is any of the kind hoped for
    /// The estimate drawn to 0 as chance has made it large: what to promise on (winner's curse).
    double shrunken = 0;
};

/// What may be said: by the interval of all looks (asymptotic confidence sequence) and the least
/// worthwhile change. A check that failed, or looks that contradict each other, make "confirmed"
/// "not yet known"; groups that something else than the lot has sorted make everything so.
Look judged(const Effect& effect, const Registration& registration, const Plan& plan,
            std::span<const PastLook> before);

}  // namespace kokemus::improve
