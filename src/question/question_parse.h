#pragma once

#include <set>
#include <string>
#include <string_view>

#include "blueprint/blueprint.h"
#include "question/question.h"
#include "question/token_reader.h"

namespace kokemus::question {

/// Reads one question from its tokens: the kind with what belongs to it, then clauses in any order,
/// then `check`.
class QuestionParser {
public:
    /// Both must outlive the parser.
    QuestionParser(TokenReader& reader, const blueprint::Blueprint& blueprint)
        : reader_(reader),
          blueprint_(blueprint) {}

    Result<Question> parse();

private:
    Status parse_kind();
    Status parse_steps();
    Status parse_metric();
    Status parse_promise();
    Status parse_one_promise();
    Status parse_customer();
    Status parse_outcome();

    Status parse_clause();
    Status parse_per();
    Status parse_from();
    Status parse_to();
    Status parse_by();
    Result<Field> parse_text_field();
    Status parse_filter(ConditionPtr& into);
    Status parse_rows(std::string_view word);
    Status parse_with();
    Status parse_seed();

    Status check(int end_column);
    Status check_league(int end_column);
    Status check_path(int end_column);
    Status check_completion(const std::string& of_metric, int end_column);

    TokenReader& reader_;
    const blueprint::Blueprint& blueprint_;
    Question question_;
    std::set<std::string> clauses_;  ///< those that were given
};

}  // namespace kokemus::question
