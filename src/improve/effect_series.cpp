#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "improve/effect.h"
#include "improve/effect_parts.h"
#include "stats/interrupted_series.h"
#include "stats/placebo.h"
#include "stats/synthetic_control.h"

namespace kokemus::improve {

namespace {

/// The middle of the weeks after the change: the effect there is the mean effect of a line.
std::size_t middle_after(std::size_t change, std::size_t weeks) {
    return change + (weeks - change + 1) / 2;
}

Check placebo_in_time_check(std::span<const double> series, std::size_t change,
                            std::optional<double>& p_value, double alpha) {
    const stats::Window window{.after = std::max<std::size_t>(8, series.size() - change)};
    const auto placebo = stats::placebo_in_time(
        series,
        change,
        window,
        [](std::span<const double> part, std::size_t at) -> std::optional<double> {
            const auto found = stats::interrupted_series(part, at);
            return found ? std::optional(found->effect_at(middle_after(at, part.size())).estimate)
                         : std::nullopt;
        });
    if (!placebo || !placebo->enough) {
        return {"placebo",
                true,
                fmt::format("only {} times before the start can stand for it where nothing was "
                            "changed; 20 would test it",
                            placebo ? placebo->placebos : 0)};
    }
    p_value = placebo->p_value;
    return {"placebo",
            placebo->p_value <= alpha,
            fmt::format("at {} times when nothing was changed an effect as large was seen {} times",
                        placebo->placebos,
                        placebo->rank - 1)};
}

struct Series {
    std::vector<double> target;
    std::vector<std::vector<double>> donors;
};

/// Donors with a week without answers are left out.
std::optional<Series> series_of(const Weekly& weekly) {
    auto target = levels_of(together(weekly, Which::Start));
    if (!target) {
        return std::nullopt;
    }
    Series series{std::move(*target), {}};
    for (const UnitWeeks& unit : weekly.units) {
        if (auto levels = unit.starts ? std::nullopt : levels_of(unit.weeks)) {
            series.donors.push_back(std::move(*levels));
        }
    }
    return series;
}

/// The error of the effect: the root mean square of the same of each donor, where nothing was
/// changed (Arkhangelsky et al. 2021, American Economic Review 111, section III, placebo).
double placebo_error(const std::vector<std::vector<double>>& donors, std::size_t change) {
    double squares = 0;
    std::size_t counted = 0;
    for (std::size_t one = 0; one < donors.size(); ++one) {
        std::vector<std::vector<double>> others = donors;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(one));
        if (const auto found = stats::synthetic_control(donors[one], others, change)) {
            squares += found->effect * found->effect;
            ++counted;
        }
    }
    return counted > 0 ? std::sqrt(squares / static_cast<double>(counted)) : 0;
}

}  // namespace

Effect effect_of_interruption(const Weekly& weekly, const Registration& registration) {
    Effect effect = begun(Design::InterruptedSeries, "weeks");
    effect.weeks = picture(weekly);
    effect.n = weekly.weeks.size() - weekly.change;
    const auto series = levels_of(together(weekly, Which::Start));
    if (!series) {
        effect.why_not = "some weeks have no answers; a line needs all of them";
        return effect;
    }
    const auto found = stats::interrupted_series(*series, weekly.change);
    if (!found || !found->enough) {
        effect.why_not = fmt::format("{} weeks before and {} after; 8 of each are needed",
                                     weekly.change,
                                     weekly.weeks.size() - weekly.change);
        return effect;
    }
    const std::size_t middle = middle_after(weekly.change, series->size());
    const stats::Estimate at = found->effect_at(middle, 1 - registration.alpha);
    effect.estimate = at.estimate;
    effect.interval = at.interval;
    effect.standard_error = found->effect_error_at(middle);
    effect.method = "segmented";
    effect.enough = effect.standard_error > 0;
    effect.why_not = effect.enough ? "" : "the weeks lie on a line, which tells nothing of chance";
    const Outcome after = sum_of(std::span(weekly.units.front().weeks).subspan(weekly.change));
    effect.with = after.level();
    effect.without = after.level() - at.estimate;
    effect.checks.push_back(
        placebo_in_time_check(*series, weekly.change, effect.p_value, registration.alpha));
    return effect;
}

Effect effect_against_mixture(const Weekly& weekly, const Registration& registration) {
    Effect effect = begun(Design::SyntheticControl, "weeks");
    effect.weeks = picture(weekly);
    effect.n = weekly.weeks.size() - weekly.change;
    const auto series = series_of(weekly);
    if (!series || series->donors.size() < 2) {
        effect.why_not =
            "the units that got the change, or all but one of the others, have weeks "
            "without answers";
        return effect;
    }
    const auto found = stats::synthetic_control(series->target, series->donors, weekly.change);
    if (!found) {
        effect.why_not = "there is no week before or after the start";
        return effect;
    }
    effect.estimate = found->effect;
    effect.standard_error = placebo_error(series->donors, weekly.change);
    effect.enough = effect.standard_error > 0;
    effect.why_not = effect.enough ? "" : "all units are alike, which tells nothing of chance";
    const double half = stats::two_sided_z(1 - registration.alpha) * effect.standard_error;
    effect.interval = {found->effect - half, found->effect + half};
    effect.method = "placebo";
    effect.p_value = found->placebo.p_value;
    const std::vector<Outcome> started = together(weekly, Which::Start);
    const Outcome after = sum_of(std::span(started).subspan(weekly.change));
    effect.with = after.level();
    effect.without = after.level() - found->effect;
    for (std::size_t week = 0; week < effect.weeks.size(); ++week) {
        effect.weeks[week].without = found->without[week];
    }
    const double p = found->placebo.p_value;
    effect.checks.push_back(
        {"placebo",
         p <= registration.alpha,
         fmt::format(
             "of {} units where nothing was changed {} moved as far (p = {:.3f}){}",
             found->placebo.placebos,
             found->placebo.rank - 1,
             p,
             found->placebo.placebos < 19 ? "; with fewer than 19 p cannot come below 0.05" : "")});
    return effect;
}

}  // namespace kokemus::improve
