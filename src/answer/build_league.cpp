#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/metric_drill.h"
#include "answer/number_text.h"
#include "base/hash.h"
#include "base/text.h"
#include "question/drill.h"
#include "question/format.h"

namespace kokemus::answer {
namespace {

using metric::LeagueUnit;

/// Values of the field a league is adjusted for that are strata of their own;
/// those of all others are one more.
constexpr std::size_t strata_max = 50;

/// How likely the true value must be on one side of that of all, to say that it
/// is.
constexpr double surely = 1 - (1 - stats::usual_confidence) / 2;

/// The counts of each unit in one stratum, by the unit's name.
using Cells = std::map<std::string, question::MetricCounts>;

Result<Cells> cells_of(const Asked& asked, const question::Question& question) {
    Cells cells;
    for (auto& group : TRY(asked.engine.breakdown(question)).groups) {
        cells.emplace(std::move(group.value), std::move(group.counts));
    }
    return cells;
}

question::ConditionPtr one_of(const question::Field& field, std::vector<std::string> values,
                              bool negated) {
    return question::make_condition(question::TextCondition{field, std::move(values), negated});
}

/// The counts by stratum; the rarer values of the field share the last one.
Result<std::vector<Cells>> strata_of(const Asked& asked) {
    const question::Field& field = *asked.question.adjusted_for;
    const auto values = TRY(asked.engine.values(field, asked.question, strata_max));
    std::vector<Cells> strata;
    std::vector<std::string> named;
    for (const auto& each : values.most) {
        named.push_back(each.value);
        strata.push_back(TRY(cells_of(
            asked, question::with_condition(asked.question, one_of(field, {each.value}, false)))));
    }
    if (values.distinct > values.most.size()) {
        strata.push_back(TRY(cells_of(
            asked,
            question::with_condition(asked.question, one_of(field, std::move(named), true)))));
    }
    return strata;
}

/// Single people are not ranked by chance, and what is said of them must be
/// reliable.
bool are_people(const question::Field& field) {
    return (field.of == question::FieldOf::Encounter && field.name == "employee") ||
           (field.of == question::FieldOf::Customer && field.name == "customer");
}

FindingMaker about(std::string_view id, const LeagueTable& table, const LeagueUnit& unit) {
    FindingMaker finding(id);
    finding.text("by", table.by)
        .text("group", none_given(unit.name))
        .text("metric", table.metric.metric.name)
        .estimate("", unit.shrunken)
        .estimate("total", table.total);
    if (unit.rank) {
        finding.count("rank_low", static_cast<std::uint64_t>(unit.rank->interval.low))
            .count("rank_high", static_cast<std::uint64_t>(unit.rank->interval.high));
    }
    return finding;
}

/// The unit on the bad side of all that is surely there and, of several,
/// furthest; else on the good side.
const LeagueUnit* outstanding(const LeagueTable& table, bool bad) {
    const bool below = table.metric.high_is_good() == bad;
    const LeagueUnit* furthest = nullptr;
    for (const LeagueUnit& unit : table.league.units) {
        const bool sure = below ? unit.above <= 1 - surely : unit.above >= surely;
        const auto distance = [&](const LeagueUnit& each) {
            return std::abs(each.shrunken.is.estimate - table.league.all);
        };
        if (unit.rank && sure && (furthest == nullptr || distance(unit) > distance(*furthest))) {
            furthest = &unit;
        }
    }
    return furthest;
}

Finding find(const LeagueTable& table, const question::Population& population) {
    if (population.encounters == 0) {
        return nothing_found();
    }
    if (!table.total.enough()) {
        return not_enough_found(table.total);
    }
    const metric::League& league = table.league;
    const auto plain = [&](std::string_view id) {
        return FindingMaker(id)
            .text("by", table.by)
            .text("metric", table.metric.metric.name)
            .estimate("", table.total);
    };
    if (league.units.size() < 2) {
        return plain("league.few").done();
    }
    const bool any_rank = std::ranges::any_of(
        league.units, [](const LeagueUnit& unit) { return unit.rank.has_value(); });
    if (!any_rank && league.answers_needed) {
        return plain("league.unreliable")
            .count("needed", static_cast<std::uint64_t>(*league.answers_needed))
            .done();
    }
    if (!league.differ) {
        return plain("league.even").done();
    }
    if (const LeagueUnit* worst = outstanding(table, true)) {
        return about("league.worst", table, *worst).count("units", league.units.size()).done();
    }
    if (const LeagueUnit* best = outstanding(table, false)) {
        return about("league.best", table, *best).count("units", league.units.size()).done();
    }
    return plain("league.inseparable").done();
}

}  // namespace

Result<Built> build_league(const Asked& asked) {
    if (!asked.question.by) {
        return invalid_input("A league needs a field: write `by department`, say.");
    }
    LeagueTable table;
    table.metric = TRY(metric_of(asked));
    table.by = asked.question.by->name;
    const question::SeriesCounts counts = TRY(asked.engine.breakdown(asked.question));
    if (counts.groups.size() > metric::league_units_max) {
        return invalid_input(
            fmt::format("{} has {} values; a league compares at most {}. Leave some out with "
                        "where.",
                        quote(table.by),
                        counts.groups.size(),
                        metric::league_units_max));
    }
    table.total = metric::value(table.metric, counts.total);
    metric::LeagueCounts league;
    league.are_people = are_people(*asked.question.by);
    league.seed = hash64(question::format(asked.question));
    std::vector<Cells> strata;
    if (asked.question.adjusted_for) {
        table.adjusted_for = asked.question.adjusted_for->name;
        strata = TRY(strata_of(asked));
        table.strata = league.strata = strata.size();
    }
    std::map<std::string, std::uint64_t> encounters;
    for (const question::MetricGroup& group : counts.groups) {
        encounters.emplace(group.value, group.encounters);
        metric::LeagueUnitCounts unit{group.value, group.counts, {}};
        for (Cells& cells : strata) {
            unit.of_strata.push_back(std::move(cells[group.value]));
        }
        league.units.push_back(std::move(unit));
    }
    table.league = metric::league(table.metric, league);
    for (const LeagueUnit& unit : table.league.units) {
        table.drills.push_back(drill_group(asked, table.metric, unit.name));
        table.encounters.push_back(encounters.at(unit.name));
    }
    Finding finding = find(table, counts.population);
    return Built{counts.population, std::move(table), std::move(finding), std::nullopt};
}

}  // namespace kokemus::answer
