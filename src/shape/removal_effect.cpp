#include "shape/removal_effect.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "stats/absorbing_chain.h"

namespace kokemus::shape {
namespace {

/// Counts of the ways from the beginning (0) and from each step (1 + step).
struct Ways {
    std::size_t states = 1;
    std::vector<double> counts;
    std::vector<double> reached;
    std::vector<double> all;

    explicit Ways(std::span<const Ending> endings) {
        for (const Ending& ending : endings) {
            const Variant* const variant = &ending.variant;
            states = std::max<std::size_t>(states, 1 + step_count(std::span(variant, 1)));
        }
        counts.resize(states * states);
        reached.resize(states);
        all.resize(states);
        for (const Ending& ending : endings) {
            const auto times = static_cast<double>(ending.variant.times);
            std::size_t at = 0;
            for (const Step step : ending.variant.steps) {
                const std::size_t next = 1 + std::size_t{step};
                counts[at * states + next] += times;
                all[at] += times;
                at = next;
            }
            all[at] += times;
            reached[at] += ending.reached ? times : 0;
        }
    }

    /// The rate of the outcome when whoever comes to `closed` is lost.
    double rate(std::optional<std::size_t> closed) const {
        stats::Chain chain(states);
        std::vector<double> reward(states, 0.0);
        for (std::size_t from = 0; from < states; ++from) {
            if (all[from] == 0 || from == closed) {
                continue;
            }
            reward[from] = reached[from] / all[from];
            for (std::size_t to = 0; to < states; ++to) {
                chain.chance(from, to) =
                    to == closed ? 0.0 : counts[from * states + to] / all[from];
            }
        }
        return stats::expected_total(std::move(chain), std::move(reward));
    }
};

}  // namespace

RemovalEffects removal_effects(std::span<const Ending> endings) {
    const Ways ways(endings);
    RemovalEffects result;
    result.rate = ways.rate(std::nullopt);
    double sum = 0;
    for (std::size_t state = 1; state < ways.states; ++state) {
        const double effect = result.rate > 0 ? 1 - ways.rate(state) / result.rate : 0;
        result.effects.push_back(effect);
        sum += effect;
    }
    for (const double effect : result.effects) {
        result.shares.push_back(sum > 0 ? effect / sum : 0);
    }
    return result;
}

}  // namespace kokemus::shape
