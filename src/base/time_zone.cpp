#include "base/time_zone.h"

#include <stdexcept>

#include <date/tz.h>
#include <fmt/format.h>

namespace kokemus {

Result<TimeZone> TimeZone::find(std::string_view name) {
    TimeZone found;
    if (name.empty() || name == "UTC") {
        return found;
    }
    try {
        found.zone_ = date::locate_zone(std::string(name));
    } catch (const std::runtime_error& error) {
        return Error{ErrorCode::InvalidInput,
                     fmt::format("time zone \"{}\" is not known; write an IANA name such as "
                                 "\"Europe/Helsinki\", or \"UTC\"",
                                 name),
                     error.what()};
    }
    return found;
}

std::chrono::sys_days TimeZone::local_day(Instant time) const {
    if (zone_ == nullptr) {
        return std::chrono::floor<std::chrono::days>(time);
    }
    const auto local = zone_->to_local(time);
    return std::chrono::sys_days(std::chrono::floor<std::chrono::days>(local.time_since_epoch()));
}

Instant TimeZone::start_of(std::chrono::sys_days local_day) const {
    if (zone_ == nullptr) {
        return Instant(local_day);
    }
    const date::local_time<Milliseconds> midnight{Milliseconds(local_day.time_since_epoch())};
    // Of a doubled midnight the first; for one that does not exist `earliest` gives the end of the
    // gap.
    return zone_->to_sys(midnight, date::choose::earliest);
}

}  // namespace kokemus
