#include "answer/rows_writer.h"

namespace kokemus::answer {

void add(Columns& columns, Columns more) {
    for (Column& column : more) {
        columns.push_back(std::move(column));
    }
}

Columns value_columns(const std::string& name, const std::string& stem, Holds holds) {
    return {
        {name, holds}, {stem + "low", holds}, {stem + "high", holds}, {stem + "n", Holds::Count}};
}

Columns experience_columns() {
    return value_columns("experience", "experience_", Holds::Number);
}

Columns seconds_columns() {
    return {{"seconds_n", Holds::Count},
            {"seconds_mean", Holds::Number},
            {"seconds_median", Holds::Number},
            {"seconds_p90", Holds::Number}};
}

Holds holds_of(metric::Unit unit) {
    return unit == metric::Unit::Share ? Holds::Share : Holds::Number;
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string all;
    for (const std::string& text : texts) {
        all += all.empty() ? "" : between;
        all += text;
    }
    return all;
}

RowsWriter& RowsWriter::value(const Value& value) {
    if (value.enough()) {
        number(value.is.estimate).number(value.is.interval.low).number(value.is.interval.high);
    } else {
        number({}).number({}).number({});
    }
    return count(value.is.n);
}

RowsWriter& RowsWriter::seconds(const Seconds& seconds) {
    return count(seconds.n).number(seconds.mean).number(seconds.median).number(seconds.p90);
}

void RowsWriter::head(Columns columns) {
    if (!rows_.columns.empty()) {
        return;
    }
    if (group_) {
        rows_.columns.push_back({by_, Holds::Text});
    }
    add(rows_.columns, std::move(columns));
}

void RowsWriter::end_row() {
    rows_.rows.push_back(std::move(row_));
    row_.clear();
}

void RowsWriter::begin_group(std::string by, std::string value) {
    by_ = std::move(by);
    group_ = std::move(value);
}

RowsWriter& RowsWriter::cell(Cell cell) {
    if (row_.empty() && group_) {
        row_.emplace_back(*group_);
    }
    row_.push_back(std::move(cell));
    return *this;
}

}  // namespace kokemus::answer
