#pragma once

#include "base/instant.h"
#include "base/result.h"
#include "blueprint/blueprint.h"
#include "question/token_reader.h"

namespace kokemus::question {

/// What a date of the grammar covers.
struct Date {
    Instant start{};  ///< the instant, or the first of the day
    Instant after{};  ///< the instant, or the first of the next day

    bool is_day() const { return start != after; }
};

/// Takes a plain day of the blueprint's time zone, or an instant. Where the blueprint has a time
/// zone, a time of day must say its offset. Ends of days that no date can spell (before year 1,
/// after 9999) are moved to the nearest that one can.
Result<Date> parse_date(TokenReader& reader, const blueprint::Blueprint& blueprint);

}  // namespace kokemus::question
