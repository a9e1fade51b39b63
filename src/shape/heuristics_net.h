#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shape/follows.h"

/// Which step leads to which, and not only stands before it (Weijters, van der Aalst and Alves de
/// Medeiros 2006, The HeuristicsMiner algorithm). What goes both ways alike is not an order.
namespace kokemus::shape {

/// (|a>b| - |b>a|) / (|a>b| + |b>a| + 1), between -1 and 1; of a step and itself
/// |a>a| / (|a>a| + 1).
double dependency(const Follows& follows, Step a, Step b);

/// (|aba| + |bab|) / (|aba| + |bab| + 1): they take turns. 0 of a step and itself.
double turns(const Follows& follows, Step a, Step b);

/// (|b>c| + |c>b|) / (|a>b| + |a>c| + 1): after a, both b and c and not one of them.
double together(const Follows& follows, Step a, Step b, Step c);

struct Edge {
    Step from = 0, to = 0;
    std::uint64_t count = 0;
    double dependency = 0;

    friend bool operator==(const Edge&, const Edge&) = default;
};

struct NetThresholds {
    double dependency = 0.9;
    double turns = 0.5;
};

/// Edges that lead: with such a dependency, or taking turns, and the best way into and out of each
/// step that would stand alone (but into none that only begins, out of none that only ends). By
/// from, then to.
std::vector<Edge> heuristics_net(const Follows& follows, const NetThresholds& thresholds = {});

/// Part of a map that fits on a page.
struct ConnectedMap {
    std::vector<Edge> edges;   ///< by from, then to
    double edge_share = 0;     ///< of all that went from one step to the next, on these edges
    double variant_share = 0;  ///< of all journeys, those wholly on these edges: the others are
                               ///< not in the picture
};

/// The most frequent edges until `share` of all that went is on them, and the most frequent into
/// and out of each step, so that nothing floats. Everything of nothing is 1.
ConnectedMap connected_map(std::span<const Variant> variants, double share);

}  // namespace kokemus::shape
