#pragma once

#include <string>
#include <string_view>

#include "account/user.h"
#include "answer/answer.h"
#include "blueprint/blueprint.h"
#include "question/question.h"

/// What of the questions and answers somebody may have, by rights and reach. docs/security.md has
/// the table; what it does not cover stands there too.
namespace kokemus::app {

/// A condition that holds for the encounters within the person's reach: those of a manager's
/// departments, those that an agent served. Null: all of them.
question::ConditionPtr within_reach(const account::Person& person);

/// The question as this person may ask it: narrowed to their reach. Forbidden, with the right that
/// is missing, when it is about single customers (or employees) and they may not see them.
Result<question::Question> as_may_be_asked(question::Question question,
                                           const account::Person& person);

/// The question without customers who have refused to be analysed, where the blueprint says that
/// questions need their consent: by a dimension of the trait `consent.analysis`.
question::Question of_who_agree(question::Question question, const blueprint::Blueprint& blueprint);

/// Forbidden unless this person may see personal data: for what another right opens as well, and
/// what shows names all the same.
Status must_see_personal_data(const account::Person& person);

/// Whether the values of the field may be listed for this person.
Status check_field(const question::Field& field, const account::Person& person);

/// Whether answers to this person have pseudonyms in place of customers.
bool is_concealed(const account::Person& person);

/// Puts a pseudonym in place of each customer that the answer lists: the same for the same `key`,
/// and without that not to be led back.
void conceal(answer::Answer& answer, std::string_view key);

}  // namespace kokemus::app
