#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "metric/definition.h"
#include "metric/value.h"
#include "question/counts.h"
#include "stats/consistency.h"
#include "stats/posterior_rank.h"

namespace kokemus::metric {

/// Units a league may have: each rank is drawn 4,000 times.
inline constexpr std::size_t league_units_max = 500;

/// A unit as it was counted, wholly and in strata (`LeagueCounts::strata` of them).
struct LeagueUnitCounts {
    std::string name;
    question::MetricCounts whole;
    std::vector<question::MetricCounts> of_strata;
};

/// What a league is made of.
struct LeagueCounts {
    std::vector<LeagueUnitCounts> units;
    std::size_t strata = 0;  ///< 0: as measured; else adjusted for the mix of their cases
    /// Units are single people: nobody is ranked whose reliability is below
    /// stats::reliability_needed.
    bool are_people = false;
    std::uint64_t seed = 0;  ///< of the draws that give the ranks
};

/// Where chance alone would leave a unit of its size, in the metric's unit.
struct LeagueFunnel {
    double z = 0;
    stats::Interval limits;  ///< around the value of all, widened for overdispersion
    bool beyond = false;
};

struct LeagueUnit {
    std::string name;
    Value measured;
    std::optional<Value> adjusted;  ///< as it would be with the cases that all have
    Value shrunken;                 ///< drawn towards all the more, the less its answers say
    double above = 0;               ///< probability that its true value is above that of all
    double reliability = 0;         ///< 0..1: how much of what it shows is the unit and not chance
    std::optional<stats::PosteriorRank> rank;  ///< 1 is the best; none: not ranked, `why_no_rank`
    std::string why_no_rank;
    LeagueFunnel funnel;
    std::optional<double> deviation;  ///< of single answers within the unit; of means and NPS
};

/// Units compared as far as they can be (Goldstein and Spiegelhalter 1996): estimates drawn
/// together, ranks with intervals, and the picture without ranks beside it.
struct League {
    double all = 0;                ///< the value of all units together
    bool differ = false;           ///< there is evidence that the units differ at all
    double between_deviation = 0;  ///< of the units' true values
    double within_deviation = 0;   ///< of single answers around their unit's value
    double overdispersion = 0;     ///< mean z^2 of the funnel: 1 when only chance is at work
    std::optional<double> answers_needed;  ///< for a reliability of stats::reliability_needed
    /// Best first by expected rank; those without a rank last, by name
    std::vector<LeagueUnit> units;
    /// Runs of ranked units that cannot be told apart, as indexes into `units`; the best first
    std::vector<std::vector<std::size_t>> inseparable;
    std::optional<stats::Consistency> consistency;
    std::optional<stats::SpreadTest> spread;  ///< is one unit less even than others; of scores
    std::uint64_t few = 0;  ///< units that have fewer answers than the metric's minimum, left out
};

/// Shares are drawn together by a beta-binomial prior (adjusted ones as means), means, points and
/// rates by the normal with Paule and Mandel's variance between units. Adjusting is indirect
/// standardisation: what each stratum has over all units says what a unit's own mix lets expect. A
/// unit with fewer answers than the metric's minimum is left out. With fewer than two units there
/// is nothing to rank: `units` then has those there are, without ranks, and `differ` is false.
/// Metrics whose levels were lost (MetricCounts::overflow) and that need them give no units.
League league(const Definition& definition, const LeagueCounts& counts);

}  // namespace kokemus::metric
