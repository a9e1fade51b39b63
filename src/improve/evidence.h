#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "metric/outcome.h"
#include "stats/difference.h"

/// What was counted for a design: plain numbers, from which effects are computed without asking
/// anybody again.
namespace kokemus::improve {

using metric::Outcome;

/// One customer: before the start (nothing where they were not there) and after it.
struct Person {
    Outcome before;
    Outcome after;
};

/// Two groups of customers, those who got the change and those who did not; of a before-after
/// comparison the same population after and before.
struct Arms {
    std::vector<Person> population;
    std::vector<Person> comparison;
    std::uint64_t population_customers = 0;  ///< seen after the start, answering or not
    std::uint64_t comparison_customers = 0;
    /// By answers: as the metric's kind compares two groups, were this the only look.
    std::optional<stats::Difference> by_answers;
    std::string by_answers_method;  ///< "newcombe", "tango", "t", "delta"
    double population_level = 0;
    double comparison_level = 0;
    std::uint64_t answers = 0;
    bool one_by_one = true;  ///< false: too many customers, the two lists are empty
};

/// One unit (a shop, a crew), week by week; weeks as in `Weekly`.
struct UnitWeeks {
    std::string name;
    std::vector<Outcome> weeks;
    /// The first whole week with the change; a week that is cut by the start has no weight.
    std::optional<std::size_t> starts;
};

/// Units over the same whole weeks.
struct Weekly {
    std::vector<Instant> weeks;  ///< when each begins
    std::size_t change = 0;      ///< so many of them lie before the (first) start
    std::vector<UnitWeeks> units;
};

/// Everything a look at one improvement can go by; the part of its design is filled in.
struct Evidence {
    Instant until{};  ///< what came later was not counted
    std::optional<Arms> arms;
    std::optional<Weekly> weekly;
};

}  // namespace kokemus::improve
