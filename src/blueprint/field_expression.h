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

/// The fields of an encounter that an expression may fill.
std::span<const std::string_view> mapped_fields();

}  // namespace kokemus::blueprint
