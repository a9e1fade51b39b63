#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kokemus::intake {

/// A DuckDB expression (or query) of a map, with the line it stands on, for messages. Line 0: not
/// from a file.
struct Expression {
    std::string sql;
    std::uint32_t line = 0;

    friend bool operator==(const Expression&, const Expression&) = default;
};

enum class Format { Csv, Tsv, JsonLines, Parquet, Xes };

/// How to read one text file where guessing is not enough. Absent: found out from the file.
struct TextOptions {
    std::optional<char> delimiter;
    std::optional<char> quote;
    std::string encoding;          ///< "latin-1", "utf-16", ...; empty: UTF-8
    std::uint32_t skip_lines = 0;  ///< before the header
    bool header = true;
    std::vector<std::string> names;    ///< in place of the header's; empty: the header's
    std::vector<std::string> missing;  ///< texts that mean "no value", besides the empty one
    std::map<std::string, std::string> types;  ///< column -> DuckDB type
};

/// Where rows come from: a file, or a query over sources declared before it.
struct Source {
    std::string name;
    std::uint32_t line = 0;
    std::string file;  ///< empty: a query
    std::optional<Format> format;
    TextOptions text;
    Expression sql;
};

/// Makes one encounter of each row of a source (for which `where` holds).
struct EncounterBlock {
    std::uint32_t line = 0;
    std::string from;
    std::optional<Expression> where;
    std::map<std::string, Expression>
        fields;  ///< by name of the wire form: "customer", "time", "score"...
    std::map<std::string, Expression> due;
    std::map<std::string, Expression> properties;
};

/// Sets traits of customers from the rows of a source.
struct CustomerBlock {
    std::uint32_t line = 0;
    std::string from;
    std::optional<Expression> where;
    Expression name;
    std::map<std::string, Expression> traits;
    std::optional<Expression>
        traits_object;  ///< all traits as one JSON object, as our own export writes them
};

/// How the rows of files become encounters and customers. See docs/intake/maps.md.
struct ImportMap {
    std::string title;            ///< how messages call it: "olist.map.toml"
    std::string time_zone;        ///< for times without an offset; empty: UTC
    std::vector<Source> sources;  ///< in the order of the file
    std::vector<EncounterBlock> encounters;
    std::vector<CustomerBlock> customers;

    const Source* source(std::string_view name) const;
};

/// Reads a map from its TOML text. On failure the message lists every fault, each as
/// "olist.map.toml line 7: ... ; write ... instead". Expressions are checked later, against the
/// sources.
Result<ImportMap> read_map(std::string_view toml, std::string_view title);

/// The fields that an [[encounter]] block may set, apart from `due` and `properties`.
const std::vector<std::string_view>& encounter_field_names();

/// "csv", "tsv", "jsonl", "parquet", "xes"; nothing for other words.
std::optional<Format> format_named(std::string_view name);

}  // namespace kokemus::intake
