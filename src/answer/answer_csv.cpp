#include "answer/answer_csv.h"

#include "answer/json_writer.h"
#include "answer/rows.h"
#include "answer/safe_text.h"
#include "answer/withheld_finding.h"

namespace kokemus::answer {
namespace {

struct CellText {
    std::string operator()(std::monostate /*nothing*/) const { return {}; }
    std::string operator()(const std::string& text) const { return csv_cell(text); }
    std::string operator()(Instant time) const { return format_instant(time); }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::uint64_t count) const { return std::to_string(count); }
    std::string operator()(double number) const {
        const std::string json = JsonWriter().plain_value(number).take();
        return json == "null" ? std::string() : json;
    }
};

}  // namespace

std::string to_csv(const Answer& answer) {
    const Rows table = rows_of(answer);
    std::string csv;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        csv += (i == 0 ? "" : ",") + csv_cell(table.columns[i].name);
    }
    csv += table.columns.empty() ? "" : "\n";
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            csv += i == 0 ? "" : ",";
            csv += std::visit(CellText(), row[i]);
        }
        csv += '\n';
    }
    if (answer.withheld) {
        csv += csv_cell(to_text(*answer.withheld)) + "\n";
    }
    return csv;
}

}  // namespace kokemus::answer
