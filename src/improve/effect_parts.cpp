#include "improve/effect_parts.h"

#include <algorithm>

#include <fmt/format.h>

#include "stats/difference_in_differences.h"
#include "stats/mean.h"

namespace kokemus::improve {

namespace {

constexpr std::size_t weeks_for_trend_min = 4;

/// A trend is taken for one when chance makes it less often than this.
constexpr double trend_p = 0.05;

struct Halves {
    std::vector<stats::BeforeAndAfter> start;
    std::vector<stats::BeforeAndAfter> never;
};

Halves halves_of(const Weekly& weekly) {
    Halves halves;
    const std::size_t half = weekly.change / 2;
    for (const UnitWeeks& unit : weekly.units) {
        const auto before = std::span(unit.weeks).first(weekly.change);
        const Outcome first = sum_of(before.first(half));
        const Outcome second = sum_of(before.subspan(half));
        if (first.any() && second.any()) {
            (unit.starts ? halves.start : halves.never).push_back({first.level(), second.level()});
        }
    }
    return halves;
}

/// By week: the gap between the two kinds in the first half against that in the second.
double p_by_week(const Weekly& weekly) {
    const std::vector<Outcome> start = together(weekly, Which::Start);
    const std::vector<Outcome> never = together(weekly, Which::NeverStart);
    stats::Moments first;
    stats::Moments second;
    for (std::size_t week = 0; week < weekly.change; ++week) {
        if (start[week].any() && never[week].any()) {
            (week < weekly.change / 2 ? first : second)
                .add(start[week].level() - never[week].level());
        }
    }
    const auto difference = stats::welch(second, first);
    return difference ? difference->p_value : 1;
}

}  // namespace

Effect begun(Design design, std::string counted) {
    Effect effect;
    effect.design = design;
    effect.counted = std::move(counted);
    return effect;
}

bool Effect::sound() const {
    return std::all_of(
        checks.begin(), checks.end(), [](const Check& check) { return check.passed; });
}

std::optional<std::vector<double>> levels_of(std::span<const Outcome> weeks) {
    std::vector<double> levels;
    for (const Outcome& week : weeks) {
        if (!week.any()) {
            return std::nullopt;
        }
        levels.push_back(week.level());
    }
    return levels;
}

Outcome sum_of(std::span<const Outcome> weeks) {
    Outcome sum;
    for (const Outcome& week : weeks) {
        sum.add(week);
    }
    return sum;
}

std::vector<Outcome> together(const Weekly& weekly, Which which) {
    std::vector<Outcome> sums(weekly.weeks.size());
    for (const UnitWeeks& unit : weekly.units) {
        if (unit.starts.has_value() == (which == Which::Start)) {
            for (std::size_t week = 0; week < sums.size(); ++week) {
                sums[week].add(unit.weeks[week]);
            }
        }
    }
    return sums;
}

std::vector<EffectWeek> picture(const Weekly& weekly) {
    std::vector<EffectWeek> weeks;
    for (std::size_t week = 0; week < weekly.weeks.size(); ++week) {
        Outcome with;
        Outcome without;
        for (const UnitWeeks& unit : weekly.units) {
            const bool has = unit.starts && (week < weekly.change || *unit.starts <= week);
            (has ? with : without).add(unit.weeks[week]);
        }
        weeks.push_back({weekly.weeks[week],
                         with.any() ? std::optional(with.level()) : std::nullopt,
                         without.any() ? std::optional(without.level()) : std::nullopt});
    }
    return weeks;
}

Check pre_trend(const Weekly& weekly, const Registration& registration) {
    if (weekly.change < weeks_for_trend_min) {
        return {"pre-trend",
                false,
                fmt::format("{} weeks before the start cannot show whether the two went alike; {} "
                            "are needed",
                            weekly.change,
                            weeks_for_trend_min)};
    }
    const Halves halves = halves_of(weekly);
    const auto by_unit =
        stats::difference_in_differences(halves.start, halves.never, registration.seed);
    const double p = by_unit.enough ? by_unit.permutation.p_value : p_by_week(weekly);
    return {
        "pre-trend",
        p > trend_p,
        fmt::format("before the start the two {} (p = {:.3f})",
                    p > trend_p ? "went alike as far as can be told" : "had begun to part already",
                    p)};
}

Effect effect_of(Design design, const Evidence& evidence, const Registration& registration) {
    Effect nothing = begun(design, "customers");
    nothing.why_not = "nothing was counted for this design";
    switch (design) {
        case Design::Randomised:
            return evidence.arms ? effect_by_lot(*evidence.arms, registration) : nothing;
        case Design::Staggered:
            return evidence.weekly ? effect_staggered(*evidence.weekly, registration) : nothing;
        case Design::DifferenceInDifferences:
            if (evidence.arms && evidence.weekly) {
                Effect effect = effect_of_people(*evidence.arms, registration);
                effect.weeks = picture(*evidence.weekly);
                effect.checks.push_back(pre_trend(*evidence.weekly, registration));
                return effect;
            }
            return evidence.weekly ? effect_of_differences(*evidence.weekly, registration)
                                   : nothing;
        case Design::InterruptedSeries:
            return evidence.weekly ? effect_of_interruption(*evidence.weekly, registration)
                                   : nothing;
        case Design::SyntheticControl:
            return evidence.weekly ? effect_against_mixture(*evidence.weekly, registration)
                                   : nothing;
        case Design::BeforeAfter:
            return evidence.arms ? effect_before_after(*evidence.arms, registration) : nothing;
    }
    return nothing;
}

}  // namespace kokemus::improve
