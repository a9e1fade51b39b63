#include "timeline/periods.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/check.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t periods_max = 20'000;

sys_days first_day(sys_days day, question::Grain grain) {
    switch (grain) {
        case question::Grain::Day: break;
        case question::Grain::Week: return day - (std::chrono::weekday(day) - std::chrono::Monday);
        case question::Grain::Month: {
            const std::chrono::year_month_day date(day);
            return sys_days(date.year() / date.month() / std::chrono::day(1));
        }
    }
    return day;
}

sys_days next_first_day(sys_days day, question::Grain grain) {
    switch (grain) {
        case question::Grain::Day: return day + days(1);
        case question::Grain::Week: return day + days(7);
        case question::Grain::Month: break;
    }
    return first_day(day + days(31), question::Grain::Month);
}

}  // namespace

Result<Periods> Periods::make(const TimeZone& zone, question::Grain grain, std::int64_t first,
                              std::int64_t latest) {
    CHECK(first <= latest);
    Periods periods;
    sys_days day = first_day(zone.local_day(to_instant(first)), grain);
    const auto start_of = [&](sys_days local) {
        return zone.start_of(local).time_since_epoch().count();
    };
    periods.starts_.push_back(start_of(day));
    while (periods.starts_.back() <= latest) {
        if (periods.starts_.size() > periods_max) {
            return invalid_input(fmt::format(
                "the encounters from {} to {} span more than {} periods; ask by month, or name a "
                "shorter range",
                format_day(to_instant(first)),
                format_day(to_instant(latest)),
                periods_max));
        }
        day = next_first_day(day, grain);
        periods.starts_.push_back(start_of(day));
    }
    periods.index_steps(grain);
    return periods;
}

/// Steps of a sixth to a third of the shortest period.
void Periods::index_steps(question::Grain grain) {
    step_bits_ = grain == question::Grain::Day ? 24 : grain == question::Grain::Week ? 27 : 29;
    front_ = starts_.front();
    const std::int64_t step = std::int64_t{1} << step_bits_;
    Code period = 0;
    for (std::int64_t at = front_; at < starts_.back(); at += step) {
        while (at >= starts_[period + 1]) {
            ++period;
        }
        steps_.push_back(
            Step{period, static_cast<std::uint32_t>(std::min(starts_[period + 1] - at, step))});
        skips_ = skips_ || (period + 2 < starts_.size() && starts_[period + 2] < at + step);
    }
}

}  // namespace kokemus::timeline
