#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "watch/series.h"

/// Whether a series has begun to go wrong.
namespace kokemus::watch {

struct Settings {
    double false_alarms = 1;  ///< a week, of all series together: the alarm budget
    int watched_days = 28;    ///< the newest, which are looked at
    int history_weeks = 26;   ///< before them, from which one knows what is usual
    double minimum = 10;      ///< answers for a value: days with fewer are put together
};

/// What was found in one series.
struct Watched {
    bool known = false;   ///< there is enough history
    std::string why_not;  ///< when there is not
    bool alarm = false;
    std::string chart;             ///< "cusum", or "bernoulli" of a share with few answers
    double sum = 0;                ///< of the chart, after the newest value
    double limit = 0;              ///< above it there is an alarm
    std::optional<Instant> since;  ///< when it began to rise, while it is above 0
    double usual = 0;              ///< the level that is usual on such days, since then
    double now = 0;                ///< the level since then; of the newest week while nothing rises
    double answers = 0;            ///< behind `now`
    bool small = false;            ///< in alarm, but the change is smaller than half a step
    std::optional<Instant> changed;  ///< the likeliest last change of the level (BOCPD)
    double changed_chance = 0;
    std::vector<double> z;  ///< of the watched values, bad upwards, for the picture
};

/// Levels less what is usual on that day of the week, over their usual deviation (which holds for
/// more spread than chance too), bad turned upwards; a cumulative sum of those of the watched days
/// (Page 1954). A share with fewer than ten answers a day is watched answer by answer instead
/// (Reynolds and Stoumbos 1999). `series` is how many are watched together: the limit keeps the
/// alarm budget over all.
Watched watched(const Series& of, const Settings& settings, std::size_t series);

}  // namespace kokemus::watch
