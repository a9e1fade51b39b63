#include "question/parse.h"

#include "question/condition_parse.h"
#include "question/factor_parse.h"
#include "question/question_parse.h"
#include "question/token_reader.h"

namespace kokemus::question {

Result<Question> parse_question(std::string_view text, const blueprint::Blueprint& blueprint) {
    TokenReader reader(TRY(tokenize(text)));
    return QuestionParser(reader, blueprint).parse();
}

Result<ConditionPtr> parse_condition(std::string_view text, const blueprint::Blueprint& blueprint) {
    TokenReader reader(TRY(tokenize(text)));
    if (reader.at_end()) {
        return ConditionPtr();
    }
    ConditionPtr condition = TRY(ConditionParser(reader, blueprint).parse());
    if (!reader.at_end()) {
        return reader.expected("and, or, or the end of the filter");
    }
    return condition;
}

Result<std::vector<Factor>> parse_factors(std::string_view text,
                                          const blueprint::Blueprint& blueprint) {
    TokenReader reader(TRY(tokenize(text)));
    if (reader.at_end()) {
        return std::vector<Factor>();
    }
    auto factors = TRY(FactorParser(reader, blueprint).parse_list());
    if (!reader.at_end()) {
        return reader.expected("a comma and the next factor, or the end");
    }
    return factors;
}

Result<Factor> parse_outcome(std::string_view text, const blueprint::Blueprint& blueprint) {
    TokenReader reader(TRY(tokenize(text)));
    Factor outcome = TRY(FactorParser(reader, blueprint).parse_outcome());
    if (!reader.at_end()) {
        return reader.expected("the end");
    }
    return outcome;
}

std::string caret_lines(std::string_view text, int column) {
    std::string lines;
    for (const char letter : text) {
        const bool breaks = letter == '\n' || letter == '\r' || letter == '\t';
        lines += breaks ? ' ' : letter;
    }
    lines += '\n';
    lines.append(static_cast<std::size_t>(column > 1 ? column - 1 : 0), ' ');
    return lines + '^';
}

}  // namespace kokemus::question
