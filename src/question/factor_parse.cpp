#include "question/factor_parse.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/nearest.h"
#include "base/text.h"
#include "question/condition_parse.h"
#include "question/field.h"

namespace kokemus::question {
namespace {

/// Whether a word says all by itself.
bool stands_alone(FactorOf of) {
    switch (of) {
        case FactorOf::Encounters:
        case FactorOf::Lasts:
        case FactorOf::Switches:
        case FactorOf::Repeats:
        case FactorOf::Duration:
        case FactorOf::Value:
        case FactorOf::Experienced: return true;
        default: return false;
    }
}

template <typename Declared>
std::vector<std::string_view> names_of(const std::vector<Declared>& all) {
    std::vector<std::string_view> names;
    for (const Declared& each : all) {
        names.emplace_back(each.name);
    }
    return names;
}

Factor plain(FactorOf of) {
    Factor factor;
    factor.of = of;
    return factor;
}

}  // namespace

std::optional<FactorOf> FactorParser::take_factor_word() {
    for (const auto& word : factor_words()) {
        if (!reader_.is_word(word.text)) {
            continue;
        }
        const Token& after = reader_.peek(1);
        const bool name = after.kind == Token::Kind::Quoted ||
                          (after.kind == Token::Kind::Word && !is_keyword(after.text)) ||
                          (after.kind == Token::Kind::Symbol && after.text == "(");
        if (stands_alone(word.value) || name) {
            reader_.next();
            return word.value;
        }
    }
    return std::nullopt;
}

Result<Factor> FactorParser::parse() {
    if (const auto of = take_factor_word()) {
        return parse_after(*of);
    }
    return parse_name();
}

Result<Factor> FactorParser::parse_outcome() {
    if (const auto of = take_factor_word()) {
        return parse_after(*of);
    }
    const Token token = reader_.peek();
    TRY(reader_.name("a metric such as nps, experience, or if and a condition in parentheses"));
    const bool quoted = token.kind == Token::Kind::Quoted;
    const auto field = quoted ? std::nullopt : find_field(token.text, blueprint_);
    if (field && blueprint_.metric(token.text) == nullptr) {
        return error_at(token.column,
                        fmt::format("{} is a field; what is to be explained is a metric, or if and "
                                    "a condition in parentheses",
                                    quote(token.text)));
    }
    return metric_named(token);
}

Result<std::vector<Factor>> FactorParser::parse_list() {
    std::vector<Factor> factors;
    do {
        if (factors.size() == factors_max) {
            return reader_.fail(fmt::format("more than {} factors", factors_max));
        }
        const int column = reader_.peek().column;
        Factor factor = TRY(parse());
        if (std::ranges::find(factors, factor) != factors.end()) {
            return error_at(column, "this factor stands twice; leave one out");
        }
        factors.push_back(std::move(factor));
    } while (reader_.take_symbol(","));
    return factors;
}

Result<Factor> FactorParser::parse_after(FactorOf of) {
    Factor factor = plain(of);
    switch (of) {
        case FactorOf::Count: factor.touchpoints = TRY(reader_.step()); return factor;
        case FactorOf::If: return parse_condition();
        case FactorOf::Wait: return parse_wait();
        case FactorOf::Late:
        case FactorOf::Early: return parse_promise(of);
        case FactorOf::Switches: factor.forced = reader_.take_word("forced"); return factor;
        case FactorOf::Distinct: return parse_distinct();
        case FactorOf::Mean: return parse_mean();
        case FactorOf::Number: return parse_number();
        default: break;
    }
    if (of == FactorOf::Repeats && reader_.take_word("within")) {
        factor.within = TRY(reader_.duration("a duration, such as 7d"));
    }
    return factor;
}

Result<Factor> FactorParser::parse_condition() {
    Factor factor = plain(FactorOf::If);
    TRY(reader_.need_symbol("("));
    const int column = reader_.peek().column;
    factor.condition = TRY(ConditionParser(reader_, blueprint_).parse());
    TRY(reader_.need_symbol(")"));
    if (sight_of(factor.condition) == Sight::Encounter) {
        return error_at(column,
                        "if judges whole units; write has (...) around conditions on an encounter");
    }
    return factor;
}

Result<Factor> FactorParser::parse_wait() {
    Factor factor = plain(FactorOf::Wait);
    factor.touchpoints = TRY(reader_.step());
    TRY(reader_.need_symbol("->"));
    factor.to = TRY(reader_.step());
    return factor;
}

Result<Factor> FactorParser::parse_promise(FactorOf of) {
    Factor factor = plain(of);
    const int column = reader_.peek().column;
    factor.name = TRY(reader_.name("a promise"));
    if (blueprint_.promise(factor.name) == nullptr) {
        return error_at(column,
                        fmt::format("the blueprint has no promise {}{}",
                                    quote(factor.name),
                                    did_you_mean(factor.name, names_of(blueprint_.promises))));
    }
    return factor;
}

Result<Field> FactorParser::parse_text_field() {
    const Token token = reader_.peek();
    const std::string name = TRY(reader_.name("a field of text, such as channel"));
    const auto field = find_field(name, blueprint_);
    if (!field) {
        return error_at(token.column,
                        fmt::format("there is no field {}{}",
                                    quote(name),
                                    did_you_mean(name, field_names(blueprint_))));
    }
    if (is_number(*field)) {
        return error_at(token.column,
                        fmt::format("{} is a number, where a field of text is needed", name));
    }
    return *field;
}

Result<Factor> FactorParser::parse_distinct() {
    Factor factor = plain(FactorOf::Distinct);
    const int column = reader_.peek().column;
    factor.field = TRY(parse_text_field());
    if (factor.field->of == FieldOf::Customer) {
        return error_at(column,
                        fmt::format("{} is the same for all encounters of a customer; write it "
                                    "without distinct",
                                    factor.field->name));
    }
    return factor;
}

Result<Factor> FactorParser::parse_mean() {
    Factor factor = plain(FactorOf::Mean);
    const int column = reader_.peek().column;
    factor.name = TRY(reader_.name("a scale, such as csat5"));
    if (blueprint_.scale(factor.name) == nullptr) {
        return error_at(column,
                        fmt::format("the blueprint has no scale {}{}",
                                    quote(factor.name),
                                    did_you_mean(factor.name, names_of(blueprint_.scales))));
    }
    if (reader_.take_word("at")) {
        factor.touchpoints = TRY(reader_.step());
    }
    return factor;
}

Result<Factor> FactorParser::parse_number() {
    Factor factor = plain(FactorOf::Number);
    const int column = reader_.peek().column;
    factor.field = TRY(parse_text_field());
    if (blueprint_.dimension(factor.field->name) == nullptr) {
        return error_at(column,
                        fmt::format("{} is no dimension of the blueprint, which number needs",
                                    factor.field->name));
    }
    if (reader_.peek().kind == Token::Kind::Number) {
        const int at = reader_.peek().column;
        if (TRY(reader_.number("0 missing")) != 0) {
            return error_at(at, "only zeros can be called missing; write 0 missing");
        }
        TRY(reader_.need_word("missing"));
        factor.zero_missing = true;
    }
    return factor;
}

/// A field of text, or the name of a metric.
Result<Factor> FactorParser::parse_name() {
    const Token token = reader_.peek();
    TRY(reader_.name("a factor, such as count 'call: billing' or late 'delivery'"));
    const bool quoted = token.kind == Token::Kind::Quoted;
    const auto field = quoted ? std::nullopt : find_field(token.text, blueprint_);
    if (!field && blueprint_.metric(token.text) != nullptr) {
        return metric_named(token);
    }
    if (!field) {
        std::vector<std::string_view> known = field_names(blueprint_);
        for (const auto& word : factor_words()) {
            known.push_back(word.text);
        }
        return error_at(token.column,
                        fmt::format("{} is neither a factor nor a field nor a metric{}",
                                    quote(token.text),
                                    did_you_mean(token.text, known)));
    }
    const bool single = field->name == "customer" || field->name == "thread";
    if (is_number(*field) || (single && field->of != FieldOf::Dimension)) {
        return error_at(
            token.column,
            fmt::format("{} groups no units; write a field of text, such as channel", field->name));
    }
    Factor factor = plain(FactorOf::Category);
    factor.field = field;
    return factor;
}

Result<Factor> FactorParser::metric_named(const Token& token) {
    if (blueprint_.metric(token.text) == nullptr) {
        return error_at(token.column,
                        fmt::format("there is no metric {}{}",
                                    quote(token.text),
                                    did_you_mean(token.text, names_of(blueprint_.metrics))));
    }
    Factor factor = plain(FactorOf::Metric);
    factor.name = token.text;
    return factor;
}

}  // namespace kokemus::question
