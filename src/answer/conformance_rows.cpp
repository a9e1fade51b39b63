#include "answer/rows_writer.h"

namespace kokemus::answer {

void put_rows(RowsWriter& out, const Conformance& conformance) {
    Columns columns{
        {"deviation", Holds::Text}, {"touchpoint", Holds::Text}, {"episodes", Holds::Count}};
    add(columns, value_columns("share", "share_", Holds::Share));
    add(columns, experience_columns());
    add(columns, value_columns("others", "others_", Holds::Number));
    for (const char* name : {"difference", "difference_low", "difference_high", "p", "q"}) {
        columns.push_back({name, Holds::Number});
    }
    out.head(std::move(columns));
    for (const DeviationRow& row : conformance.deviations) {
        out.text(std::string(name_of(row.deviation))).text(row.touchpoint).count(row.episodes);
        out.value(row.share).value(row.experience).value(row.others);
        if (row.difference) {
            const metric::Change& change = *row.difference;
            out.number(change.estimate).number(change.interval.low).number(change.interval.high);
        } else {
            out.number({}).number({}).number({});
        }
        out.number(row.p_value).number(row.q_value).end_row();
    }
}

}  // namespace kokemus::answer
