#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "shape/edit_distance.h"
#include "shape/process_tree.h"
#include "shape/variants.h"

namespace kokemus::shape {

/// How far what was done is from what a process tree allows.
struct Aligned {
    std::size_t cost = 0;     ///< steps skipped and inserted: the least there can be
    double fitness = 1;       ///< 1 - cost / (steps done + shortest way through the tree)
    std::vector<Move> moves;  ///< which they are
};

/// The search for the nearest way through a tree (Adriansyah 2014, Aligning Observed and Modeled
/// Behavior, ch. 4): A* over where one stands in the tree and in what was done. Of ways that are
/// equally near always the same is given: the one that is farthest in what was done is followed
/// first, and from there a step that both take before one that is skipped, lower steps before
/// higher ones, before one that is inserted. Ask once a variant, not once a journey.
///
/// Thread safety: const members may be called at once.
class Alignment {
public:
    /// Positions that one search may come to before it gives up.
    static constexpr std::size_t positions_max = 200'000;

    explicit Alignment(const ProcessTree& tree);

    /// Nothing when the search gave up: much runs in parallel, and what was done is far from it.
    std::optional<Aligned> align(std::span<const Step> done) const;

    /// Steps on the shortest way through the tree.
    std::size_t shortest() const { return shortest_; }

private:
    /// A step of the tree, or a silent one: takes one token from each place before it and puts one
    /// on each place behind it (a workflow net; no place ever holds two).
    struct Transition {
        std::optional<Step> step;
        std::vector<std::size_t> before, behind;
    };

    using Places = std::vector<bool>;  ///< which hold a token

    class Search;

    void add(const ProcessTree& tree, std::size_t from, std::size_t to);
    std::size_t new_place() { return places_++; }

    std::vector<Transition> transitions_;
    std::vector<bool> known_;  ///< by step: it occurs in the tree
    std::size_t places_ = 2;   ///< 0 is the beginning, 1 the end
    std::size_t shortest_ = 0;
};

/// Fitness of all together: 1 - costs / (steps done + shortest ways), each variant so often as it
/// was gone. Nothing when a search gave up; 1 of nothing.
std::optional<double> fitness_of(const Alignment& alignment, std::span<const Variant> variants);

}  // namespace kokemus::shape
