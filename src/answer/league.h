#pragma once

#include <optional>
#include <string>
#include <vector>

#include "metric/definition.h"
#include "metric/league.h"
#include "metric/value.h"

namespace kokemus::answer {

/// Units of one field compared as far as they can be told apart.
struct LeagueTable {
    metric::Definition metric;
    std::string by;
    std::string adjusted_for;  ///< a field; empty: as measured
    std::uint64_t strata = 0;  ///< values of it that were told apart
    metric::Value total;       ///< of all units together
    metric::League league;
    std::vector<std::string> drills;        ///< of the league's units, in its order
    std::vector<std::uint64_t> encounters;  ///< of them as well
};

}  // namespace kokemus::answer
