#include "intake/block_query.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include <fmt/format.h>

#include "base/nearest.h"
#include "base/text.h"
#include "duck/each_row.h"

namespace kokemus::intake {

namespace {

bool starts_name(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}
bool continues_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

/// Reads 'text' or "name" with its quote doubled inside; `at` stands on the opening quote and ends
/// behind the closing one.
std::string read_quoted(std::string_view sql, std::size_t& at) {
    const char quote = sql[at++];
    std::string inside;
    while (at < sql.size()) {
        if (sql[at] == quote) {
            if (at + 1 < sql.size() && sql[at + 1] == quote) {
                ++at;
            } else {
                break;
            }
        }
        inside += sql[at++];
    }
    ++at;
    return inside;
}

/// The columns of the table that an expression names, each once, in order.
std::vector<std::string> named_columns(std::string_view sql, const StagedTable& table) {
    std::vector<std::string> found;
    const auto note = [&](std::string_view name) {
        const StagedColumn* column = table.column(name);
        if (column != nullptr &&
            std::find(found.begin(), found.end(), column->name) == found.end()) {
            found.push_back(column->name);
        }
    };
    for (std::size_t at = 0; at < sql.size();) {
        if (sql[at] == '\'') {
            read_quoted(sql, at);
        } else if (sql[at] == '"') {
            note(read_quoted(sql, at));
        } else if (starts_name(sql[at])) {
            const std::size_t from = at;
            while (at < sql.size() && continues_name(sql[at])) {
                ++at;
            }
            if (at == sql.size() || sql[at] != '(') {
                note(sql.substr(from, at - from));
            }
        } else {
            ++at;
        }
    }
    return found;
}

std::string bare_column(std::string_view sql, const StagedTable& table) {
    const std::string_view text = trim(sql);
    std::string name(text);
    if (text.size() > 2 && text.front() == '"') {
        std::size_t at = 0;
        name = read_quoted(text, at);
        if (at != text.size()) {
            return {};
        }
    } else if (!starts_name(text.front()) ||
               !std::all_of(text.begin(), text.end(), continues_name)) {
        return {};
    }
    const StagedColumn* column = table.column(name);
    return column == nullptr ? std::string() : column->name;
}

bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) {
    return std::find(types.begin(), types.end(), type) != types.end();
}

bool is_whole(std::string_view type) {
    return is_one_of(
        type, {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"});
}

bool is_number(std::string_view type) {
    return is_one_of(type, {"FLOAT", "DOUBLE", "UBIGINT", "HUGEINT", "UHUGEINT"}) ||
           type.substr(0, 7) == "DECIMAL";
}

/// Sets how a property or trait is read, by the type of its expression.
Reading reading_for(std::string_view type) {
    if (type == "BOOLEAN") {
        return Reading::Truth;
    }
    if (is_whole(type)) {
        return Reading::Whole;
    }
    if (is_number(type)) {
        return Reading::Number;
    }
    const bool nested = type == "JSON" || type.ends_with("]") || type.substr(0, 6) == "STRUCT" ||
                        type.substr(0, 3) == "MAP";
    return nested ? Reading::Json : Reading::Text;
}

/// A time as microseconds since 1970 (TIMESTAMP, TIMESTAMPTZ alike), or nothing when the type can
/// be no time.
std::optional<std::string> time_cast(const std::string& sql, std::string_view type, bool utc) {
    if (type == "TIMESTAMP WITH TIME ZONE") {
        return sql;
    }
    if (type.substr(0, 9) == "TIMESTAMP" || type == "DATE") {
        const std::string local = fmt::format("CAST({} AS TIMESTAMP)", sql);
        return utc ? local : fmt::format("CAST({} AS TIMESTAMP WITH TIME ZONE)", local);
    }
    if (type == "VARCHAR") {
        return fmt::format("CAST({} AS TIMESTAMP WITH TIME ZONE)", sql);
    }
    if (is_whole(type) || is_number(type)) {  // Unix time: more than 11 digits are milliseconds
        return fmt::format(
            "epoch_ms(CAST(round(CASE WHEN abs({0}) > 99999999999 THEN {0} ELSE {0} * 1000 END) AS "
            "BIGINT))",
            sql);
    }
    return type == "\"NULL\"" ? std::optional<std::string>("CAST(NULL AS TIMESTAMP)")
                              : std::nullopt;
}

std::string plain_cast(const Slot& slot, const std::string& sql, std::string_view type) {
    switch (slot.reading) {
        case Reading::Number:
            return type == "INTERVAL" ? fmt::format("epoch({})", sql)
                                      : fmt::format("CAST({} AS DOUBLE)", sql);
        case Reading::Whole:
            return fmt::format("CAST({} AS {})", sql, slot.any_type ? "BIGINT" : "UBIGINT");
        case Reading::Truth: return fmt::format("CAST({} AS BOOLEAN)", sql);
        case Reading::Json:
            return type == "VARCHAR" ? sql : fmt::format("CAST(to_json({}) AS VARCHAR)", sql);
        default: return fmt::format("CAST({} AS VARCHAR)", sql);
    }
}

/// What DuckDB says when an expression does not bind, in words for whoever wrote the map.
std::string bind_reason(const std::string& message, const StagedTable& table) {
    std::string first = message.substr(0, message.find('\n'));
    const auto says = [&](std::string_view words) {
        return message.find(words) != std::string::npos;
    };
    if (says("disabled by configuration")) {
        return "an expression may use the columns of its source only; files and the network are "
               "closed to it";
    }
    if (says("volatile function")) {
        return "a function that gives another result each time is refused, so that importing twice "
               "changes nothing";
    }
    if (says("scalar subquery") || says("TRY can not be used")) {
        return "a query inside an expression is not possible; write it as a source of its own with "
               "sql = \"select ...\"";
    }
    if (const std::size_t at = message.find("Referenced column \""); at != std::string::npos) {
        const std::size_t from = at + 19;
        const std::string name = message.substr(from, message.find('"', from) - from);
        std::vector<std::string_view> known;
        for (const StagedColumn& column : table.columns) {
            known.push_back(column.name);
        }
        std::string listed = fmt::format(
            "{}",
            fmt::join(known.begin(),
                      known.begin() +
                          static_cast<std::ptrdiff_t>(std::min<std::size_t>(known.size(), 12)),
                      ", "));
        return fmt::format(
            "{} has no column \"{}\"{}; its columns are {}{}. A constant text needs quotes of its "
            "own: \"'{}'\"",
            table.file_name,
            name,
            did_you_mean(name, known),
            listed,
            known.size() > 12 ? "..." : "",
            name);
    }
    if (says("No function matches")) {
        return first +
               " A column of texts is made a number with types = { <column> = \"DOUBLE\" } in its "
               "source";
    }
    return first;
}

class Binder {
public:
    Binder(Stage& stage, const ImportMap& map, const StagedTable& table)
        : stage_(stage),
          map_(map),
          table_(table) {}

    void bind(Slot& slot) {
        slot.columns = named_columns(slot.expression.sql, table_);
        slot.bare_column = bare_column(slot.expression.sql, table_);
        const auto type = type_of(slot);
        if (!type) {
            fault(slot, bind_reason(type.error().message, table_));
            return;
        }
        if (slot.any_type) {
            slot.reading = reading_for(*type);
        }
        if (slot.reading == Reading::Text && !slot.bare_column.empty() && table_.texts) {
            const StagedColumn* column = table_.column(slot.bare_column);
            slot.sql =
                duck::identifier(table_.is_cast(*column) ? as_written(column->name) : column->name);
            slot.safe = true;
            return;
        }
        if (lies_as_read(slot, *type)) {
            slot.sql = duck::identifier(table_.column(slot.bare_column)->name);
            slot.safe = true;
            return;
        }
        // A column alone is read from its text: nothing is rounded on the way.
        const StagedColumn* alone =
            slot.bare_column.empty() ? nullptr : table_.column(slot.bare_column);
        const bool from_text = alone != nullptr && table_.is_cast(*alone) && !slot.any_type &&
                               slot.reading != Reading::Time;
        const std::string sql = from_text ? duck::identifier(as_written(alone->name))
                                          : fmt::format("({}\n)", slot.expression.sql);
        if (slot.reading != Reading::Time) {
            slot.sql = plain_cast(slot, sql, *type);
        } else if (auto cast =
                       time_cast(sql, *type, map_.time_zone.empty() || map_.time_zone == "UTC")) {
            slot.sql = std::move(*cast);
        } else {
            fault(slot, fmt::format("a {} is not a time with its day", lower(*type)));
        }
    }

    /// With everything in its place: what TRY itself refuses shows only here.
    void check_wrapped(const Slot& slot) {
        const auto prepared = stage_.connection().prepare(
            fmt::format("SELECT {} FROM typed.{}", wrapped(slot), duck::identifier(table_.source)));
        if (!prepared) {
            fault(slot, bind_reason(prepared.error().message, table_));
        }
    }

    static std::string wrapped(const Slot& slot) {
        return slot.safe ? slot.sql : fmt::format("TRY({{'v': {}}})", slot.sql);
    }

    const std::vector<std::string>& faults() const { return faults_; }

private:
    /// The type of an expression that stands alone: neither a list of several nor the end of one
    /// query and a second one.
    Result<std::string> type_of(const Slot& slot) {
        // Prepared, because that refuses a second statement behind the first.
        duck::Statement describe =
            TRY(stage_.connection().prepare(fmt::format("DESCRIBE SELECT ({}\n) FROM typed.{}",
                                                        slot.expression.sql,
                                                        duck::identifier(table_.source))));
        duck::Rows rows = TRY(describe.run());
        std::vector<std::string> types;
        TRY(duck::each_row(std::move(rows), [&](const duck::Chunk& chunk, std::size_t row) {
            types.emplace_back(chunk.column(1).text(row));
        }));
        if (types.size() != 1) {
            return invalid_input("it is not one expression; look at its brackets and commas");
        }
        return types.front();
    }

    /// Whether the slot is a column whose values are what is read, with nothing to cast that could
    /// fail.
    bool lies_as_read(const Slot& slot, std::string_view type) const {
        const StagedColumn* column =
            slot.bare_column.empty() ? nullptr : table_.column(slot.bare_column);
        if (column == nullptr || table_.is_cast(*column)) {
            return false;
        }
        const bool utc = map_.time_zone.empty() || map_.time_zone == "UTC";
        switch (slot.reading) {
            case Reading::Text: return type == "VARCHAR";
            case Reading::Number: return type == "DOUBLE";
            case Reading::Truth: return type == "BOOLEAN";
            case Reading::Whole: return type == (slot.any_type ? "BIGINT" : "UBIGINT");
            case Reading::Time:
                return type == "TIMESTAMP WITH TIME ZONE" || (utc && type == "TIMESTAMP");
            case Reading::Json: return false;
        }
        return false;
    }

    void fault(const Slot& slot, const std::string& reason) {
        faults_.push_back(
            slot.expression.line > 0
                ? fmt::format(
                      "{} line {}: `{}`: {}", map_.title, slot.expression.line, slot.field, reason)
                : fmt::format("{}: `{}`: {}", map_.title, slot.field, reason));
    }

    Stage& stage_;
    const ImportMap& map_;
    const StagedTable& table_;
    std::vector<std::string> faults_;
};

Reading reading_of(std::string_view field) {
    if (is_one_of(field, {"score", "value", "duration"})) {
        return Reading::Number;
    }
    if (field == "sequence") {
        return Reading::Whole;
    }
    if (field == "time_clamped") {
        return Reading::Truth;
    }
    return field == "time" ? Reading::Time : Reading::Text;
}

}  // namespace

std::vector<Slot> slots_of(const EncounterBlock& block) {
    std::vector<Slot> slots;
    for (const auto& [field, expression] : block.fields) {
        slots.push_back(
            Slot{.field = field, .expression = expression, .reading = reading_of(field)});
    }
    for (const auto& [promise, expression] : block.due) {
        slots.push_back(
            Slot{.field = "due." + promise, .expression = expression, .reading = Reading::Time});
    }
    for (const auto& [key, expression] : block.properties) {
        slots.push_back(
            Slot{.field = "properties." + key, .expression = expression, .any_type = true});
    }
    return slots;
}

std::vector<Slot> slots_of(const CustomerBlock& block) {
    std::vector<Slot> slots = {Slot{.field = "name", .expression = block.name}};
    for (const auto& [trait, expression] : block.traits) {
        slots.push_back(
            Slot{.field = "traits." + trait, .expression = expression, .any_type = true});
    }
    if (block.traits_object) {
        slots.push_back(Slot{.field = "traits", .expression = *block.traits_object});
    }
    return slots;
}

Result<BlockQuery> bind_block(Stage& stage, const ImportMap& map, const StagedTable& table,
                              const std::optional<Expression>& where, std::vector<Slot> slots) {
    BlockQuery query;
    query.table = &table;
    query.slots = std::move(slots);
    Binder binder(stage, map, table);
    for (Slot& slot : query.slots) {
        binder.bind(slot);
    }
    if (where) {
        query.where = Slot{.field = "where", .expression = *where, .reading = Reading::Truth};
        binder.bind(*query.where);
    }
    if (binder.faults().empty()) {
        std::for_each(query.slots.begin(), query.slots.end(), [&](const Slot& slot) {
            binder.check_wrapped(slot);
        });
        if (query.where) {
            binder.check_wrapped(*query.where);
        }
    }
    if (!binder.faults().empty()) {
        return invalid_input(fmt::format("{}", fmt::join(binder.faults(), "\n")));
    }
    std::string columns;
    for (const Slot& slot : query.slots) {
        columns += ", " + Binder::wrapped(slot);
    }
    const std::string from = "typed." + duck::identifier(table.source);
    if (query.where) {
        query.sql = fmt::format(
            "SELECT CAST(__row AS BIGINT), __where IS NULL{} FROM (SELECT *, {} AS __where FROM "
            "{}) "
            "WHERE __where IS NULL OR __where.v",
            columns,
            Binder::wrapped(*query.where),
            from);
    } else {
        query.sql = fmt::format("SELECT CAST(__row AS BIGINT), false{} FROM {}", columns, from);
    }
    return query;
}

}  // namespace kokemus::intake
