#include "answer/answer_csv.h"

#include <charconv>

#include "answer/json_writer.h"
#include "answer/rows.h"
#include "answer/safe_text.h"

namespace kokemus::answer {
namespace {

bool is_number(std::string_view text) {
    double number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

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

std::string csv_cell(std::string_view text) {
    std::string cell = safe_cell(text);
    constexpr std::string_view calculates = "=+-@\t\r";
    if (!cell.empty() && calculates.find(cell.front()) != std::string_view::npos &&
        !is_number(cell)) {
        cell.insert(cell.begin(), '\'');
    }
    if (cell.find_first_of(",\"\r\n") == std::string::npos) {
        return cell;
    }
    std::string quoted = "\"";
    for (const char each : cell) {
        quoted += each == '"' ? "\"\"" : std::string(1, each);
    }
    return quoted + "\"";
}

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
    return csv;
}

}  // namespace kokemus::answer
