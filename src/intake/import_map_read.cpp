#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "base/time_zone.h"
#include "blueprint/toml_parse.h"
#include "intake/import_map.h"
#include "intake/map_values.h"

namespace kokemus::intake {

namespace {

/// Goes on after a fault, so that one run of the import shows all of them.
class Reader : private MapValues {
public:
    explicit Reader(std::string_view title) : MapValues(title) { map_.title = std::string(title); }

    Result<ImportMap> read(std::string_view text);

private:
    void read_time_zone(const toml::node& node);
    void read_sources(const toml::node& node);
    void read_source(const toml::table& table, const std::string& name);
    void read_text_options(const toml::table& table, TextOptions& options);
    void read_encounters(const toml::node& node);
    void read_encounter(const toml::table& table);
    void read_customers(const toml::node& node);
    void read_customer(const toml::table& table);
    std::string read_from(const toml::table& table, std::string_view block);

    ImportMap map_;
};

void Reader::read_time_zone(const toml::node& node) {
    map_.time_zone = text(node, "time_zone");
    if (const auto zone = TimeZone::find(map_.time_zone); !zone) {
        fault(line_of(node), zone.error().message);
    }
}

void Reader::read_sources(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
        fault(line_of(node),
              "`source` needs a name; write [source.<name>] and below it file = \"...\"");
        return;
    }
    std::vector<std::pair<std::uint32_t, std::string>> order;
    for (const auto& [key, value] : *table) {
        if (!value.is_table()) {
            fault(key.source().begin.line,
                  fmt::format(
                      "source `{}` is not a table; write [source.{}] and below it file = \"...\"",
                      key.str(),
                      key.str()));
            continue;
        }
        order.emplace_back(key.source().begin.line, std::string(key.str()));
    }
    std::sort(order.begin(), order.end());
    for (const auto& [line, name] : order) {
        read_source(*(*table)[name].as_table(), name);
    }
}

void Reader::read_source(const toml::table& table, const std::string& name) {
    Source source;
    source.name = name;
    source.line = line_of(table);
    refuse_unknown(table,
                   {"file",
                    "sql",
                    "format",
                    "types",
                    "missing",
                    "names",
                    "delimiter",
                    "quote",
                    "encoding",
                    "skip",
                    "header"},
                   fmt::format("[source.{}]", name));
    if (const toml::node* file = table.get("file")) {
        source.file = text(*file, "file");
    }
    if (const toml::node* sql = table.get("sql")) {
        source.sql = expression(*sql, "sql").value_or(Expression{});
    }
    if ((table.contains("file") ? 1 : 0) + (table.contains("sql") ? 1 : 0) != 1) {
        fault(source.line,
              fmt::format("[source.{}] needs either file = \"...\" or sql = \"select ...\"", name));
    }
    if (const toml::node* format = table.get("format")) {
        const std::string word = text(*format, "format");
        source.format = format_named(word);
        if (!word.empty() && !source.format) {
            fault(line_of(*format),
                  fmt::format("format \"{}\" is not known; write csv, tsv, jsonl, parquet or xes",
                              word));
        }
    }
    read_text_options(table, source.text);
    map_.sources.push_back(std::move(source));
}

void Reader::read_text_options(const toml::table& table, TextOptions& options) {
    if (const toml::node* node = table.get("delimiter")) {
        options.delimiter = letter(*node, "delimiter");
    }
    if (const toml::node* node = table.get("quote")) {
        options.quote = letter(*node, "quote");
    }
    if (const toml::node* node = table.get("encoding")) {
        options.encoding = text(*node, "encoding");
    }
    if (const toml::node* node = table.get("missing")) {
        options.missing = texts(*node, "missing");
    }
    if (const toml::node* node = table.get("names")) {
        options.names = texts(*node, "names");
    }
    if (const toml::node* node = table.get("header")) {
        if (!node->is_boolean()) {
            fault(line_of(*node),
                  "`header` is not true or false; leave it out when the first line names the "
                  "columns");
        }
        options.header = node->value_or(true);
    }
    if (const toml::node* node = table.get("skip")) {
        const auto lines = node->value_exact<std::int64_t>();
        if (!lines || *lines < 0 || *lines > 10'000) {
            fault(line_of(*node), "`skip` is not a number of lines from 0 to 10000");
        }
        options.skip_lines =
            static_cast<std::uint32_t>(std::clamp<std::int64_t>(lines.value_or(0), 0, 10'000));
    }
    if (const toml::node* node = table.get("types")) {
        for (auto& [column, type] : expressions(*node, "types")) {
            options.types.emplace(column, type.sql);
        }
    }
}

std::string Reader::read_from(const toml::table& table, std::string_view block) {
    if (const toml::node* node = table.get("from")) {
        std::string name = text(*node, "from");
        if (!name.empty() && map_.source(name) == nullptr) {
            Names known;
            for (const Source& source : map_.sources) {
                known.push_back(source.name);
            }
            fault(line_of(*node),
                  fmt::format("there is no source \"{}\"{}; declare it with [source.{}]",
                              name,
                              did_you_mean(name, known),
                              name));
        }
        return name;
    }
    if (map_.sources.size() == 1) {
        return map_.sources.front().name;
    }
    fault(
        line_of(table),
        fmt::format("{} does not say where its rows come from; write from = \"<source>\"", block));
    return {};
}

void Reader::read_encounters(const toml::node& node) {
    const toml::array* array = node.as_array();
    if (array == nullptr) {
        fault(line_of(node),
              "`encounter` is not a list of blocks; write [[encounter]] with two brackets");
        return;
    }
    for (const toml::node& block : *array) {
        if (const toml::table* table = block.as_table()) {
            read_encounter(*table);
        } else {
            fault(line_of(block),
                  "`encounter` holds something that is not a block; write [[encounter]]");
        }
    }
}

void Reader::read_encounter(const toml::table& table) {
    EncounterBlock block;
    block.line = line_of(table);
    Names known = encounter_field_names();
    known.insert(known.end(), {"from", "where", "due", "properties"});
    refuse_unknown(table, known, "[[encounter]]");
    block.from = read_from(table, "[[encounter]]");
    for (const auto& [key, value] : table) {
        const std::string name(key.str());
        if (name == "from" || std::find(known.begin(), known.end(), name) == known.end()) {
            continue;
        }
        if (name == "where") {
            block.where = expression(value, name);
        } else if (name == "due" && value.is_table()) {
            block.due = expressions(value, name);
        } else if (name == "properties" && value.is_table()) {
            block.properties = expressions(value, name);
        } else if (auto one = expression(value, name)) {
            block.fields.emplace(name, std::move(*one));
        }
    }
    for (const std::string_view needed : {"customer", "time", "touchpoint"}) {
        if (!table.contains(needed)) {
            fault(
                block.line,
                fmt::format("[[encounter]] needs `{}`; write {} = \"expression\"", needed, needed));
        }
    }
    if (table.contains("score") && !table.contains("scale")) {
        fault(
            block.line,
            "a score needs its scale; write for example scale = \"'stars5'\" (with quotes inside)");
    }
    map_.encounters.push_back(std::move(block));
}

void Reader::read_customers(const toml::node& node) {
    const toml::array* array = node.as_array();
    if (array == nullptr) {
        fault(line_of(node),
              "`customer` is not a list of blocks; write [[customer]] with two brackets");
        return;
    }
    for (const toml::node& block : *array) {
        if (const toml::table* table = block.as_table()) {
            read_customer(*table);
        } else {
            fault(line_of(block),
                  "`customer` holds something that is not a block; write [[customer]]");
        }
    }
}

void Reader::read_customer(const toml::table& table) {
    CustomerBlock block;
    block.line = line_of(table);
    refuse_unknown(table, {"from", "where", "name", "traits"}, "[[customer]]");
    block.from = read_from(table, "[[customer]]");
    if (const toml::node* node = table.get("where")) {
        block.where = expression(*node, "where");
    }
    if (const toml::node* node = table.get("name")) {
        block.name = expression(*node, "name").value_or(Expression{});
    } else {
        fault(block.line,
              "[[customer]] needs `name`; write name = \"<column that names the customer>\"");
    }
    const toml::node* traits = table.get("traits");
    if (traits == nullptr) {
        fault(block.line, "[[customer]] sets nothing; write traits.<name> = \"expression\"");
    } else if (traits->is_string()) {
        block.traits_object = expression(*traits, "traits");
    } else {
        block.traits = expressions(*traits, "traits");
    }
    map_.customers.push_back(std::move(block));
}

Result<ImportMap> Reader::read(std::string_view text) {
    if (text.size() > limits::blueprint_bytes_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("{} is larger than {} bytes; a map is a small text file",
                                 map_.title,
                                 limits::blueprint_bytes_max)};
    }
    const blueprint::ParsedToml parsed = blueprint::parse_toml(text);
    for (const blueprint::Fault& one : parsed.faults) {
        fault(static_cast<std::uint32_t>(one.line), one.message);
    }
    const toml::table& root = parsed.table;
    refuse_unknown(root, {"time_zone", "source", "encounter", "customer"}, "a map");
    if (const toml::node* node = root.get("time_zone")) {
        read_time_zone(*node);
    }
    if (const toml::node* node = root.get("source")) {
        read_sources(*node);
    } else {
        fault(1, "there is no source; write [source.<name>] and below it file = \"...\"");
    }
    if (const toml::node* node = root.get("encounter")) {
        read_encounters(*node);
    }
    if (const toml::node* node = root.get("customer")) {
        read_customers(*node);
    }
    if (!root.contains("encounter") && !root.contains("customer")) {
        fault(1, "there is no [[encounter]] block, so nothing would be imported");
    }
    TRY(no_faults());
    return std::move(map_);
}

}  // namespace

Result<ImportMap> read_map(std::string_view toml, std::string_view title) {
    return Reader(title).read(toml);
}

}  // namespace kokemus::intake
