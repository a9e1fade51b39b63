#include "intake/row_problem.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "duck/each_row.h"
#include "intake/xes_table.h"

namespace kokemus::intake {

namespace {

constexpr std::size_t rows_per_query = 500;
constexpr std::size_t explained_max =
    200;  ///< failures per block that are run again alone to hear why

using RowNumbers = std::vector<std::uint64_t>;
using Texts = std::map<std::string, std::string>;  ///< column -> value as written

/// The lines of rows of a text file: one walk over it.
Result<std::map<std::uint64_t, std::uint64_t>> lines_of(const StagedTable& table,
                                                        const RowNumbers& rows) {
    std::map<std::uint64_t, std::uint64_t> lines;
    RecordReader reader = TRY(RecordReader::open(table.plain_path, table.record_options));
    RowWalk walk(table.shape);
    auto out = table.left_out.begin();
    auto wanted = rows.begin();
    for (std::uint64_t row = 0; wanted != rows.end() && TRY(reader.next());) {
        if (!walk.is_row(reader.record())) {
            continue;
        }
        if (out != table.left_out.end() && *out == reader.record().offset) {
            ++out;
            continue;
        }
        if (++row == *wanted) {
            lines[row] = reader.record().line;
            ++wanted;
        }
    }
    return lines;
}

/// What DuckDB says of a failing expression, as a reason and the text it stumbled over.
struct Explained {
    std::string reason;
    std::string value;
};

std::string between(const std::string& text, std::string_view from, char to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) {
        return {};
    }
    const std::size_t start = at + from.size();
    return text.substr(start, text.find(to, start) - start);
}

Explained explain(const std::string& message, Reading reading) {
    const std::string first = message.substr(0, message.find('\n'));
    const auto says = [&](std::string_view words) {
        return message.find(words) != std::string::npos;
    };
    if (says("according to format specifier")) {
        return {
            fmt::format("does not fit the format {}", between(message, "format specifier ", '\n')),
            between(message, "Could not parse string \"", '"')};
    }
    if (says("out of range") && (says("timestamp") || says("date"))) {
        return {"is not a date that exists", between(message, ": \"", '"')};
    }
    if (says("timestamp field") || says("date field") || says("to TIMESTAMP") || says("to DATE")) {
        return {
            "is not a time; write it like 2026-01-31 14:05, or read its own form with "
            "strptime(column, '%d/%m/%Y %H:%M')",
            between(message, ": \"", '"')};
    }
    if (says("Could not convert string")) {
        const std::string value = between(message, "Could not convert string '", '\'');
        return {says("to BOOL") ? "is not true or false" : "is not a number",
                value.empty() ? between(message, "string \"", '"') : value};
    }
    if (reading == Reading::Time && first.empty()) {
        return {"is not a time", ""};
    }
    return {"cannot be computed: " + first, ""};
}

class Teller {
public:
    Teller(Stage& stage, const BlockQuery& query, RowErrors& errors)
        : stage_(stage),
          query_(query),
          table_(*query.table),
          errors_(errors) {}

    Status tell(const std::vector<RowProblem>& problems) {
        RowNumbers rows;
        for (const RowProblem& problem : problems) {
            if (rows.empty() || rows.back() != problem.row) {
                rows.push_back(problem.row);
            }
        }
        if (table_.places == Places::Records) {
            lines_ = TRY(lines_of(table_, rows));
        }
        for (std::size_t from = 0; from < problems.size();) {
            std::size_t to = from;
            RowNumbers some;
            while (to < problems.size() && some.size() < rows_per_query) {
                if (some.empty() || some.back() != problems[to].row) {
                    some.push_back(problems[to].row);
                }
                ++to;
            }
            TRY(fetch(some, problems, from, to));
            for (; from < to; ++from) {
                TRY(tell_one(problems[from]));
            }
        }
        return {};
    }

private:
    const Slot* slot_of(const RowProblem& problem) const {
        if (problem.slot == RowProblem::where_slot) {
            return &*query_.where;
        }
        return problem.slot >= 0 ? &query_.slots[static_cast<std::size_t>(problem.slot)] : nullptr;
    }

