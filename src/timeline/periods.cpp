#include "timeline/periods.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string_view>

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

std::string_view name_of(question::Grain grain) {
    switch (grain) {
        case question::Grain::Day: return "days";
        case question::Grain::Week: return "weeks";
        case question::Grain::Month: break;
    }
    return "months";
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
                "the encounters from {} to {} span more than {} {}; {}",
                format_day(to_instant(first)),
                format_day(to_instant(latest)),
                periods_max,
                name_of(grain),
                grain == question::Grain::Month
                    ? "such times are no times of encounters: name a range, as `from 1990-01-01`"
                    : "ask by month, or name a shorter range"));
        }
        day = next_first_day(day, grain);
        periods.starts_.push_back(start_of(day));
    }
    periods.index_steps(grain);
    periods.find_shifts(grain);
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

/// In the half period before a shifted beginning and in all of the period before that, the formulas
/// of before and after the shift agree, so it does not matter when exactly one takes over.
void Periods::find_shifts(question::Grain grain) {
    if (grain == question::Grain::Month) {
        return;
    }
    const std::int64_t length = Milliseconds(days(grain == question::Grain::Week ? 7 : 1)).count();
    while ((starts_.back() - front_) >> coarse_bits_ > INT32_MAX) {
        ++coarse_bits_;
    }
    std::int64_t late = 0;
    for (std::size_t i = 1; i < starts_.size(); ++i) {
        const std::int64_t shift = starts_[i] - starts_[i - 1] - length;
        late = std::max(late, std::abs(shift));
        if (shift != 0) {
            const std::int64_t from = (starts_[i] - length / 2 - front_) >> coarse_bits_;
            shifts_.push_back(Shift{
                static_cast<std::int32_t>(from),
                static_cast<float>(static_cast<double>(shift) / static_cast<double>(length))});
        }
    }
    const double step =
        std::ldexp(1.0, static_cast<int>(coarse_bits_)) / static_cast<double>(length);
    periods_per_step_ = static_cast<float>(step);
    // Of a place, a dozen operations on floats of 24 bits may lose a part in 2^20.
    margin_ = static_cast<float>(step + static_cast<double>(starts_.size()) * 0x1p-20);
    is_even_ = shifts_.size() <= shifts_max && late <= length / 4;
}

}  // namespace kokemus::timeline
