#include "intake/implied_map.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "intake/xes_table.h"

namespace kokemus::intake {

namespace {

Expression column_expression(const StagedColumn& column) {
    return Expression{duck::identifier(column.name), 0};
}

/// "due.delivery" with prefix "due." gives "delivery".
std::optional<std::string> behind(const std::string& name, std::string_view prefix) {
    if (lower(name).starts_with(prefix) && name.size() > prefix.size()) {
        return name.substr(prefix.size());
    }
    return std::nullopt;
}

Status imply_encounters(const StagedTable& table, ImportMap& map, std::vector<std::string>& notes) {
    EncounterBlock block;
    block.from = table.source;
    const auto& fields = encounter_field_names();
    std::vector<std::string> others;
    for (const StagedColumn& column : table.columns) {
        const std::string name = lower(column.name);
        const bool object = name == "due" || name == "properties";
        if (object || std::find(fields.begin(), fields.end(), name) != fields.end()) {
            block.fields.emplace(name, column_expression(column));
        } else if (const auto promise = behind(column.name, "due.")) {
            block.due.emplace(*promise, column_expression(column));
        } else {
            const auto key = behind(column.name, "properties.");
            block.properties.emplace(key.value_or(column.name), column_expression(column));
            if (!key) {
                others.push_back(column.name);
            }
        }
    }
    if (!others.empty()) {
        notes.push_back(
            fmt::format("{}: kept as properties: {}", table.file_name, fmt::join(others, ", ")));
    }
    map.encounters.push_back(std::move(block));
    return {};
}

void imply_customers(const StagedTable& table, ImportMap& map) {
    CustomerBlock block;
    block.from = table.source;
    for (const StagedColumn& column : table.columns) {
        const std::string name = lower(column.name);
        if (name == "customer") {
            block.name = column_expression(column);
        } else if (name == "traits") {
            block.traits_object = column_expression(column);
        } else {
            block.traits.emplace(behind(column.name, "traits.").value_or(column.name),
                                 column_expression(column));
        }
    }
    map.customers.push_back(std::move(block));
}

/// The columns of a log under their roles.
class XesRoles {
public:
    explicit XesRoles(const StagedTable& table) : table_(table) {}

    const StagedColumn* first(std::initializer_list<std::string_view> names) const {
        for (const std::string_view name : names) {
            if (const StagedColumn* column = table_.column(name)) {
                return column;
            }
        }
        return nullptr;
    }

private:
    const StagedTable& table_;
};

/// Whether naming events by name and lifecycle tells more apart than the name alone: the log
/// declares such a classifier, and its events are in more than one state.
Result<bool> names_need_lifecycle(Stage& stage, const StagedTable& table, const XesSurvey& survey) {
    const bool declared = std::any_of(
        survey.classifiers.begin(), survey.classifiers.end(), [](const XesClassifier& one) {
            return std::find(one.keys.begin(), one.keys.end(), "lifecycle:transition") !=
                   one.keys.end();
        });
    if (!declared || table.column("lifecycle:transition") == nullptr) {
        return false;
    }
    duck::Rows counted = TRY(stage.connection().query(
        fmt::format("SELECT count(DISTINCT \"lifecycle:transition\") FROM {}", table.raw)));
    return TRY(std::move(counted).one_number()).value_or(0) > 1;
}

constexpr std::string_view own_prefix = "kokemus:";
constexpr std::string_view own_escapes = "kokemus:escaped";

bool is_trace_column(const StagedColumn& column) {
    return column.name.starts_with(xes_trace_prefix);
}

/// A log written by our own export: every field under its own name, so that nothing is guessed.
/// Texts that XML cannot hold stand in a JSON object beside the rest.
void imply_own_xes(const StagedTable& table, ImportMap& map) {
    static const std::map<std::string, std::string, std::less<>> standard = {
        {"concept:name", "touchpoint"},
        {"time:timestamp", "time"},
        {"org:resource", "employee"},
        {"org:group", "department"}};
    EncounterBlock block;
    block.from = table.source;
    const auto& fields = encounter_field_names();
    for (const StagedColumn& column : table.columns) {
        const bool of_trace = is_trace_column(column);
        const std::string key =
            of_trace ? column.name.substr(std::string_view(xes_trace_prefix).size()) : column.name;
        std::string field;
        if (key.starts_with(own_prefix)) {
            field = key.substr(own_prefix.size());
        } else if (const auto known = standard.find(key); !of_trace && known != standard.end()) {
            field = known->second;
        }
        const bool is_field = std::find(fields.begin(), fields.end(), field) != fields.end();
        if (!is_field && field != "due" && field != "properties") {
            continue;
        }
        Expression expression = column_expression(column);
        const std::string escaped = (of_trace ? xes_trace_prefix : "") + std::string(own_escapes);
        if (table.column(escaped) != nullptr && field != "time") {
            expression.sql = fmt::format("coalesce({}::JSON->>'$.{}', {}::VARCHAR)",
                                         duck::identifier(escaped),
                                         field,
                                         expression.sql);
        }
        block.fields.emplace(field, std::move(expression));
    }
    map.encounters.push_back(std::move(block));
}

/// The block of a log's events so far, and the columns that went into it.
struct XesBlock {
    EncounterBlock block;
    std::vector<const StagedColumn*> used;

