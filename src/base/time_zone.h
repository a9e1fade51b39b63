#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"

namespace date {
class time_zone;
}

namespace kokemus {

/// The civil time of a place, from the machine's tz database. A small value; const and thread safe.
class TimeZone {
public:
    /// UTC.
    TimeZone() = default;

    /// By IANA name ("Europe/Helsinki"); empty is UTC. Fails with words when the machine's database
    /// has no such name.
    static Result<TimeZone> find(std::string_view name);

    /// The day on the calendar of this place at `time`.
    std::chrono::sys_days local_day(Instant time) const;

    /// The first instant of a calendar day (given as if it were UTC) at this place: midnight, or
    /// the end of the gap where the clocks jump over midnight.
    Instant start_of(std::chrono::sys_days local_day) const;

private:
    const date::time_zone* zone_ =
        nullptr;  ///< null: UTC; owned by the tz database for the life of the program
};

}  // namespace kokemus
