#include "question/token_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::question {
namespace {

constexpr auto duration_units = std::to_array<std::string_view>(
    {"ms",   "s",     "sec",  "second", "seconds", "m",   "min",  "minute", "minutes",
     "h",    "hr",    "hour", "hours",  "d",       "day", "days", "w",      "wk",
     "week", "weeks", "mo",   "month",  "months",  "y",   "year", "years"});

template <typename List>
bool holds(const List& list, std::string_view word) {
    return std::ranges::find(list, lower(word)) != list.end();
}

std::optional<double> to_number(std::string_view text) {
    double number = 0;
    const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = fault == std::errc() && stop == text.data() + text.size();
    return whole && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

}  // namespace

std::span<const std::string_view> clause_words() {
    static constexpr auto words = std::to_array<std::string_view>({"per",
                                                                   "from",
                                                                   "to",
                                                                   "where",
                                                                   "having",
                                                                   "by",
                                                                   "adjusted",
                                                                   "within",
                                                                   "with",
                                                                   "limit",
                                                                   "offset",
                                                                   "seed"});
    return words;
}

std::span<const std::string_view> joining_words() {
    static constexpr auto words =
        std::to_array<std::string_view>({"and", "or", "not", "in", "is", "then", "at"});
    return words;
}

bool is_clause_word(std::string_view word) {
    return holds(clause_words(), word);
}

bool is_keyword(std::string_view word) {
    return is_clause_word(word) || holds(joining_words(), word);
}

std::string shown(const Token& token) {
    return token.kind == Token::Kind::End ? "the end" : quote(token.text);
}

const Token& TokenReader::peek(std::size_t ahead) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

const Token& TokenReader::next() {
    const Token& token = peek();
    at_ = std::min(at_ + 1, tokens_.size() - 1);
    return token;
}

bool TokenReader::is_word(std::string_view word, std::size_t ahead) const {
    const Token& token = peek(ahead);
    return token.kind == Token::Kind::Word && lower(token.text) == word;
}

bool TokenReader::is_symbol(std::string_view symbol, std::size_t ahead) const {
    const Token& token = peek(ahead);
    return token.kind == Token::Kind::Symbol && token.text == symbol;
}

bool TokenReader::take_word(std::string_view word) {
    const bool found = is_word(word);
    if (found) {
        next();
    }
    return found;
}

bool TokenReader::take_symbol(std::string_view symbol) {
    const bool found = is_symbol(symbol);
    if (found) {
        next();
    }
    return found;
}

Status TokenReader::need_symbol(std::string_view symbol) {
    return take_symbol(symbol) ? Status() : Status(expected(fmt::format("\"{}\"", symbol)));
}

Status TokenReader::need_word(std::string_view word) {
    return take_word(word) ? Status() : Status(expected(fmt::format("\"{}\"", word)));
}

Error TokenReader::expected(std::string_view what) const {
    return fail(fmt::format("expected {}, found {}", what, shown(peek())));
}

Result<std::string> TokenReader::text(std::string_view what) {
    const Token& token = peek();
    if (token.kind == Token::Kind::Word && is_keyword(token.text)) {
        return fail(
            fmt::format("expected {}, found the keyword {}; write it in quotes if it is meant",
                        what,
                        quote(token.text)));
    }
    if (token.kind == Token::Kind::End || token.kind == Token::Kind::Symbol) {
        return expected(what);
    }
    return next().text;
}

Result<std::string> TokenReader::name(std::string_view what) {
    if (peek().kind == Token::Kind::Quoted && peek().text.empty()) {
        return fail(fmt::format("expected {}, found an empty text", what));
    }
    return text(what);
}

Result<std::vector<std::string>> TokenReader::names(std::string_view what) {
    std::vector<std::string> names;
    if (!take_symbol("(")) {
        names.push_back(TRY(name(what)));
        return names;
    }
    do {
        names.push_back(TRY(name(what)));
    } while (take_symbol(","));
    TRY(need_symbol(")"));
    return names;
}

Result<std::vector<std::string>> TokenReader::step() {
    if (is_symbol("(")) {
        return names("a touchpoint");
    }
    std::vector<std::string> touchpoints;
    do {
        touchpoints.push_back(TRY(name("a touchpoint")));
    } while (take_symbol("|"));
    return touchpoints;
}

Result<double> TokenReader::number(std::string_view what) {
    const auto found = to_number(peek().text);
    if (peek().kind != Token::Kind::Number || !found) {
        return expected(what);
    }
    next();
    return *found;
}

Result<std::size_t> TokenReader::whole_number(std::string_view what, std::size_t least,
                                              std::size_t most) {
    const Token& token = peek();
    std::size_t found = 0;
    const char* const stop = token.text.data() + token.text.size();
    const auto [end, fault] = std::from_chars(token.text.data(), stop, found);
    if (token.kind != Token::Kind::Number || fault != std::errc() || end != stop || found < least ||
        found > most) {
        return expected(fmt::format("{} from {} to {}", what, least, most));
    }
    next();
    return found;
}

bool TokenReader::is_unit_apart() const {
    return peek().kind == Token::Kind::Number && to_number(peek().text) &&
           peek(1).kind == Token::Kind::Word && holds(duration_units, peek(1).text);
}

bool TokenReader::is_duration() const {
    const Token& token = peek();
    return is_unit_apart() || token.kind == Token::Kind::Quoted ||
           (token.kind == Token::Kind::Number && !to_number(token.text));
}

Result<Milliseconds> TokenReader::duration(std::string_view what) {
    const Token token = peek();
    if (token.kind != Token::Kind::Number && token.kind != Token::Kind::Quoted) {
        return expected(what);
    }
    std::string text = token.text;
    const bool unit_apart = is_unit_apart();
    if (unit_apart) {
        text += " " + peek(1).text;
    }
    const auto found = parse_duration(text);
    if (!found) {
        return fail(found.error().message);
    }
    if (*found < Milliseconds(0)) {
        return fail(fmt::format("{} is negative; write {} of zero or more", quote(text), what));
    }
    next();
    if (unit_apart) {
        next();
    }
    return *found;
}

std::optional<Comparison> TokenReader::take_comparison() {
    constexpr std::array<std::pair<std::string_view, Comparison>, 6> symbols = {
        {{"=", Comparison::Equal},
         {"!=", Comparison::NotEqual},
         {"<", Comparison::Less},
         {"<=", Comparison::LessOrEqual},
         {">", Comparison::Greater},
         {">=", Comparison::GreaterOrEqual}}};
    for (const auto& [symbol, comparison] : symbols) {
        if (take_symbol(symbol)) {
            return comparison;
        }
    }
    return std::nullopt;
}

Result<Comparison> TokenReader::comparison() {
    if (const auto found = take_comparison()) {
        return *found;
    }
    return expected("one of = != < <= > >=");
}

}  // namespace kokemus::question