    bool uses(const StagedColumn& column) const {
        return std::find(used.begin(), used.end(), &column) != used.end();
    }
};

/// The fields that the standard's own attributes stand for.
Result<XesBlock> imply_xes_fields(const StagedTable& table) {
    const XesRoles roles(table);
    const StagedColumn* name = roles.first({"concept:name"});
    const StagedColumn* time = roles.first({"time:timestamp"});
    const StagedColumn* trace = roles.first({"trace.concept:name", "trace.identity:id"});
    if (name == nullptr || time == nullptr || trace == nullptr) {
        return invalid_input(
            fmt::format("{} has no {}; write a map that says which attributes to take (`kokemus "
                        "import --suggest {}` makes a first one)",
                        table.file_name,
                        name == nullptr   ? "concept:name of events"
                        : time == nullptr ? "time:timestamp of events"
                                          : "concept:name of traces",
                        table.file_name));
    }
    XesBlock made;
    made.block.from = table.source;
    const std::array<std::pair<std::string_view, const StagedColumn*>, 9> fields = {
        {{"customer", trace},
         {"thread", trace},
         {"time", time},
         {"touchpoint", name},
         {"employee", roles.first({"org:resource"})},
         {"department", roles.first({"org:group"})},
         {"channel", roles.first({"channel", "trace.channel"})},
         {"value", roles.first({"cost:total"})},
         {"id", roles.first({"identity:id"})}}};
    for (const auto& [field, column] : fields) {
        if (column != nullptr) {
            made.block.fields.emplace(std::string(field), column_expression(*column));
            made.used.push_back(column);
        }
    }
    return made;
}

/// The other attributes of the traces become traits of their customers.
void imply_xes_traits(const StagedTable& table, const XesBlock& made, ImportMap& map) {
    CustomerBlock customers;
    customers.from = table.source + " traces";
    customers.name = made.block.fields.at("customer");
    std::vector<std::string> columns = {customers.name.sql};
    for (const StagedColumn& column : table.columns) {
        if (is_trace_column(column) && !made.uses(column)) {
            columns.push_back(column_expression(column).sql);
            customers.traits.emplace(column.name.substr(std::string_view(xes_trace_prefix).size()),
                                     column_expression(column));
        }
    }
    if (customers.traits.empty()) {
        return;
    }
    Source traces;
    traces.name = customers.from;
    traces.sql.sql = fmt::format("SELECT DISTINCT {} FROM {} ORDER BY ALL",
                                 fmt::join(columns, ", "),
                                 duck::identifier(table.source));
    map.sources.push_back(std::move(traces));
    map.customers.push_back(std::move(customers));
}

}  // namespace

Status imply_table_blocks(const StagedTable& table, ImportMap& map,
                          std::vector<std::string>& notes) {
    const auto has = [&](std::string_view name) { return table.column(name) != nullptr; };
    if (has("customer") && has("time") && has("touchpoint")) {
        return imply_encounters(table, map, notes);
    }
    const bool has_traits =
        has("traits") ||
        std::any_of(table.columns.begin(), table.columns.end(), [](const StagedColumn& column) {
            return behind(column.name, "traits.").has_value();
        });
    if (has("customer") && has_traits) {
        imply_customers(table, map);
        return {};
    }
    return invalid_input(
        fmt::format("{} does not say what its columns are: encounters need columns named customer, "
                    "time and touchpoint. "
                    "Write a map; `kokemus import --suggest {}` makes a first one",
                    table.file_name,
                    table.file_name));
}

Status imply_xes_blocks(Stage& stage, const StagedTable& table, const std::filesystem::path& file,
                        ImportMap& map, std::vector<std::string>& notes) {
    const XesSurvey survey = TRY(survey_xes(file));
    if (std::find(survey.extensions.begin(), survey.extensions.end(), "kokemus") !=
        survey.extensions.end()) {
        imply_own_xes(table, map);
        return {};
    }
    XesBlock made = TRY(imply_xes_fields(table));
    if (TRY(names_need_lifecycle(stage, table, survey))) {
        made.block.fields["touchpoint"].sql =
            R"(concat_ws('+', "concept:name", "lifecycle:transition"))";
        made.used.push_back(table.column("lifecycle:transition"));
        notes.push_back(
            fmt::format("{}: touchpoints are named by concept:name and lifecycle:transition, as "
                        "the log's classifier says",
                        table.file_name));
    }
    for (const StagedColumn& column : table.columns) {
        if (!made.uses(column) && !is_trace_column(column)) {
            made.block.properties.emplace(column.name, column_expression(column));
        }
    }
    imply_xes_traits(table, made, map);
    map.encounters.push_back(std::move(made.block));
    return {};
}

}  // namespace kokemus::intake
