#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "blueprint/field_expression.h"

namespace boost::json {
class object;
class value;
}  // namespace boost::json

namespace kokemus::intake {

/// Which field of an encounter comes from where. Thread safe once filled.
class FieldMap {
public:
    /// Fails, naming the field, when there is no such field or its expression cannot be read.
    static Result<FieldMap> parse(const std::map<std::string, std::string>& expressions);

    /// Whether the condition of the map (`when`) holds for the document; without one it does.
    bool is_meant(const boost::json::value& source) const;

    /// Puts what it finds in `source` into the wire form of an encounter, over what is there; null
    /// and an empty text are not found. A text for a number's field that spells a number becomes
    /// that number.
    void apply(const boost::json::value& source, boost::json::object& wire) const;

private:
    std::map<std::string, blueprint::FieldExpression, std::less<>> expressions_;
    blueprint::FieldCondition condition_;
};

}  // namespace kokemus::intake
