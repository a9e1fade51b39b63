#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kokemus::question {

/// One word of a question.
struct Token {
    enum class Kind {
        Word,    ///< `channel`, `not-after`: a letter, then letters, digits and _ . - @ /
        Quoted,  ///< 'it''s' or "say ""hi""": `text` is what stands inside, unescaped
        Number,  ///< `5`, `-3.5`, `7d`, `2026-01-02`, `2026-01-02T03:04:05Z`: begins with a digit
        Symbol,  ///< ( ) , | : !: = != < <= > >= ->
        End,
    };
    Kind kind = Kind::End;
    std::string text;
    std::size_t begin = 0;  ///< byte offsets in the source
    std::size_t end = 0;
    int column = 0;  ///< 1-based, in characters
};

/// Cuts a question into tokens; the last one is End. Fails, with the column, on what can begin no
/// token, on a quote that is not closed, on bytes that are not UTF-8, and on texts beyond
/// `limits::question_bytes_max`.
Result<std::vector<Token>> tokenize(std::string_view source);

/// An error that points: "column 7: ..." with `Error::column` set.
Error error_at(int column, std::string_view message);

}  // namespace kokemus::question
