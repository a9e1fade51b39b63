#include "answer/body_writers.h"
#include "answer/json_parts.h"

namespace kokemus::answer {
namespace {

using metric::LeagueUnit;

void write_rank(JsonWriter& json, const LeagueUnit& unit) {
    json.key("rank");
    if (!unit.rank) {
        json.null();
        return;
    }
    json.open_object()
        .member("expected", unit.rank->expected)
        .member("low", static_cast<std::uint64_t>(unit.rank->interval.low))
        .member("high", static_cast<std::uint64_t>(unit.rank->interval.high))
        .member("first", unit.rank->first)
        .close_object();
}

void write(JsonWriter& json, const LeagueTable& table, std::size_t i) {
    const LeagueUnit& unit = table.league.units[i];
    json.open_object().member("value", unit.name).member("encounters", table.encounters[i]);
    write_member(json, "measured", unit.measured);
    json.key("adjusted");
    if (unit.adjusted) {
        write(json, *unit.adjusted);
    } else {
        json.null();
    }
    write_member(json, "shrunken", unit.shrunken);
    json.member("above", unit.above).member("reliability", unit.reliability);
    write_rank(json, unit);
    json.member("why_no_rank", unit.why_no_rank)
        .key("funnel")
        .open_object()
        .member("z", unit.funnel.z)
        .member("low", unit.funnel.limits.low)
        .member("high", unit.funnel.limits.high)
        .member("beyond", unit.funnel.beyond)
        .close_object()
        .member("deviation", unit.deviation)
        .member("drill", table.drills[i])
        .close_object();
}

void write_consistency(JsonWriter& json, const metric::League& league) {
    json.key("consistency");
    if (league.consistency) {
        json.open_object()
            .member("icc", league.consistency->icc)
            .member("low", league.consistency->icc_interval.low)
            .member("high", league.consistency->icc_interval.high)
            .close_object();
    } else {
        json.null();
    }
    json.key("spread");
    if (league.spread) {
        json.open_object()
            .member("f", league.spread->f)
            .member("p", league.spread->p_value)
            .close_object();
    } else {
        json.null();
    }
}

}  // namespace

void write_members(JsonWriter& json, const LeagueTable& table) {
    const metric::League& league = table.league;
    write_member(json, "metric", table.metric);
    json.member("by", table.by).key("adjusted_for");
    if (table.adjusted_for.empty()) {
        json.null();
    } else {
        json.text(table.adjusted_for);
    }
    json.member("strata", table.strata);
    write_member(json, "total", table.total);
    json.member("differ", league.differ)
        .member("between_deviation", league.between_deviation)
        .member("within_deviation", league.within_deviation)
        .member("overdispersion", league.overdispersion)
        .member("answers_needed", league.answers_needed);
    write_consistency(json, league);
    json.key("units").open_list();
    for (std::size_t i = 0; i < league.units.size(); ++i) {
        write(json, table, i);
    }
    json.close_list().key("inseparable").open_list();
    for (const auto& run : league.inseparable) {
        std::vector<std::string> names;
        for (const std::size_t unit : run) {
            names.push_back(league.units[unit].name);
        }
        write(json, names);
    }
    json.close_list().member("few", league.few);
}

}  // namespace kokemus::answer
