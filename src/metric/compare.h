#pragma once

#include <optional>
#include <string_view>

#include "metric/value.h"
#include "stats/difference.h"

namespace kokemus::metric {

/// A value held against a target.
enum class Verdict {
    Met,        ///< the whole interval is at the target or better
    Missed,     ///< the whole interval falls short of it
    Unclear,    ///< the target lies within the interval: it cannot be told
    NotEnough,  ///< too few answers
    NoTarget,
};

/// "met", "missed", "unclear", "not enough", "none"
std::string_view name_of(Verdict verdict);

Verdict against_target(const Value& value, std::optional<double> target, bool high_is_good);

/// One value less another of the same definition, from two groups of different customers or
/// answers.
struct Change {
    double estimate = 0;
    stats::Interval interval;
    Unit unit = Unit::Share;

    bool beyond_chance() const { return interval.low > 0 || interval.high < 0; }
};

/// `now` less `before`, by square-and-add (stats/difference.h): Newcombe's for shares, the score
/// intervals' for NPS. Nothing when either has too few answers. Both must be of one unit and
/// confidence.
std::optional<Change> change(const Value& now, const Value& before);

/// What a change says.
enum class Course {
    Better,
    Worse,
    Same,     ///< the interval holds 0 and lies within `half_step` of it
    Unknown,  ///< the interval holds 0 and more than that
};

/// "better", "worse", "same", "unknown"
std::string_view name_of(Course course);

Course course(const Change& change, bool high_is_good);

/// The least change worth a word, half of which either way counts as none: 1 of experience and of
/// scores, 10 points, 0.1 of a share; rates have none (0).
double step(Unit unit);

}  // namespace kokemus::metric
