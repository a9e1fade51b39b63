#pragma once

#include <string>

#include "blueprint/blueprint.h"
#include "question/filter.h"
#include "question/token_reader.h"

namespace kokemus::question {

/// Steps of a path that episodes can be held against: a word of bits (shape/edit_distance.h).
inline constexpr std::size_t designed_steps_max = 64;

/// What is wrong with a journey that nothing can be held against: no path, or one too long. Empty:
/// nothing.
std::string fault_of_path(const blueprint::Journey& journey);

/// Reads conditions from the tokens of a question: everything of the grammar that may stand after
/// `where`. Recursion is bounded by `limits::filter_depth_max`.
class ConditionParser {
public:
    /// Both must outlive the parser.
    ConditionParser(TokenReader& reader, const blueprint::Blueprint& blueprint)
        : reader_(reader),
          blueprint_(blueprint) {}

    /// As much as belongs to the filter: up to the end, a clause word or a closing parenthesis.
    Result<ConditionPtr> parse();

private:
    Result<ConditionPtr> parse_or();
    Result<ConditionPtr> parse_and();
    Result<ConditionPtr> parse_part();
    Result<ConditionPtr> parse_inner();  ///< in parentheses
    Result<ConditionPtr> parse_field();
    Result<ConditionPtr> parse_text_values(Field field);
    Result<ConditionPtr> parse_number_values(Field field);
    Result<ConditionPtr> parse_time(Field field);
    Result<std::vector<double>> parse_numbers(const Field& field);
    Result<double> parse_number(const Field& field);
    Result<std::vector<std::string>> parse_values(std::string_view field);

    /// The condition on the unit that begins with this word; null if none does.
    Result<ConditionPtr> parse_unit_condition();
    Result<ConditionPtr> parse_goes();
    Result<ConditionPtr> parse_follows();
    Result<ConditionPtr> parse_status();
    Result<ConditionPtr> parse_promise();
    Result<ConditionPtr> parse_makes_promise();
    Result<PromiseCondition> parse_promise_words();
    Result<ConditionPtr> parse_first_contact(bool repeated);
    Result<Milliseconds> parse_window(Milliseconds usual);
    Result<ConditionPtr> parse_reaches();
    Result<ConditionPtr> parse_stops();
    Result<ConditionPtr> parse_switches();
    Result<ConditionPtr> parse_deviates();
    Result<ConditionPtr> parse_has();

    Result<std::vector<std::vector<std::string>>> parse_steps();
    Result<PromiseOutcome> parse_outcome();
    Result<std::string> parse_channel_or_any();
    Error unknown_field(const Token& token) const;

    /// What stands between a field and its values.
    struct Membership {
        bool negated = false;
        bool list = false;  ///< `in (...)`: parentheses are needed
    };
    std::optional<Membership> take_membership();

    TokenReader& reader_;
    const blueprint::Blueprint& blueprint_;
    std::size_t depth_ = 0;
    bool inside_has_ = false;
};

}  // namespace kokemus::question
