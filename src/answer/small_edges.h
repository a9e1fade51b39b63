#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "answer/answer.h"

/// Edges of the journey map that tell of single customers (small_groups.h).
namespace kokemus::answer {

/// Is neither nothing nor enough.
constexpr bool is_small(std::uint64_t size, std::uint64_t smallest) {
    return size > 0 && size < smallest;
}

/// Takes out the edges of fewer than `smallest` customers, those of the nodes that are gone, and
/// the least of the others as long as what they leave of a node's encounters would show how few
/// went a way that is hidden. Gives how many went. Costs a sort of the edges.
std::uint64_t withhold_small_edges(Flow& flow, const std::set<std::string>& nodes_gone,
                                   std::uint64_t smallest);

}  // namespace kokemus::answer
