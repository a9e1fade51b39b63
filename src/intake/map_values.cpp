#include "intake/map_values.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/nearest.h"

namespace kokemus::intake {

void MapValues::fault(std::uint32_t line, const std::string& message) {
    faults_.push_back(fmt::format("{} line {}: {}", title_, line, message));
}

Status MapValues::no_faults() const {
    return faults_.empty() ? Status()
                           : Status(invalid_input(fmt::format("{}", fmt::join(faults_, "\n"))));
}

void MapValues::refuse_unknown(const toml::table& table, const Names& known,
                               std::string_view where) {
    for (const auto& [key, node] : table) {
        if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
            fault(key.source().begin.line,
                  fmt::format("`{}` is not known in {}{}; write one of {}",
                              key.str(),
                              where,
                              did_you_mean(key.str(), known),
                              fmt::join(known, ", ")));
        }
    }
}

std::optional<Expression> MapValues::expression(const toml::node& node, std::string_view name) {
    const std::uint32_t line = line_of(node);
    if (const auto number = node.value_exact<std::int64_t>()) {
        return Expression{std::to_string(*number), line};
    }
    if (const auto number = node.value_exact<double>()) {
        return Expression{fmt::format("{}", *number), line};
    }
    if (const auto truth = node.value_exact<bool>()) {
        return Expression{*truth ? "true" : "false", line};
    }
    const auto sql = node.value_exact<std::string>();
    if (!sql) {
        fault(line,
              fmt::format("`{}` is not an expression; write it as text, for example "
                          "{} = \"a_column\" or {} = \"'a constant'\"",
                          name,
                          name,
                          name));
        return std::nullopt;
    }
    if (sql->find_first_not_of(" \t\r\n") == std::string::npos) {
        fault(line,
              fmt::format("`{}` is empty; write the name of a column, or leave it out", name));
        return std::nullopt;
    }
    return Expression{*sql, line};
}

std::map<std::string, Expression> MapValues::expressions(const toml::node& node,
                                                         std::string_view name) {
    std::map<std::string, Expression> found;
    const toml::table* table = node.as_table();
    if (table == nullptr) {
        fault(line_of(node),
              fmt::format("`{}` needs a name; write {}.<name> = \"expression\"", name, name));
        return found;
    }
    for (const auto& [key, value] : *table) {
        if (auto one = expression(value, fmt::format("{}.{}", name, key.str()))) {
            found.emplace(std::string(key.str()), std::move(*one));
        }
    }
    return found;
}

std::string MapValues::text(const toml::node& node, std::string_view name) {
    if (const auto found = node.value_exact<std::string>(); found && !found->empty()) {
        return *found;
    }
    fault(line_of(node), fmt::format("`{}` is not a text; write {} = \"...\"", name, name));
    return {};
}

std::vector<std::string> MapValues::texts(const toml::node& node, std::string_view name) {
    std::vector<std::string> found;
    const toml::array* array = node.as_array();
    if (array == nullptr) {
        fault(line_of(node),
              fmt::format("`{}` is not a list; write {} = [\"...\", \"...\"]", name, name));
        return found;
    }
    for (const toml::node& one : *array) {
        if (const auto value = one.value_exact<std::string>()) {
            found.push_back(*value);
        } else {
            fault(line_of(one),
                  fmt::format("`{}` holds something that is not a text; put it in quotes", name));
        }
    }
    return found;
}

std::optional<char> MapValues::letter(const toml::node& node, std::string_view name) {
    const auto found = node.value_exact<std::string>();
    if (found && found->size() == 1) {
        return found->front();
    }
    fault(line_of(node),
          fmt::format("`{}` is not a single character; write for example {} = \";\"", name, name));
    return std::nullopt;
}

}  // namespace kokemus::intake
