#pragma once

#include <string>
#include <vector>

#include "question/question.h"

/// From a number of an answer to the question that lists exactly the episodes behind it. Each
/// function takes the question that was asked and what the number counts; the text is `format` of
/// the result.
namespace kokemus::question {

/// The question with a condition more on the encounters it counts: `where` gets it.
Question with_condition(Question question, ConditionPtr condition);

/// One group of an answer by a field: the same question without `by`, with field = value.
Question narrow_to_value(Question question, const Field& field, const std::string& value);

/// The question about the encounters with this value of a field.
Question with_value(Question question, const Field& field, const std::string& value);

/// The episodes behind an answer as a whole: kind Episodes, same unit, range and filter.
Question drill(const Question& asked);

/// The episodes among them for which a condition on the unit holds. It is judged on what the filter
/// and the range leave of each unit, as the numbers were: in `having` where they can leave a part,
/// else in `where`, which reads easier.
Question drill(const Question& asked, ConditionPtr of_unit);

Question drill_node(const Question& asked, const std::string& touchpoint);

/// `from` may be "START", `to` "END".
Question drill_edge(const Question& asked, const std::string& from, const std::string& to);

Question drill_variant(const Question& asked, std::vector<std::string> path);

/// Those that reached a step, counted from 1.
Question drill_step(const Question& asked, std::size_t step);

/// Those that reached it and none after it.
Question drill_lost(const Question& asked, std::size_t step);

Question drill_promise(const Question& asked, const std::string& promise, PromiseOutcome outcome);

Question drill_switch(const Question& asked, const std::string& from_channel,
                      const std::string& to_channel);

/// Those with a forced switch between these channels; empty: any.
Question drill_forced(const Question& asked, const std::string& from_channel,
                      const std::string& to_channel);

/// Those with a first contact, or one that was repeated, about a topic; empty: any.
Question drill_contact(const Question& asked, const FirstContact& contact,
                       const std::string& topic);

/// Those in which a contact of a question about causes follows such an encounter within the window.
Question drill_cause(const Question& asked, const std::string& touchpoint, Milliseconds window);

/// Those of a question about a journey that deviate from its path in this way; `touchpoint` is
/// empty for Any.
Question drill_deviation(const Question& asked, const std::vector<std::string>& path,
                         Deviation deviation, const std::string& touchpoint);

/// Those with an encounter of this value, for one group of a breakdown.
Question drill_value(const Question& asked, const Field& field, const std::string& value);

}  // namespace kokemus::question
