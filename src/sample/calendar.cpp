#include "sample/calendar.h"

namespace kokemus::sample {

std::int64_t working_days_after(std::int64_t day, int count) {
    while (count > 0) {
        ++day;
        if (weekday_of(day) < 5) {
            --count;
        }
    }
    return day;
}

int month_of(std::int64_t day) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    return static_cast<int>(static_cast<unsigned>(date.month()));
}

bool is_winter(std::int64_t day) {
    const int month = month_of(day);
    return month == 12 || month <= 2;
}

Millis office_time(Millis time, Random& random) {
    std::int64_t day = day_of(time);
    const bool is_open = weekday_of(day) < 5 && time >= at_hour(day, 8) && time < at_hour(day, 18);
    if (is_open) {
        return time;
    }
    if (time >= at_hour(day, 8) || weekday_of(day) >= 5) {
        day = working_days_after(day, 1);
    }
    return at_hour(day, random.uniform(8, 11));
}

Millis waking_time(Millis time, Random& random) {
    const std::int64_t day = day_of(time);
    if (time < at_hour(day, 7)) {
        return at_hour(day, random.uniform(7, 10));
    }
    if (time >= at_hour(day, 23)) {
        return at_hour(day + 1, random.uniform(7, 10));
    }
    return time;
}

}  // namespace kokemus::sample
