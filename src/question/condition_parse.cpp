#include "question/condition_parse.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "base/text.h"
#include "question/condition_words.h"
#include "question/date_parse.h"
#include "question/field.h"

namespace kokemus::question {
namespace {

/// Counts the depth while something nested is read.
class Deeper {
public:
    explicit Deeper(std::size_t& depth) : depth_(depth) { ++depth_; }
    ~Deeper() { --depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;

private:
    std::size_t& depth_;
};

ConditionPtr negate(ConditionPtr part, bool negated) {
    return negated ? make_condition(Not{std::move(part)}) : std::move(part);
}

}  // namespace

Result<ConditionPtr> ConditionParser::parse() {
    return parse_or();
}

Result<ConditionPtr> ConditionParser::parse_or() {
    Or any;
    do {
        any.parts.push_back(TRY(parse_and()));
    } while (reader_.take_word("or"));
    return any.parts.size() == 1 ? any.parts.front() : make_condition(std::move(any));
}

Result<ConditionPtr> ConditionParser::parse_and() {
    And all;
    const auto ends = [this] {
        const Token& token = reader_.peek();
        return token.kind == Token::Kind::End || reader_.is_symbol(")") || reader_.is_word("or") ||
               (token.kind == Token::Kind::Word && is_clause_word(token.text));
    };
    do {
        all.parts.push_back(TRY(parse_part()));
    } while (reader_.take_word("and") || !ends());
    return all.parts.size() == 1 ? all.parts.front() : make_condition(std::move(all));
}

Result<ConditionPtr> ConditionParser::parse_part() {
    const Deeper deeper(depth_);
    if (depth_ > limits::filter_depth_max) {
        return reader_.fail(fmt::format("the filter is nested deeper than {}; write it flatter",
                                        limits::filter_depth_max));
    }
    if (reader_.take_word("not")) {
        return negate(TRY(parse_part()), true);
    }
    if (reader_.is_symbol("(")) {
        return parse_inner();
    }
    if (ConditionPtr unit = TRY(parse_unit_condition())) {
        return unit;
    }
    if (inside_has_ && reader_.is_word("first") && reader_.is_word("contact", 1)) {
        reader_.next();
        reader_.next();
        return parse_first_contact(false);
    }
    return parse_field();
}

Result<ConditionPtr> ConditionParser::parse_inner() {
    TRY(reader_.need_symbol("("));
    ConditionPtr inner = TRY(parse_or());
    TRY(reader_.need_symbol(")"));
    return inner;
}

Result<ConditionPtr> ConditionParser::parse_field() {
    if (reader_.peek().kind != Token::Kind::Word) {
        return reader_.expected("a condition, such as channel = 'phone'");
    }
    const auto field = find_field(reader_.peek().text, blueprint_);
    if (!field) {
        return unknown_field(reader_.peek());
    }
    reader_.next();
    if (field->name == "time" && field->of == FieldOf::Encounter) {
        return parse_time(*field);
    }
    return is_number(*field) ? parse_number_values(*field) : parse_text_values(*field);
}

/// A plain day is compared as a whole: `time <= 2026-01-31` takes in its evening.
Result<ConditionPtr> ConditionParser::parse_time(Field field) {
    const Comparison comparison =
        reader_.take_symbol(":") ? Comparison::Equal : TRY(reader_.comparison());
    const Date date = TRY(parse_date(reader_, blueprint_));
    const auto condition = [&field](Comparison is, Instant instant) {
        const auto milliseconds = static_cast<double>(instant.time_since_epoch().count());
        return make_condition(NumberCondition{field, is, milliseconds});
    };
    if (!date.is_day()) {
        return condition(comparison, date.start);
    }
    switch (comparison) {
        case Comparison::Equal:
            return both(condition(Comparison::GreaterOrEqual, date.start),
                        condition(Comparison::Less, date.after));
        case Comparison::NotEqual:
            return make_condition(Or{{condition(Comparison::Less, date.start),
                                      condition(Comparison::GreaterOrEqual, date.after)}});
        case Comparison::LessOrEqual: return condition(Comparison::Less, date.after);
        case Comparison::Greater: return condition(Comparison::GreaterOrEqual, date.after);
        default: return condition(comparison, date.start);
    }
}

Error ConditionParser::unknown_field(const Token& token) const {
    std::vector<std::string_view> known = field_names(blueprint_);
    const auto words = unit_condition_words();
    known.insert(known.end(), words.begin(), words.end());
    known.emplace_back("not");
    return error_at(
        token.column,
        fmt::format("there is no field {}{}", quote(token.text), did_you_mean(token.text, known)));
}

std::optional<ConditionParser::Membership> ConditionParser::take_membership() {
    if (reader_.take_symbol(":")) {
        return Membership{false, false};
    }
    if (reader_.take_symbol("!:")) {
        return Membership{true, false};
    }
    if (reader_.take_word("in")) {
        return Membership{false, true};
    }
    if (reader_.is_word("not") && reader_.is_word("in", 1)) {
        reader_.next();
        reader_.next();
        return Membership{true, true};
    }
    return std::nullopt;
}

Result<std::vector<std::string>> ConditionParser::parse_values(std::string_view field) {
    const std::string what = fmt::format("a value of {}", field);
    std::vector<std::string> values;
    const bool closed = reader_.take_symbol("(");
    do {
        values.push_back(TRY(reader_.text(what)));
    } while (reader_.take_symbol(","));
    if (closed) {
        TRY(reader_.need_symbol(")"));
    }
    return values;
}

Result<ConditionPtr> ConditionParser::parse_text_values(Field field) {
    TextCondition text;
    const std::string name = field.name;
    text.field = std::move(field);
    if (const auto membership = take_membership()) {
        if (membership->list && !reader_.is_symbol("(")) {
            return reader_.expected("\"(\" and the values");
        }
        text.negated = membership->negated;
        text.values = TRY(parse_values(name));
        return make_condition(std::move(text));
    }
    const int column = reader_.peek().column;
    const auto comparison = reader_.take_comparison();
    if (!comparison) {
        return reader_.expected(fmt::format("=, !=, in (...) or not in (...) after {}", name));
    }
    if (*comparison != Comparison::Equal && *comparison != Comparison::NotEqual) {
        return error_at(column,
                        fmt::format("{} is a text; write =, !=, in (...) or not in (...)", name));
    }
    if (reader_.is_symbol("(")) {
        return reader_.fail(fmt::format("write {}in (...) before several values",
                                        *comparison == Comparison::NotEqual ? "not " : ""));
    }
    text.negated = *comparison == Comparison::NotEqual;
    text.values = {TRY(reader_.text(fmt::format("a value of {}", name)))};
    return make_condition(std::move(text));
}

Result<double> ConditionParser::parse_number(const Field& field) {
    // The field counts seconds; `duration > 5m` is what people write.
    if (field.name == "duration" && reader_.is_duration()) {
        const Milliseconds duration = TRY(reader_.duration("a number of seconds or a duration"));
        return static_cast<double>(duration.count()) / 1000.0;
    }
    return reader_.number(fmt::format("a number for {}", field.name));
}

Result<std::vector<double>> ConditionParser::parse_numbers(const Field& field) {
    std::vector<double> numbers;
    const bool closed = reader_.take_symbol("(");
    do {
        numbers.push_back(TRY(parse_number(field)));
    } while (reader_.take_symbol(","));
    if (closed) {
        TRY(reader_.need_symbol(")"));
    }
    return numbers;
}

Result<ConditionPtr> ConditionParser::parse_number_values(Field field) {
    const auto membership = take_membership();
    if (!membership) {
        const auto comparison = reader_.take_comparison();
        if (!comparison) {
            return reader_.expected(
                fmt::format("one of = != < <= > >= or in (...) after {}", field.name));
        }
        const double number = TRY(parse_number(field));
        return make_condition(NumberCondition{std::move(field), *comparison, number});
    }
    if (membership->list && !reader_.is_symbol("(")) {
        return reader_.expected("\"(\" and the numbers");
    }
    const Comparison comparison = membership->negated ? Comparison::NotEqual : Comparison::Equal;
    std::vector<ConditionPtr> parts;
    for (const double number : TRY(parse_numbers(field))) {
        parts.push_back(make_condition(NumberCondition{field, comparison, number}));
    }
    if (parts.size() == 1) {
        return parts.front();
    }
    return membership->negated ? make_condition(And{std::move(parts)})
                               : make_condition(Or{std::move(parts)});
}

}  // namespace kokemus::question
