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

/// Takes out the edges of fewer than `smallest` customers and those of nodes that are gone, and as
/// many of the others as it takes so that nobody can find the first by subtracting: all edges into
/// a touchpoint, and all out of it, are its encounters, and those out of START, and into END, are
/// all units. Where the others cannot hide one, a touchpoint goes too. Gives how many rows went.
///
/// What can be found so are the hidden edges that lie on no ring of hidden edges, each taken as a
/// line between "out of" its start and "into" its end: for each such line the shortest ring of the
/// least travelled edges is hidden with it. Edges times small edges at worst; of a map so large
/// that this would take long no edge is left.
std::uint64_t withhold_small_edges(Flow& flow, const std::set<std::string>& nodes_gone,
                                   std::uint64_t smallest);

}  // namespace kokemus::answer
