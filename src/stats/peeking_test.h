#pragma once

#include <cmath>
#include <cstdint>
#include <functional>

#include "base/random.h"
#include "stats/moments.h"

namespace kokemus::stats {

/// How often a rule says "there is an effect" when there is none and it is asked after each fifty
/// of a thousand answers. `begin` gives the rule of one run: moments so far -> found.
inline double found_without_effect(
    std::uint64_t seed, int runs,
    const std::function<std::function<bool(const Moments&)>()>& begin) {
    constexpr int looks = 20;
    constexpr double answers = 50;
    int found = 0;
    for (int run = 0; run < runs; ++run) {
        Random random = Random::named(seed, "peeking", static_cast<std::uint64_t>(run));
        const auto rule = begin();
        Moments so_far;
        bool hit = false;
        for (int look = 0; look < looks && !hit; ++look) {
            // Fifty normal answers by what they amount to: their mean, and the squares around it.
            double squares = 0;
            for (int i = 1; i < static_cast<int>(answers); ++i) {
                const double z = random.normal();
                squares += z * z;
            }
            const double mean = random.normal(0, 1 / std::sqrt(answers));
            so_far.merge(Moments::from(static_cast<std::uint64_t>(answers), mean, squares));
            hit = rule(so_far);
        }
        found += hit ? 1 : 0;
    }
    return static_cast<double>(found) / runs;
}

}  // namespace kokemus::stats
