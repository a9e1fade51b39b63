#pragma once

#include <set>
#include <string>

#include "answer/answer.h"
#include "answer/overview.h"

/// What the finding of an answer says once rows were taken out of it (small_groups.h).
namespace kokemus::answer {

/// "2 rows are not shown, so that none tells of fewer than 5 customers."
std::string to_text(const Withheld& withheld);

/// What the finding may name, as it names it: one a row; of an edge both its ends.
std::set<std::string> names_in(const Answer& answer);
std::set<std::string> names_in(const Overview& overview);

/// A finding about what was there `before` and is not `after` becomes another; each says that
/// something was taken out.
void say_withheld(Finding& finding, const Withheld& withheld, const std::set<std::string>& before,
                  const std::set<std::string>& after);

}  // namespace kokemus::answer
