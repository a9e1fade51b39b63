#include <fmt/format.h>

#include "answer/body_writers.h"
#include "answer/number_text.h"
#include "answer/safe_text.h"
#include "base/text.h"

namespace kokemus::answer {
namespace {

std::string rank_text(const metric::LeagueUnit& unit) {
    if (!unit.rank) {
        return "";
    }
    const auto low = static_cast<int>(unit.rank->interval.low);
    const auto high = static_cast<int>(unit.rank->interval.high);
    return low == high ? fmt::format("{}", low) : fmt::format("{} to {}", low, high);
}

std::string remark_of(const metric::LeagueUnit& unit) {
    return !unit.why_no_rank.empty() ? unit.why_no_rank
           : unit.funnel.beyond      ? "beyond what chance leaves of so many answers"
                                     : "";
}

/// Names side by side, those that cannot be told apart in one pair of brackets.
std::string inseparable_line(const LeagueTable& table) {
    std::string line;
    for (const auto& run : table.league.inseparable) {
        std::string names;
        for (const std::size_t unit : run) {
            names += (names.empty() ? "" : ", ") + none_given(table.league.units[unit].name);
        }
        line += (line.empty() ? "" : "  ") + ("[" + names + "]");
    }
    return line.empty() ? "" : "not to be told apart: " + safe_line(line) + "\n";
}

std::string consistency_lines(const metric::League& league) {
    std::string lines;
    if (league.consistency) {
        lines += fmt::format("share of what varies that is between them: {} ({} to {})\n",
                             percent_text(std::max(0.0, league.consistency->icc)),
                             percent_text(std::max(0.0, league.consistency->icc_interval.low)),
                             percent_text(std::max(0.0, league.consistency->icc_interval.high)));
    }
    if (league.spread) {
        lines += fmt::format("some less even than others: {} (p = {:.2g})\n",
                             league.spread->p_value <= 0.05 ? "yes" : "not beyond chance",
                             league.spread->p_value);
    }
    return lines;
}

}  // namespace

std::string table_of(const LeagueTable& table, Colour colour) {
    const bool adjusted = !table.adjusted_for.empty();
    std::string text = fmt::format(
        "{}: {} ({})\n", table.metric.metric.name, value_text(table.total), table.metric.text);
    if (adjusted) {
        text += fmt::format("adjusted for {} ({} values)\n", table.adjusted_for, table.strata);
    }
    text += consistency_lines(table.league);
    Grid grid{{{table.by}, {"rank"}, {"drawn together"}, {"measured"}}, {}};
    if (adjusted) {
        grid.columns.push_back({"adjusted"});
    }
    for (const char* name : {"n", "spread", "reliability"}) {
        grid.columns.push_back({name, Align::Right});
    }
    grid.columns.push_back({""});
    for (const metric::LeagueUnit& unit : table.league.units) {
        std::vector<std::string> row{none_given(unit.name),
                                     rank_text(unit),
                                     value_text(unit.shrunken),
                                     value_text(unit.measured)};
        if (adjusted) {
            row.push_back(unit.adjusted ? value_text(*unit.adjusted) : "");
        }
        row.push_back(count_text(unit.measured.is.n));
        row.push_back(unit.deviation ? number_text(*unit.deviation, 2) : "");
        row.push_back(number_text(unit.reliability, 2));
        row.push_back(remark_of(unit));
        grid.rows.push_back(std::move(row));
    }
    text += "\n" + draw(grid, colour) + inseparable_line(table);
    if (table.league.few > 0) {
        text += fmt::format("too few answers to be compared: {}\n", count_text(table.league.few));
    }
    return text;
}

}  // namespace kokemus::answer
