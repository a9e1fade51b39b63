#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kokemus {

using Milliseconds = std::chrono::milliseconds;

/// A point in time, UTC, to the millisecond; negative before 1970.
using Instant = std::chrono::sys_time<Milliseconds>;

/// The half-open range [from, to).
struct TimeRange {
    Instant from = Instant::min();
    Instant to = Instant::max();

    bool contains(Instant time) const { return from <= time && time < to; }

    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// Reads RFC 3339 ("2026-01-02T03:04:05.678Z", "2026-01-02 03:04:05+02:00", "2026-01-02") and Unix
/// seconds or, of more than 11 digits, milliseconds. Without an offset it is UTC. Fails with the
/// text and what to write instead; years outside 1..9999 and impossible dates are refused.
Result<Instant> parse_instant(std::string_view text);

/// "2026-01-02T03:04:05Z", with ".678" only when the milliseconds are not zero.
std::string format_instant(Instant time);

/// "2026-01-02"
std::string format_day(Instant time);

/// Reads "250ms", "30s", "5m", "1.5h", "3d", "2w", and words: "3 days", "1 hour"; also "0". A month
/// is not a duration and is refused with words.
Result<Milliseconds> parse_duration(std::string_view text);

/// Two units at most, for people: "3 h 20 min"; "0 s" for zero, minus sign U+2212 when negative.
std::string format_duration(Milliseconds duration);

}  // namespace kokemus
