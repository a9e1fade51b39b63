#include "blueprint/field_expression.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::blueprint {

namespace {

constexpr std::string_view separator = " | ";

constexpr auto fields = std::to_array<std::string_view>({
    "id",
    "customer",
    "time",
    "touchpoint",
    "channel",
    "department",
    "employee",
    "thread",
    "score",
    "scale",
    "text",
    "language",
    "value",
    "duration",
    "properties",
});

constexpr std::string_view conjunction = " and ";

/// One token of a JSON pointer without its escapes; nothing when one is broken.
std::optional<std::string> unescaped(std::string_view token) {
    std::string plain;
    for (std::size_t i = 0; i < token.size(); ++i) {
        if (token[i] != '~') {
            plain += token[i];
            continue;
        }
        ++i;
        if (i == token.size() || (token[i] != '0' && token[i] != '1')) {
            return std::nullopt;
        }
        plain += token[i] == '0' ? '~' : '/';
    }
    return plain;
}

Result<std::vector<std::string>> parse_pointer(std::string_view pointer) {
    std::vector<std::string> path;
    for (std::string_view rest = pointer; !rest.empty();) {
        rest.remove_prefix(1);  // the slash
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        auto token = unescaped(rest.substr(0, slash));
        if (!token) {
            return invalid_input(fmt::format(
                "has the path {}: write ~0 for ~ and ~1 for / within a name", quote(pointer)));
        }
        path.push_back(std::move(*token));
        rest.remove_prefix(slash);
    }
    return path;
}

Result<FieldCondition::Comparison> parse_comparison(std::string_view part) {
    FieldCondition::Comparison comparison;
    const std::size_t end_of_path = std::min(part.find_first_of(" =!"), part.size());
    const std::string_view path = part.substr(0, end_of_path);
    std::string_view rest = trim(part.substr(end_of_path));
    if (path.empty() || path.front() != '/') {
        return invalid_input(
            fmt::format("has {}, which does not begin with a path; write, say, "
                        "/message_type = incoming",
                        quote(part)));
    }
    comparison.path = TRY(parse_pointer(path));
    if (rest.empty()) {
        return comparison;
    }
    const std::size_t sign = rest.starts_with("!=") ? 2 : rest.starts_with("=") ? 1 : 0;
    if (sign == 0) {
        return invalid_input(fmt::format("has {}: = or != follows a path", quote(part)));
    }
    comparison.is = sign == 1 ? FieldCondition::Is::OneOf : FieldCondition::Is::NoneOf;
    rest.remove_prefix(sign);
    for (bool is_last = false; !is_last;) {
        const std::size_t end = rest.find(separator);
        is_last = end == std::string_view::npos;
        const std::string_view text = trim(rest.substr(0, end));
        rest.remove_prefix(is_last ? rest.size() : end + separator.size());
        if (text.empty() || text == "|" || text.starts_with("| ") || text.ends_with(" |")) {
            return invalid_input(fmt::format("has {}: a text is missing", quote(part)));
        }
        comparison.texts.emplace_back(text);
    }
    return comparison;
}

}  // namespace

Result<FieldCondition> parse_field_condition(std::string_view text) {
    FieldCondition condition;
    for (bool is_last = false; !is_last;) {
        const std::size_t end = text.find(conjunction);
        is_last = end == std::string_view::npos;
        condition.comparisons.push_back(TRY(parse_comparison(trim(text.substr(0, end)))));
        text.remove_prefix(is_last ? text.size() : end + conjunction.size());
    }
    return condition;
}

Result<FieldExpression> parse_field_expression(std::string_view text) {
    FieldExpression expression;
    for (bool is_last = false; !is_last;) {
        const std::size_t end = text.find(separator);
        is_last = end == std::string_view::npos;
        const std::string_view part = trim(text.substr(0, end));
        text.remove_prefix(is_last ? text.size() : end + separator.size());
        if (part.empty() || part == "|") {
            return invalid_input(
                "has an empty alternative; write a path such as /contact/email, or a text");
        }
        FieldExpression::Alternative alternative;
        if (part.front() == '/') {
            alternative.path = TRY(parse_pointer(part));
        } else {
            alternative.constant = part;
        }
        expression.alternatives.push_back(std::move(alternative));
    }
    return expression;
}

std::span<const std::string_view> mapped_fields() {
    return fields;
}

}  // namespace kokemus::blueprint