    /// Reads the texts of the columns that the problems of these rows name.
    Status fetch(const RowNumbers& rows, const std::vector<RowProblem>& problems, std::size_t from,
                 std::size_t to) {
        std::set<std::string> wanted;
        for (std::size_t at = from; at < to; ++at) {
            if (const Slot* slot = slot_of(problems[at])) {
                wanted.insert(slot->columns.begin(), slot->columns.end());
            }
        }
        std::string columns;
        for (const std::string& column : wanted) {
            columns += fmt::format(", CAST({} AS VARCHAR)", duck::identifier(column));
        }
        if (table_.places == Places::Stored) {
            columns += fmt::format(", CAST({} AS VARCHAR)", xes_line_column);
        }
        values_.clear();
        duck::Rows found = TRY(stage_.connection().query(
            fmt::format("SELECT CAST({} AS BIGINT) AS number{} FROM {} WHERE number IN ({})",
                        table_.row_number,
                        columns,
                        table_.raw,
                        fmt::join(rows, ", "))));
        return duck::each_row(std::move(found), [&](const duck::Chunk& chunk, std::size_t row) {
            const auto number =
                static_cast<std::uint64_t>(chunk.column(0).number<std::int64_t>(row));
            std::size_t at = 1;
            for (const std::string& column : wanted) {
                const duck::Column cell = chunk.column(at++);
                values_[number][column] =
                    cell.is_null(row) ? std::string() : std::string(cell.text(row));
            }
            if (table_.places == Places::Stored) {
                lines_[number] =
                    std::strtoull(std::string(chunk.column(at).text(row)).c_str(), nullptr, 10);
            }
        });
    }

    Status tell_one(const RowProblem& problem) {
        const auto line = lines_.find(problem.row);
        RowError error{.file = table_.file_name,
                       .line = line == lines_.end() ? problem.row : line->second,
                       .line_is_row = line == lines_.end()};
        const Slot* slot = slot_of(problem);
        if (slot == nullptr) {
            error.reason = problem.reason;
            return errors_.add(std::move(error));
        }
        const Texts& texts = values_[problem.row];
        error.column = slot->columns.empty() ? slot->field : slot->columns.front();
        if (const auto text = texts.find(error.column); text != texts.end()) {
            error.value = text->second;
        }
        if (problem.kind == RowProblem::Kind::Missing) {
            error.value.clear();
            error.reason = fmt::format(
                "{} is missing; where it may be, say so with where = \"... is not null\" in the "
                "block",
                slot->columns.empty() || error.column == slot->field ? "the value"
                                                                     : "the " + slot->field);
        } else if (problem.kind == RowProblem::Kind::Failed) {
            explain_failure(problem, *slot, texts, error);
        } else {
            error.reason = problem.reason;
            error.value = problem.value.empty() ? error.value : problem.value;
        }
        return errors_.add(std::move(error));
    }

    /// Runs the failing expression once more for this row alone, to hear what it stumbles over.
    void explain_failure(const RowProblem& problem, const Slot& slot, const Texts& texts,
                         RowError& error) {
        Explained& known = explained_[problem.slot];
        Explained why = known;
        if (known.reason.empty() || explanations_ < explained_max) {
            ++explanations_;
            const auto rows =
                stage_.connection().query(fmt::format("SELECT {} FROM typed.{} WHERE __row = {}",
                                                      slot.sql,
                                                      duck::identifier(table_.source),
                                                      problem.row));
            why = explain(rows ? std::string() : rows.error().message, slot.reading);
            known.reason = why.reason;
        }
        for (const auto& [column, text] : texts) {
            if (!why.value.empty() && text == why.value &&
                std::find(slot.columns.begin(), slot.columns.end(), column) != slot.columns.end()) {
                error.column = column;
                error.value = text;
            }
        }
        error.reason = why.reason;
    }

    Stage& stage_;
    const BlockQuery& query_;
    const StagedTable& table_;
    RowErrors& errors_;
    std::map<std::uint64_t, std::uint64_t> lines_;
    std::map<std::uint64_t, Texts> values_;
    std::map<int, Explained> explained_;
    std::size_t explanations_ = 0;
};

}  // namespace

Status say_problems(Stage& stage, const BlockQuery& query, std::vector<RowProblem> problems,
                    RowErrors& errors) {
    if (problems.empty()) {
        return {};
    }
    std::stable_sort(problems.begin(),
                     problems.end(),
                     [](const RowProblem& a, const RowProblem& b) { return a.row < b.row; });
    return Teller(stage, query, errors).tell(problems);
}

}  // namespace kokemus::intake
