#pragma once

#include <string>
#include <vector>

#include "base/instant.h"
#include "metric/definition.h"
#include "metric/outcome.h"

/// A look-out that warns before a target is missed: series of a metric, day by day.
namespace kokemus::watch {

struct Day {
    Instant start{};
    metric::Outcome outcome;  ///< nothing where too much of the day is not decided yet
};

/// One series: a metric, of all or of those with one value of a field.
struct Series {
    std::string metric;
    std::string by;     ///< a field; empty: of all
    std::string value;  ///< of the field
    metric::Unit unit = metric::Unit::Score;
    bool high_is_good = true;
    std::vector<Day> days;  ///< every day in order, those without answers too
    std::string question;   ///< that shows it: a trend
};

}  // namespace kokemus::watch
