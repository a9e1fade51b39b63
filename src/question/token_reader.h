#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "question/filter.h"
#include "question/token.h"

namespace kokemus::question {

/// Walks over the tokens of one question and takes the small parts that its grammar is made of.
/// Keywords count in any case, and only without quotes.
class TokenReader {
public:
    /// The last token must be End.
    explicit TokenReader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    const Token& peek(std::size_t ahead = 0) const;
    const Token& next();  ///< takes one; End stays
    bool at_end() const { return peek().kind == Token::Kind::End; }

    bool is_word(std::string_view word, std::size_t ahead = 0) const;
    bool is_symbol(std::string_view symbol, std::size_t ahead = 0) const;
    bool take_word(std::string_view word);
    bool take_symbol(std::string_view symbol);
    Status need_symbol(std::string_view symbol);
    Status need_word(std::string_view word);

    /// A text: quoted, or one bare word or number that is no keyword of the grammar. `what` is what
    /// stands there, in words.
    Result<std::string> text(std::string_view what);

    /// The same, not empty: the name of a touchpoint, channel...
    Result<std::string> name(std::string_view what);

    /// One name, or several in parentheses and apart by commas.
    Result<std::vector<std::string>> names(std::string_view what);

    /// 'a' | 'b', or ('a', 'b'): the touchpoints of one step.
    Result<std::vector<std::string>> step();

    Result<double> number(std::string_view what);
    Result<std::size_t> whole_number(std::string_view what, std::size_t least, std::size_t most);

    /// Whether a number with a unit of time comes next, and not a number alone.
    bool is_duration() const;

    /// 7d, '3 days', 3 days.
    Result<Milliseconds> duration(std::string_view what);

    /// = != < <= > >=
    std::optional<Comparison> take_comparison();
    Result<Comparison> comparison();

    /// An error at the next token: "expected a number, found "x"", or what is given.
    Error expected(std::string_view what) const;
    Error fail(std::string_view message) const { return error_at(peek().column, message); }

private:
    bool is_unit_apart() const;  ///< a number, and its unit of time as the next word

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

/// How a token is named in messages: "score", or "the end".
std::string shown(const Token& token);

/// per, from, to, where...: the words that begin a clause, and so end a filter.
std::span<const std::string_view> clause_words();
bool is_clause_word(std::string_view word);

/// and, or, not, then...: the words that join what stands beside them.
std::span<const std::string_view> joining_words();

/// Whether a word is never a bare value: those that begin a clause or join conditions.
bool is_keyword(std::string_view word);

}  // namespace kokemus::question
