#include "question/token.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"

namespace kokemus::question {
namespace {

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_' ||
           static_cast<unsigned char>(letter) >= 0x80;
}

bool continues_word(char letter) {
    return is_letter(letter) || is_digit(letter) || letter == '.' || letter == '@' || letter == '/';
}

/// Quotes as word processors make them.
bool is_curly_quote(std::string_view rest) {
    constexpr auto quotes = std::to_array<std::string_view>({"‘", "’", "“", "”", "„"});
    return std::ranges::any_of(quotes,
                               [rest](std::string_view quote) { return rest.starts_with(quote); });
}

class Lexer {
public:
    explicit Lexer(std::string_view source) : source_(source) {}

    Result<std::vector<Token>> run() {
        std::vector<Token> tokens;
        for (skip_blanks(); at_ < source_.size(); skip_blanks()) {
            tokens.push_back(TRY(next()));
        }
        Token end;
        end.begin = end.end = source_.size();
        end.column = column_;
        tokens.push_back(std::move(end));
        return tokens;
    }

private:
    char peek(std::size_t ahead = 0) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
    }

    std::string_view rest() const { return source_.substr(at_); }

    /// Steps over bytes; a column is counted for each that begins a character.
    void advance(std::size_t bytes) {
        for (const std::size_t stop = at_ + bytes; at_ < stop; ++at_) {
            column_ += (static_cast<unsigned char>(source_[at_]) & 0xC0) == 0x80 ? 0 : 1;
        }
    }

    void skip_blanks() {
        constexpr std::string_view no_break_space = "\xC2\xA0";
        while (at_ < source_.size()) {
            const char letter = peek();
            if (letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r') {
                advance(1);
            } else if (rest().starts_with(no_break_space)) {
                advance(2);
            } else {
                return;
            }
        }
    }

    Result<Token> next() {
        Token token;
        token.begin = at_;
        token.column = column_;
        const char letter = peek();
        if (letter == '\'' || letter == '"') {
            token.kind = Token::Kind::Quoted;
            token.text = TRY(take_quoted(letter));
        } else if (is_curly_quote(rest())) {
            return error_at(column_, "write straight quotes, ' or \"");
        } else if (const auto right = spelled_elsewhere()) {
            return error_at(column_, *right);
        } else if (is_digit(letter) || (letter == '-' && is_digit(peek(1)))) {
            token.kind = Token::Kind::Number;
            token.text = take_number();
        } else if (is_letter(letter)) {
            token.kind = Token::Kind::Word;
            token.text = take_word();
        } else {
            token.kind = Token::Kind::Symbol;
            token.text = TRY(take_symbol());
        }
        token.end = at_;
        return token;
    }

    Result<std::string> take_quoted(char quote) {
        const int opened = column_;
        std::string text;
        advance(1);
        while (at_ < source_.size()) {
            const char letter = peek();
            if (letter == quote && peek(1) != quote) {
                advance(1);
                return text;
            }
            text += letter;
            advance(letter == quote ? 2 : 1);
        }
        return error_at(
            opened,
            fmt::format("this quote is never closed; write {} at its end, and {}{} for one inside",
                        quote,
                        quote,
                        quote));
    }

    std::string take(std::size_t bytes) {
        std::string text(source_.substr(at_, bytes));
        advance(bytes);
        return text;
    }

    std::string take_word() {
        std::size_t length = 1;
        while (continues_word(peek(length)) ||
               (peek(length) == '-' && continues_word(peek(length + 1)))) {
            ++length;
        }
        return take(length);
    }

    /// Whether the text at `at_` has the form 2026-01-02.
    bool is_day() const {
        constexpr std::string_view form = "dddd-dd-dd";
        for (std::size_t i = 0; i < form.size(); ++i) {
            if (form[i] == 'd' ? !is_digit(peek(i)) : peek(i) != form[i]) {
                return false;
            }
        }
        return true;
    }

    std::string take_number() {
        std::size_t length = 1;
        if (is_day()) {
            length = 10;
            const bool has_time =
                (peek(length) == 'T' || peek(length) == 't') && is_digit(peek(length + 1));
            while (has_time && is_instant_part(length)) {
                ++length;
            }
            return take(length);
        }
        while (continues_word(peek(length)) ||
               (peek(length) == '-' && continues_word(peek(length + 1))) ||
               (peek(length) == '+' && is_exponent(peek(length - 1)))) {
            ++length;
        }
        return take(length);
    }

    static bool is_exponent(char letter) { return letter == 'e' || letter == 'E'; }

    bool is_instant_part(std::size_t ahead) const {
        const char letter = peek(ahead);
        return is_digit(letter) || is_letter(letter) || letter == '.' || letter == '+' ||
               (letter == '-' && is_digit(peek(ahead + 1))) ||
               (letter == ':' && is_digit(peek(ahead + 1)));
    }

    /// What to write instead of a symbol of other languages.
    std::optional<std::string> spelled_elsewhere() const {
        constexpr auto foreign =
            std::to_array<std::pair<std::string_view, std::string_view>>({{"==", "="},
                                                                          {"<>", "!="},
                                                                          {"&&", "and"},
                                                                          {"||", "or"},
                                                                          {"→", "->"},
                                                                          {"≤", "<="},
                                                                          {"≥", ">="}});
        for (const auto& [wrong, right] : foreign) {
            if (rest().starts_with(wrong)) {
                return fmt::format("write {} instead of {}", right, wrong);
            }
        }
        return std::nullopt;
    }

    Result<std::string> take_symbol() {
        constexpr auto symbols = std::to_array<std::string_view>(
            {"!:", "!=", "<=", ">=", "->", "(", ")", ",", "|", ":", "=", "<", ">"});
        for (const std::string_view symbol : symbols) {
            if (rest().starts_with(symbol)) {
                return take(symbol.size());
            }
        }
        return error_at(
            column_,
            fmt::format("{} has no meaning here; put text in quotes", quote(rest().substr(0, 1))));
    }

    std::string_view source_;
    std::size_t at_ = 0;
    int column_ = 1;
};

}  // namespace

Result<std::vector<Token>> tokenize(std::string_view source) {
    if (source.size() > limits::question_bytes_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("the question has {} bytes; at most {} may be",
                                 source.size(),
                                 limits::question_bytes_max)};
    }
    if (!is_valid_utf8(source)) {
        return invalid_input("the question is not in UTF-8; send it in that encoding");
    }
    return Lexer(source).run();
}

Error error_at(int column, std::string_view message) {
    Error error = invalid_input(fmt::format("column {}: {}", column, message));
    error.column = column;
    return error;
}

}  // namespace kokemus::question
