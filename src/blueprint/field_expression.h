#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kokemus::blueprint {

/// Where one field comes from in a JSON document: alternatives apart by " | ", of which the first
/// that is there counts. One that begins with "/" is a JSON pointer (RFC 6901); any other is a
/// constant: "/contact/email | /contact/phone | unknown".
struct FieldExpression {
    struct Alternative {
        std::string constant;           ///< when there is no path
        std::vector<std::string> path;  ///< of a pointer, without its escapes
    };
    std::vector<Alternative> alternatives;
};

/// Fails with "has ..." words on an empty alternative and on a pointer with a broken escape.
Result<FieldExpression> parse_field_expression(std::string_view text);

/// What a document has to be like: comparisons apart by " and ", which all have to hold. Each is a
/// path that has to be there ("/sender"), or a path, = or !=, and texts apart by " | ":
/// "/event = message_created and /message_type != outgoing | template". Numbers and flags are meant
/// by their spelling; what is not there is no text.
struct FieldCondition {
    enum class Is { There, OneOf, NoneOf };
    struct Comparison {
        std::vector<std::string> path;
        Is is = Is::There;
        std::vector<std::string> texts;
    };
    std::vector<Comparison> comparisons;
};

/// Fails with "has ..." words on what is no comparison.
Result<FieldCondition> parse_field_condition(std::string_view text);

/// The name that a condition has among the fields of a map.
inline constexpr std::string_view condition_key = "when";

/// The fields of an encounter that an expression may fill.
std::span<const std::string_view> mapped_fields();

}  // namespace kokemus::blueprint
