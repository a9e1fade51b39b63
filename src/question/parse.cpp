#include "question/parse.h"

#include "question/condition_parse.h"
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
