#include <algorithm>

#include "improve/bounds.h"
#include "improve/observe.h"
#include "question/field.h"

namespace kokemus::improve {

namespace {

using std::chrono::weeks;

std::size_t first_from(const Weekly& weekly, Instant from) {
    return static_cast<std::size_t>(
        std::lower_bound(weekly.weeks.begin(), weekly.weeks.end(), from) - weekly.weeks.begin());
}

/// The week in which a unit begins is neither before nor after.
void drop_cut_week(const Weekly& weekly, UnitWeeks& unit, Instant from) {
    const std::size_t start = unit.starts.value_or(0);
    const bool begins_with_week = start < weekly.weeks.size() && weekly.weeks[start] == from;
    if (start > 0 && !begins_with_week && weekly.weeks[start - 1] + weeks(1) > from) {
        unit.weeks[start - 1] = Outcome{};
    }
}

}  // namespace

/// The whole weeks with answers of anybody. Where all start at once, the week that the start cuts
/// is left out.
Result<Weekly> Observer::whole_weeks(const Registration& registration,
                                     const question::Question& all, Design design) const {
    Weekly weekly;
    const TimeRange range{registration.start - weeks(bounds::weeks_before_max), end(registration)};
    const question::SeriesCounts counts = TRY(trend(all, range));
    for (const auto& week : counts.groups) {
        const bool is_cut = registration.start > *week.start && registration.start < *week.end;
        if (*week.start < range.from || *week.end > range.to ||
            (is_cut && design != Design::Staggered)) {
            continue;
        }
        weekly.change += *week.end <= registration.start ? 1 : 0;
        weekly.weeks.push_back(*week.start);
    }
    return weekly;
}

Status Observer::add_unit(Weekly& weekly, const Registration& registration,
                          question::Question question, UnitWeeks unit) const {
    const metric::Definition of = definition(registration);
    const TimeRange range{weekly.weeks.front(), end(registration)};
    unit.weeks.assign(weekly.weeks.size(), Outcome{});
    const question::SeriesCounts counts = TRY(trend(std::move(question), range));
    for (const auto& week : counts.groups) {
        const std::size_t place = first_from(weekly, *week.start);
        if (place < weekly.weeks.size() && weekly.weeks[place] == *week.start) {
            unit.weeks[place] = metric::outcome(of, week.counts);
        }
    }
    weekly.units.push_back(std::move(unit));
    return {};
}

/// Those of `filter` alone that have this value of the field.
Status Observer::add_named_unit(Weekly& weekly, const Registration& registration,
                                const std::string& filter, const UnitOf& unit) const {
    auto asked = TRY(question(registration, filter));
    asked.where = question::both(asked.where, TRY(of_unit(registration, unit.name)));
    UnitWeeks added{unit.name, {}, std::nullopt};
    if (unit.from) {
        added.starts = first_from(weekly, *unit.from);
    }
    TRY(add_unit(weekly, registration, std::move(asked), std::move(added)));
    if (unit.from) {
        drop_cut_week(weekly, weekly.units.back(), *unit.from);
    }
    return {};
}

Status Observer::add_units(Weekly& weekly, const Registration& registration, Design design,
                           bool compares) const {
    const TimeRange range{weekly.weeks.front(), end(registration)};
    for (const UnitStart& start : registration.starts) {
        TRY(add_named_unit(
            weekly, registration, registration.population, {start.unit, start.from}));
    }
    if (design != Design::Staggered) {
        for (const auto& unit : TRY(units_of(registration, registration.population, range))) {
            TRY(add_named_unit(
                weekly, registration, registration.population, {unit, registration.start}));
        }
    }
    if (compares) {
        for (const auto& unit : TRY(units_of(registration, registration.comparison, range))) {
            TRY(add_named_unit(weekly, registration, registration.comparison, {unit, {}}));
        }
    }
    return {};
}

Result<Weekly> Observer::weekly(const Registration& registration, Design design) const {
    const auto population = TRY(question(registration, registration.population));
    const bool compares = !registration.comparison.empty() && design != Design::InterruptedSeries;
    auto all = population;
    if (compares) {
        const auto comparison = TRY(question(registration, registration.comparison));
        all.where = either(population.where, comparison.where);
    }
    Weekly weekly = TRY(whole_weeks(registration, all, design));
    if (weekly.weeks.empty()) {
        return weekly;
    }
    if (!registration.units.empty() && design != Design::InterruptedSeries) {
        TRY(add_units(weekly, registration, design, compares));
        return weekly;
    }
    TRY(add_unit(weekly, registration, population, {"population", {}, weekly.change}));
    if (compares) {
        auto comparison = TRY(question(registration, registration.comparison));
        TRY(add_unit(
            weekly, registration, std::move(comparison), {"comparison", {}, std::nullopt}));
    }
    return weekly;
}

}  // namespace kokemus::improve
