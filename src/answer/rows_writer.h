#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answer/answer.h"
#include "answer/rows.h"

/// How the rows of each kind of answer are put together.
namespace kokemus::answer {

using Columns = std::vector<Column>;

void add(Columns& columns, Columns more);

/// "x", "x_low", "x_high", "x_n", or with names of their own.
Columns value_columns(const std::string& name, const std::string& stem, Holds holds);

Columns experience_columns();
Columns seconds_columns();
Holds holds_of(metric::Unit unit);
std::string joined(const std::vector<std::string>& texts, std::string_view between);

/// Rows of cells; those of one group begin with the group's value.
class RowsWriter {
public:
    RowsWriter& text(std::string text) { return cell(std::move(text)); }
    RowsWriter& time(Instant time) { return cell(time); }
    RowsWriter& flag(bool flag) { return cell(flag); }
    RowsWriter& count(std::uint64_t count) { return cell(count); }
    RowsWriter& number(std::optional<double> number) {
        return number ? cell(*number) : cell(std::monostate());
    }

    RowsWriter& value(const Value& value);
    RowsWriter& seconds(const Seconds& seconds);

    /// Names the columns once, however many groups follow.
    void head(Columns columns);

    void end_row();
    void begin_group(std::string by, std::string value);

    Rows take() { return std::move(rows_); }

private:
    RowsWriter& cell(Cell cell);

    Rows rows_;
    std::vector<Cell> row_;
    std::string by_;
    std::optional<std::string> group_;
};

/// Of the kinds of answer that have files of their own.
void put_rows(RowsWriter& out, const Conformance& conformance);
void put_rows(RowsWriter& out, const LeagueTable& table);
void put_rows(RowsWriter& out, const Causes& causes);

}  // namespace kokemus::answer
