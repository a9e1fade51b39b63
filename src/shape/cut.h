#pragma once

#include <optional>
#include <span>
#include <vector>

#include "shape/follows.h"
#include "shape/process_tree.h"

/// Where a log falls into parts (Leemans, Fahland and van der Aalst 2013, Discovering Block-
/// Structured Process Models from Event Logs; thesis 2017, section 4 and 6.1). Used by the
/// inductive miner, which cuts again and again.
namespace kokemus::shape {

struct Cut {
    ProcessTree::Kind kind = ProcessTree::Kind::Choice;
    /// Every step that occurs, in one of them. In order for a sequence; of a loop the first is what
    /// is done each time.
    std::vector<std::vector<Step>> groups;
};

/// The first that there is of choice, sequence, parallel, loop. Nothing when the steps hang
/// together, or there are fewer than two.
std::optional<Cut> find_cut(const Follows& follows);

/// The log of each group: what each variant does of it. A variant that does not keep to the cut
/// loses the steps that do not fit: to the group with most of its steps (choice), at the bounds
/// where the fewest are lost (sequence).
std::vector<Variants> split(std::span<const Variant> variants, const Cut& cut);

}  // namespace kokemus::shape
