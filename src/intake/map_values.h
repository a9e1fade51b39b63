#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "base/result.h"
#include "intake/import_map.h"

namespace kokemus::intake {

using Names = std::vector<std::string_view>;

inline std::uint32_t line_of(const toml::node& node) {
    return node.source().begin.line;
}

/// Reads single values of a map in TOML. What a value is not is a fault with its line and what to
/// write instead; the value is then empty, and reading goes on.
class MapValues {
public:
    explicit MapValues(std::string_view title) : title_(title) {}

    void fault(std::uint32_t line, const std::string& message);

    /// A fault for each name that is not among `known`.
    void refuse_unknown(const toml::table& table, const Names& known, std::string_view where);

    /// SQL, or a number or a truth as it is.
    std::optional<Expression> expression(const toml::node& node, std::string_view name);

    /// By the names below `name`.
    std::map<std::string, Expression> expressions(const toml::node& node, std::string_view name);
    std::string text(const toml::node& node, std::string_view name);
    std::vector<std::string> texts(const toml::node& node, std::string_view name);
    std::optional<char> letter(const toml::node& node, std::string_view name);

    /// All faults so far as one error, a line each.
    Status no_faults() const;

private:
    std::string title_;
    std::vector<std::string> faults_;
};

}  // namespace kokemus::intake
