#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/random.h"
#include "improve/bounds.h"
#include "improve/effect.h"
#include "improve/effect_parts.h"
#include "stats/difference_in_differences.h"

namespace kokemus::improve {

namespace {

constexpr std::size_t staggered_units_min = 4;

/// One unit's weeks after the first start, less its own level before it.
struct Row {
    std::vector<double> gap;
    std::vector<double> weight;
};

/// The starts as weeks after the first one; those who never start behind the last week.
using Starts = std::vector<std::size_t>;

struct Panel {
    std::vector<Row> rows;
    Starts starts;
    std::size_t weeks = 0;
};

Panel panel_of(const Weekly& weekly) {
    Panel panel;
    panel.weeks = weekly.weeks.size() - weekly.change;
    for (const UnitWeeks& unit : weekly.units) {
        const auto weeks = std::span(unit.weeks);
        const Outcome before = sum_of(weeks.first(weekly.change));
        if (!before.any()) {
            continue;
        }
        Row row;
        for (const Outcome& week : weeks.subspan(weekly.change)) {
            row.gap.push_back(week.any() ? week.level() - before.level() : 0);
            row.weight.push_back(week.weight);
        }
        panel.rows.push_back(std::move(row));
        const std::size_t start = unit.starts.value_or(weekly.weeks.size());
        panel.starts.push_back(start - std::min(start, weekly.change));
    }
    return panel;
}

/// Σ h_t (with_t - waiting_t) / Σ h_t over the weeks with both, h_t = 1 / (1 / W_with + 1 /
/// W_waiting). `effect` is taken off what has started. Nothing when no week has both.
std::optional<double> staggered(const Panel& panel, const Starts& starts, double effect,
                                const Starts& effect_from) {
    double sum = 0;
    double information = 0;
    for (std::size_t week = 0; week < panel.weeks; ++week) {
        Outcome with;
        Outcome waiting;
        for (std::size_t unit = 0; unit < panel.rows.size(); ++unit) {
            const Row& row = panel.rows[unit];
            const double off = effect_from[unit] <= week ? effect : 0;
            (starts[unit] <= week ? with : waiting)
                .add({(row.gap[week] - off) * row.weight[week], row.weight[week]});
        }
        if (with.any() && waiting.any()) {
            const double here = 1 / (1 / with.weight + 1 / waiting.weight);
            sum += here * (with.level() - waiting.level());
            information += here;
        }
    }
    return information > 0 ? std::optional(sum / information) : std::nullopt;
}

void shuffle(Starts& starts, Random& random) {
    for (std::size_t left = starts.size(); left > 1; --left) {
        std::swap(starts[left - 1], starts[random.below(left)]);
    }
}

/// What chance alone makes of the starts: the error of the estimate (with the effect taken off),
/// and how often it comes as far from 0 (with nothing taken off).
struct Chance {
    double standard_error = 0;
    double p_value = 1;
};

Chance chance_of(const Panel& panel, double estimate, std::uint64_t seed) {
    Random random = Random::named(seed, "starts of units");
    Starts drawn = panel.starts;
    double squares = 0;
    std::size_t counted = 0;
    std::size_t as_far = 1;
    std::size_t tried = 1;
    const double reach = std::abs(estimate) * (1 - 1e-12);
    for (int draw = 0; draw < bounds::permutations; ++draw) {
        shuffle(drawn, random);
        if (const auto raw = staggered(panel, drawn, 0, panel.starts)) {
            as_far += std::abs(*raw) >= reach ? 1 : 0;
            ++tried;
        }
        if (const auto left = staggered(panel, drawn, estimate, panel.starts)) {
            squares += *left * *left;
            ++counted;
        }
    }
    return {counted > 0 ? std::sqrt(squares / static_cast<double>(counted)) : 0,
            static_cast<double>(as_far) / static_cast<double>(tried)};
}

std::uint64_t unit_weeks(const Weekly& weekly) {
    std::uint64_t count = 0;
    for (const UnitWeeks& unit : weekly.units) {
        for (const Outcome& week : std::span(unit.weeks).subspan(weekly.change)) {
            count += week.any() ? 1 : 0;
        }
    }
    return count;
}

Check permutation_check(double p, double alpha) {
    return {"permutation",
            p <= alpha,
            fmt::format("chance alone sorts the units so in {:.1f} % of all ways{}",
                        100 * p,
                        p <= alpha ? "" : ": not rare enough")};
}

/// Levels of what has the change and of what waits, over all weeks after the start.
void take_levels(Effect& effect, const Weekly& weekly) {
    Outcome with;
    Outcome without;
    for (const UnitWeeks& unit : weekly.units) {
        for (std::size_t week = weekly.change; week < weekly.weeks.size(); ++week) {
            (unit.starts && *unit.starts <= week ? with : without).add(unit.weeks[week]);
        }
    }
    effect.with = with.any() ? std::optional(with.level()) : std::nullopt;
    effect.without = without.any() ? std::optional(without.level()) : std::nullopt;
}

}  // namespace

Effect effect_staggered(const Weekly& weekly, const Registration& registration) {
    Effect effect = begun(Design::Staggered, "weeks of units");
    effect.weeks = picture(weekly);
    effect.n = unit_weeks(weekly);
    take_levels(effect, weekly);
    const Panel panel = panel_of(weekly);
    if (panel.rows.size() < staggered_units_min) {
        effect.why_not = fmt::format("{} units have answers before the first start; {} are needed",
                                     panel.rows.size(),
                                     staggered_units_min);
        return effect;
    }
    const auto estimate = staggered(panel, panel.starts, 0, panel.starts);
    if (!estimate) {
        effect.why_not =
            "there is no whole week yet in which some units have started and others "
            "still wait";
        return effect;
    }
    const Chance chance = chance_of(panel, *estimate, registration.seed);
    effect.estimate = *estimate;
    effect.standard_error = chance.standard_error;
    effect.p_value = chance.p_value;
    effect.enough = chance.standard_error > 0;
    effect.why_not = effect.enough ? "" : "all units are alike, which tells nothing of chance";
    const double half =
        stats::two_sided_t(1 - registration.alpha, static_cast<double>(panel.rows.size()) - 2) *
        chance.standard_error;
    effect.interval = {*estimate - half, *estimate + half};
    effect.method = "permutation";
    effect.checks.push_back(permutation_check(chance.p_value, registration.alpha));
    return effect;
}

Effect effect_of_differences(const Weekly& weekly, const Registration& registration) {
    Effect effect = begun(Design::DifferenceInDifferences, "weeks of units");
    effect.weeks = picture(weekly);
    effect.n = unit_weeks(weekly);
    take_levels(effect, weekly);
    std::vector<stats::BeforeAndAfter> got_it;
    std::vector<stats::BeforeAndAfter> others;
    for (const UnitWeeks& unit : weekly.units) {
        const auto weeks = std::span(unit.weeks);
        const Outcome before = sum_of(weeks.first(weekly.change));
        const Outcome after = sum_of(weeks.subspan(weekly.change));
        if (before.any() && after.any()) {
            (unit.starts ? got_it : others).push_back({before.level(), after.level()});
        }
    }
    const auto found =
        stats::difference_in_differences(got_it, others, registration.seed, 1 - registration.alpha);
    effect.estimate = found.difference.estimate;
    effect.standard_error = found.difference.standard_error;
    effect.interval = found.difference.interval;
    effect.method = "t-units";
    effect.p_value = found.permutation.p_value;
    effect.enough = found.difference.standard_error > 0;
    if (!effect.enough) {
        effect.why_not = fmt::format(
            "{} units with the change and {} without have answers before and after: too few",
            got_it.size(),
            others.size());
    }
    effect.checks.push_back(
        {"units",
         found.enough,
         fmt::format("{} units with the change, {} without{}",
                     got_it.size(),
                     others.size(),
                     found.enough ? "" : ": with fewer than 4 and 4 chance cannot be ruled out")});
    effect.checks.push_back(permutation_check(found.permutation.p_value, registration.alpha));
    effect.checks.push_back(pre_trend(weekly, registration));
    return effect;
}

}  // namespace kokemus::improve
