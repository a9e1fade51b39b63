#include "improve/design_rules.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace kokemus::improve {

namespace {

constexpr std::size_t weeks_to_compare_min = 4;  ///< before, to see two kinds go alike
constexpr std::size_t weeks_of_line_min = 12;    ///< before, for a line to be carried on
constexpr std::size_t weeks_after_line_min = 8;  ///< after
constexpr std::size_t weeks_of_mixture_min = 8;  ///< before, to choose a mixture by
constexpr std::size_t donors_min = 2;
constexpr std::size_t mixed_units_max = 3;  ///< that one mixture stands for
constexpr std::size_t units_each_min = 4;   ///< of either kind
constexpr std::uint64_t customers_before_min = 10;

constexpr const char* worst_alone =
    "the population was chosen because it did badly: most of such are better the next time, "
    "whatever is done. Name others that did as badly, as the comparison";

Feasible refused(Design design, std::string words) {
    return {design, false, Grade::Weak, std::move(words)};
}

std::string few_weeks(std::size_t there, std::size_t needed) {
    return fmt::format(
        "{} whole weeks with answers lie before the start; {} are needed", there, needed);
}

std::size_t weeks_after(const Registration& of) {
    return static_cast<std::size_t>(
        std::max<std::int64_t>(0, (of.until - of.start) / std::chrono::weeks(1)));
}

Feasible randomised(const Registration& of) {
    constexpr Design is = Design::Randomised;
    if (!of.starts.empty()) {
        return refused(is, "units start at different times");
    }
    if (of.comparison.empty()) {
        return refused(is,
                       "nobody is left without the change: name the others of the lot as the "
                       "comparison");
    }
    if (of.assignment != Assignment::Lot) {
        return refused(is, "it is not a lot that decides who gets it");
    }
    return {is,
            true,
            Grade::Strong,
            "a lot decides who gets it, so that nothing else but chance tells the two apart"};
}

Feasible staggered(const Registration& of, const Facts& facts) {
    constexpr Design is = Design::Staggered;
    if (of.units.empty() || of.starts.empty()) {
        return refused(is, "all get it at once: no unit waits while others have started");
    }
    std::set<Instant> times;
    for (const UnitStart& start : of.starts) {
        times.insert(start.from);
    }
    const std::size_t units = of.starts.size() + facts.comparison_units;
    if (units < units_each_min || (times.size() < 2 && facts.comparison_units == 0)) {
        return refused(is,
                       fmt::format("{} units with {} different starts; at least {} units and 2 "
                                   "starts are needed",
                                   units,
                                   times.size(),
                                   units_each_min));
    }
    if (facts.weeks_before < weeks_to_compare_min) {
        return refused(is, few_weeks(facts.weeks_before, weeks_to_compare_min));
    }
    const bool by_lot = of.assignment == Assignment::Lot;
    return {is,
            true,
            by_lot ? Grade::Strong : Grade::Good,
            by_lot ? "a lot decides when each unit starts: those that still wait show what would "
                     "have been"
                   : "those that still wait show what would have been, as long as nobody chose to "
                     "start early for a reason that moves the metric"};
}

Feasible of_differences(const Registration& of, const Facts& facts) {
    constexpr Design is = Design::DifferenceInDifferences;
    if (!of.starts.empty()) {
        return refused(is, "units start at different times");
    }
    if (of.comparison.empty()) {
        return refused(is, "there is no comparison: name some who do not get it");
    }
    if (std::min(facts.population_before, facts.comparison_before) < customers_before_min) {
        return refused(is,
                       fmt::format("{} customers of the population and {} of the comparison have "
                                   "answers before the start; {} of each are needed, so choose "
                                   "both by what was there before",
                                   facts.population_before,
                                   facts.comparison_before,
                                   customers_before_min));
    }
    if (facts.weeks_before < weeks_to_compare_min) {
        return refused(is, few_weeks(facts.weeks_before, weeks_to_compare_min));
    }
    if (!of.units.empty() &&
        std::min(facts.population_units, facts.comparison_units) >= units_each_min) {
        return {is,
                true,
                Grade::Good,
                fmt::format("the change of {} units against the change of {} others",
                            facts.population_units,
                            facts.comparison_units)};
    }
    return {is,
            true,
            Grade::Fair,
            "the change of one group against the change of another; what else happens to one of "
            "them as a whole cannot be told apart (4 units and 4 others would be better)"};
}

Feasible interrupted(const Registration& of, const Facts& facts) {
    constexpr Design is = Design::InterruptedSeries;
    if (!of.starts.empty()) {
        return refused(is, "units start at different times");
    }
    if (of.were_worst) {
        return refused(is, worst_alone);
    }
    if (facts.weeks_before < weeks_of_line_min) {
        return refused(is, few_weeks(facts.weeks_before, weeks_of_line_min));
    }
    if (weeks_after(of) < weeks_after_line_min) {
        return refused(is,
                       fmt::format("it is looked at for {} weeks; a line needs {}",
                                   weeks_after(of),
                                   weeks_after_line_min));
    }
    if (facts.population_before < customers_before_min) {
        return refused(is, "the population has no answers before the start");
    }
    return {is,
            true,
            Grade::Fair,
            "the line of the weeks before, carried on; what happens at the same time, and season, "
            "cannot be told from the change"};
}

Feasible mixture(const Registration& of, const Facts& facts) {
    constexpr Design is = Design::SyntheticControl;
    if (!of.starts.empty()) {
        return refused(is, "units start at different times");
    }
    if (of.units.empty() || of.comparison.empty()) {
        return refused(is, "it needs units, and others of them as the comparison");
    }
    if (facts.population_units == 0 || facts.population_units > mixed_units_max ||
        facts.comparison_units < donors_min) {
        return refused(is,
                       fmt::format("{} units get it and {} do not; it is for 1 to {} against at "
                                   "least {} others",
                                   facts.population_units,
                                   facts.comparison_units,
                                   mixed_units_max,
                                   donors_min));
    }
    if (facts.weeks_before < weeks_of_mixture_min) {
        return refused(is, few_weeks(facts.weeks_before, weeks_of_mixture_min));
    }
    return {is, true, Grade::Fair, "against the mixture of others that went as it did before"};
}

Feasible before_after(const Registration& of, const Facts& facts) {
    constexpr Design is = Design::BeforeAfter;
    if (of.were_worst) {
        return refused(is, worst_alone);
    }
    if (facts.population_before < customers_before_min) {
        return refused(is, "the population has no answers before the start");
    }
    return {is,
            true,
            Grade::Weak,
            "the time after against the time before: whatever else has changed meanwhile counts as "
            "the effect"};
}

}  // namespace

std::vector<Feasible> designs_for(const Registration& registration, const Facts& facts) {
    return {randomised(registration),
            staggered(registration, facts),
            of_differences(registration, facts),
            interrupted(registration, facts),
            mixture(registration, facts),
            before_after(registration, facts)};
}

Result<Feasible> chosen(const Registration& registration, const std::vector<Feasible>& designs) {
    const Feasible* found = nullptr;
    std::string reasons;
    for (const Feasible& one : designs) {
        const bool is_wanted = !registration.design || *registration.design == one.design;
        if (is_wanted && one.feasible && found == nullptr) {
            found = &one;
        }
        if (is_wanted && !one.feasible) {
            reasons += fmt::format("\n  {}: {}", name_of(one.design), one.words);
        }
    }
    if (found == nullptr) {
        return invalid_input("no design can tell whether it worked:" + reasons);
    }
    return *found;
}

}  // namespace kokemus::improve
