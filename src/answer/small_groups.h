#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "answer/answer.h"
#include "answer/overview.h"
#include "base/result.h"

/// Groups of so few customers that a number tells of single ones, taken out of an answer for those
/// who may not see single customers.
namespace kokemus::answer {

inline constexpr std::uint64_t smallest_group_default = 5;

/// How many customers are behind a number, by the question that lists them.
using CustomersBehind = std::function<Result<std::uint64_t>(const std::string& drill)>;

/// Forbidden, in words, for an answer about fewer than `smallest` customers in all. Nobody at all
/// is no small group.
Status check_size(const question::Population& population, std::uint64_t smallest);

/// Takes the groups of fewer than `smallest` customers out of the answer, which says so
/// (`Answer::withheld`, and the text of its finding); variants join the others. A group that would
/// be found by taking those that are shown from their total is not left alone: the next smallest
/// goes with it. Where customers are not counted, encounters are: fewer encounters are fewer
/// customers.
Status withhold_small_groups(Answer& answer, std::uint64_t smallest,
                             const CustomersBehind& customers_behind);

/// The same for what the first page shows.
void withhold_small_groups(Overview& overview, std::uint64_t smallest);

}  // namespace kokemus::answer
