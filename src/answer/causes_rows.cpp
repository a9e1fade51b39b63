#include <cmath>

#include "answer/rows_writer.h"

namespace kokemus::answer {
namespace {

void put(RowsWriter& out, const Excess& excess) {
    out.number(excess.contacts).number(excess.interval.low).number(excess.interval.high);
}

std::optional<double> finite(double number) {
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

}  // namespace

void put_rows(RowsWriter& out, const Causes& causes) {
    Columns columns{{"touchpoint", Holds::Text}, {"events", Holds::Count}};
    add(columns, value_columns("followed", "followed_", Holds::Share));
    for (const char* name : {"lift",
                             "risk_ratio",
                             "risk_ratio_low",
                             "risk_ratio_high",
                             "excess",
                             "excess_low",
                             "excess_high",
                             "q",
                             "excess_last",
                             "excess_last_low",
                             "excess_last_high",
                             "cost",
                             "odds_ratio"}) {
        columns.push_back({name, Holds::Number});
    }
    for (const char* name : {"contacts", "contacts_last", "customers"}) {
        columns.push_back({name, Holds::Count});
    }
    out.head(std::move(columns));
    for (const CauseRow& row : causes.rows) {
        out.text(row.tally.touchpoint).count(row.tally.events).value(row.followed);
        out.number(row.all.lift).number(finite(row.all.risk_ratio));
        out.number(finite(row.all.risk_ratio_interval.low));
        out.number(finite(row.all.risk_ratio_interval.high));
        put(out, row.all);
        out.number(row.all.q_value);
        put(out, row.last);
        out.number(row.cost).number(row.crossover.odds_ratio).count(row.tally.contacts);
        out.count(row.tally.contacts_last).count(row.tally.customers).end_row();
    }
}

}  // namespace kokemus::answer
