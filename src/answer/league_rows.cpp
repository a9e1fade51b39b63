#include "answer/rows_writer.h"

namespace kokemus::answer {

void put_rows(RowsWriter& out, const LeagueTable& table) {
    const Holds holds = holds_of(table.metric.unit);
    Columns columns{{"value", Holds::Text}};
    add(columns, value_columns("estimate", "", holds));
    add(columns, value_columns("adjusted", "adjusted_", holds));
    add(columns, value_columns("shrunken", "shrunken_", holds));
    add(columns,
        {{"above", Holds::Share},
         {"reliability", Holds::Number},
         {"rank", Holds::Number},
         {"rank_low", Holds::Number},
         {"rank_high", Holds::Number},
         {"why_no_rank", Holds::Text},
         {"funnel_z", Holds::Number},
         {"funnel_low", holds},
         {"funnel_high", holds},
         {"funnel_beyond", Holds::Flag},
         {"deviation", Holds::Number},
         {"encounters", Holds::Count}});
    out.head(std::move(columns));
    for (std::size_t i = 0; i < table.league.units.size(); ++i) {
        const metric::LeagueUnit& unit = table.league.units[i];
        out.text(unit.name).value(unit.measured).value(unit.adjusted.value_or(Value()));
        out.value(unit.shrunken).number(unit.above).number(unit.reliability);
        if (unit.rank) {
            out.number(unit.rank->expected);
            out.number(unit.rank->interval.low).number(unit.rank->interval.high);
        } else {
            out.number({}).number({}).number({});
        }
        out.text(unit.why_no_rank).number(unit.funnel.z).number(unit.funnel.limits.low);
        out.number(unit.funnel.limits.high).flag(unit.funnel.beyond).number(unit.deviation);
        out.count(table.encounters[i]).end_row();
    }
}

}  // namespace kokemus::answer
