#include "stats/absorbing_chain.h"

#include <limits>

#include "base/check.h"

namespace kokemus::stats {

double expected_total(Chain chain, std::vector<double> reward) {
    CHECK(reward.size() == chain.states);
    if (chain.states == 0) {
        return 0;
    }
    // Takes out one state after the other: whoever went there now goes on to where it leads.
    for (std::size_t out = chain.states - 1;; --out) {
        const double leaves = 1 - chain.chance(out, out);
        if (!(leaves > 0)) {
            reward[out] = reward[out] > 0 ? std::numeric_limits<double>::infinity() : 0.0;
        } else {
            reward[out] /= leaves;
        }
        if (out == 0) {
            return reward[0];
        }
        for (std::size_t to = 0; to < out; ++to) {
            chain.chance(out, to) = leaves > 0 ? chain.chance(out, to) / leaves : 0.0;
        }
        for (std::size_t from = 0; from < out; ++from) {
            const double comes = chain.chance(from, out);
            if (comes == 0) {
                continue;
            }
            reward[from] += comes * reward[out];
            for (std::size_t to = 0; to < out; ++to) {
                chain.chance(from, to) += comes * chain.chance(out, to);
            }
        }
    }
}

}  // namespace kokemus::stats
