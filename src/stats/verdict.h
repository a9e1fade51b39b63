#pragma once

#include <cstdint>
#include <optional>

#include "stats/estimate.h"

/// What an interval says of an effect that was hoped for: by its limits and the smallest effect
/// that is worth anything, never by a p-value (Schuirmann 1987 for "too small"; Kruschke 2018 for
/// deciding by limits). The wish is upward: turn the sign of what shall fall.
namespace kokemus::stats {

enum class Verdict {
    Confirmed,    ///< there, and worth it
    Refuted,      ///< less than what is worth anything, and perhaps harm
    TooSmall,     ///< whatever there is, either way, is smaller than what is worth anything
    NotYetKnown,  ///< the interval leaves room for more than one of these
};

/// When an effect counts as confirmed. Chosen before the first look.
enum class Proof {
    LimitAboveSmallest,  ///< the lower limit is above the smallest worthwhile effect
    LimitAboveNothing,   ///< the lower limit is above 0 and the estimate reaches the smallest
};

struct Wish {
    double smallest_worthwhile = 0;  ///< below 0 counts as 0
    Proof proof = Proof::LimitAboveSmallest;
};

struct Finding {
    Verdict verdict = Verdict::NotYetKnown;
    /// How many more (of what n counts) would decide, were the estimate to stay as it is and the
    /// interval to narrow as 1 / sqrt(n). 0 when it is decided; nothing when no number would: the
    /// estimate lies on the limit itself, or there is nothing yet to go by.
    std::optional<std::uint64_t> more_needed;
};

/// Reads an interval that n subjects gave. `enough` false is "not yet known".
///
/// Confirmed as the wish says. Else, the upper limit below the smallest worthwhile effect: too
/// small when the interval also lies above minus that effect and reaches above 0, refuted
/// otherwise. Else not yet known. With a smallest worthwhile effect of 0 there is no "too small".
Finding find(const Estimate& effect, const Wish& wish);

/// The chance that the effect is above `level`, with a normal estimate and no opinion before.
/// 0 or 1 without an error; a half at the level itself.
double chance_above(double level, double estimate, double standard_error);

}  // namespace kokemus::stats
