#pragma once

#include <cstdint>

#include "base/instant.h"
#include "base/random.h"

/// Days and hours of the sample organisation, two hours ahead of UTC all year. Times are plain
/// milliseconds since 1970 in UTC, days count from 1970-01-01 in local time.
namespace kokemus::sample {

using Millis = std::int64_t;

inline constexpr Millis second_ms = 1000;
inline constexpr Millis minute_ms = 60 * second_ms;
inline constexpr Millis hour_ms = 60 * minute_ms;
inline constexpr Millis day_ms = 24 * hour_ms;
inline constexpr Millis local_ms = 2 * hour_ms;

inline std::int64_t day_of(Millis time) {
    const Millis local = time + local_ms;
    return local >= 0 ? local / day_ms : -((-local + day_ms - 1) / day_ms);
}

/// 0 is Monday.
inline int weekday_of(std::int64_t day) {
    return static_cast<int>(((day + 3) % 7 + 7) % 7);
}

/// An hour of a local day; fractions are minutes.
inline Millis at_hour(std::int64_t day, double hour) {
    return day * day_ms - local_ms + static_cast<Millis>(hour * static_cast<double>(hour_ms));
}

/// The n-th working day after a day.
std::int64_t working_days_after(std::int64_t day, int count);

/// Month of a local day, 1 to 12.
int month_of(std::int64_t day);

bool is_winter(std::int64_t day);

/// `time` when people answer the phone then (working days, 8 to 18), else the next morning they do.
Millis office_time(Millis time, Random& random);

/// `time` when people are awake then (7 to 23), else later that day's morning.
Millis waking_time(Millis time, Random& random);

}  // namespace kokemus::sample
