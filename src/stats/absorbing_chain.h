#pragma once

#include <cstddef>
#include <vector>

namespace kokemus::stats {

/// The chances to go from each of n states to each other in one step, row by row (n * n of them). A
/// row may sum to less than 1: the rest leaves the chain for good.
struct Chain {
    std::size_t states = 0;
    std::vector<double> chances;

    explicit Chain(std::size_t n) : states(n), chances(n * n, 0.0) {}

    double& chance(std::size_t from, std::size_t to) { return chances[from * states + to]; }

    double chance(std::size_t from, std::size_t to) const { return chances[from * states + to]; }
};

/// What is collected on average on the way from state 0 until the chain is left, when each visit of
/// a state gives its reward: ((I - Q)^-1 reward) at 0 (Kemeny and Snell 1960, ch. 3). With rewards
/// of 1 the mean number of steps, with the chances of one exit the chance to leave by it.
///
/// By elimination from the last state to the first, O(n^3). A state that cannot be left makes the
/// total infinite, or is worth nothing when it gives no reward. 0 without states. `reward` has one
/// number a state.
double expected_total(Chain chain, std::vector<double> reward);

}  // namespace kokemus::stats
