#include "intake/field_map.h"

#include <algorithm>
#include <charconv>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::intake {

namespace {

namespace json = boost::json;

bool is_number_field(std::string_view name) {
    return name == "score" || name == "value" || name == "duration";
}

const json::value* step(const json::value& from, std::string_view token) {
    if (const json::object* object = from.if_object()) {
        return object->if_contains({token.data(), token.size()});
    }
    if (const json::array* list = from.if_array()) {
        std::size_t place = 0;
        const auto [end, failure] =
            std::from_chars(token.data(), token.data() + token.size(), place);
        const bool is_place = failure == std::errc{} && end == token.data() + token.size();
        return is_place ? list->if_contains(place) : nullptr;
    }
    return nullptr;
}

bool is_there(const json::value& value) {
    return !value.is_null() && !(value.is_string() && value.get_string().empty());
}

/// The number that a text spells, or the text as it is: the fault is then said by the field.
json::value as_number(const json::value& value) {
    if (const json::string* text = value.if_string()) {
        double number = 0;
        const auto [end, failure] =
            std::from_chars(text->data(), text->data() + text->size(), number);
        if (failure == std::errc{} && end == text->data() + text->size()) {
            return number;
        }
    }
    return value;
}

/// A text as it is, anything else as it is written in JSON.
std::string spelling(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

/// What lies there, or null.
const json::value* find(const json::value& source, const std::vector<std::string>& path) {
    const json::value* at = &source;
    for (auto token = path.begin(); at != nullptr && token != path.end(); ++token) {
        at = step(*at, *token);
    }
    return at;
}

}  // namespace

Result<FieldMap> FieldMap::parse(const std::map<std::string, std::string>& expressions) {
    FieldMap map;
    for (const auto& [field, text] : expressions) {
        if (field == blueprint::condition_key) {
            auto condition = blueprint::parse_field_condition(text);
            if (!condition) {
                return invalid_input(fmt::format("`{}` {}", field, condition.error().message));
            }
            map.condition_ = std::move(*condition);
            continue;
        }
        const auto fields = blueprint::mapped_fields();
        if (std::ranges::find(fields, field) == fields.end()) {
            return invalid_input(fmt::format("there is no field {} to fill", quote(field)));
        }
        auto expression = blueprint::parse_field_expression(text);
        if (!expression) {
            return invalid_input(fmt::format("`{}` {}", field, expression.error().message));
        }
        map.expressions_.emplace(field, std::move(*expression));
    }
    return map;
}

bool FieldMap::is_meant(const json::value& source) const {
    using Is = blueprint::FieldCondition::Is;
    return std::ranges::all_of(condition_.comparisons, [&](const auto& comparison) {
        const json::value* found = find(source, comparison.path);
        if (comparison.is == Is::There) {
            return found != nullptr && is_there(*found);
        }
        const bool is_one =
            found != nullptr &&
            std::ranges::find(comparison.texts, spelling(*found)) != comparison.texts.end();
        return is_one == (comparison.is == Is::OneOf);
    });
}

void FieldMap::apply(const json::value& source, json::object& wire) const {
    for (const auto& [field, expression] : expressions_) {
        for (const auto& alternative : expression.alternatives) {
            const json::value constant(alternative.constant);
            const json::value* found =
                alternative.path.empty() ? &constant : find(source, alternative.path);
            if (found != nullptr && is_there(*found)) {
                wire[field] = is_number_field(field) ? as_number(*found) : *found;
                break;
            }
        }
    }
}

}  // namespace kokemus::intake
