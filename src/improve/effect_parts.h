#pragma once

#include <optional>
#include <span>
#include <vector>

#include "improve/effect.h"

/// What the designs share; for effect_*.cpp alone.
namespace kokemus::improve {

/// An effect of which nothing is known yet but what it counts.
Effect begun(Design design, std::string counted);

/// The levels of all weeks; nothing when one of them has no answers.
std::optional<std::vector<double>> levels_of(std::span<const Outcome> weeks);

/// The sum of some weeks.
Outcome sum_of(std::span<const Outcome> weeks);

/// The sums, week by week, of the units that ever start, or of those that never do.
enum class Which { Start, NeverStart };
std::vector<Outcome> together(const Weekly& weekly, Which which);

/// The picture: those that start against those that do not.
std::vector<EffectWeek> picture(const Weekly& weekly);

/// Whether the two kinds had begun to part before the start: the first half of the weeks before
/// against the second, by unit where there are 4 and 4, else by week.
Check pre_trend(const Weekly& weekly, const Registration& registration);

/// Difference in differences of two groups of customers, where no units are named.
Effect effect_of_people(const Arms& arms, const Registration& registration);

}  // namespace kokemus::improve
