#include "stats/change_point.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace kokemus::stats {
namespace {

constexpr double least_chance = 1e-6;
constexpr std::size_t runs_max = 300;

}  // namespace

double ChangePoint::chance_of_rank(const std::vector<Level>& levels, std::size_t rank) {
    if (levels.size() <= rank) {
        return 0;
    }
    std::vector<double> chances;
    chances.reserve(levels.size());
    for (const Level& level : levels) {
        chances.push_back(level.chance);
    }
    const auto at = chances.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(chances.begin(), at, chances.end(), std::greater<>());
    return *at;
}

ChangePoint::ChangePoint(const Prior& prior) : prior_(prior) {
    levels_.push_back(Level{0, 1, prior_.mean, prior_.worth});  // step 1
}

bool ChangePoint::add(double x) {
    if (!std::isfinite(x)) {
        return false;
    }
    // Step 3: how likely each run makes this value, as logarithms lest all of them vanish.
    std::vector<double> logs;
    logs.reserve(levels_.size());
    double greatest = -HUGE_VAL;
    for (const Level& level : levels_) {
        const double variance = prior_.variance * (1 + 1 / level.worth);
        const double gap = x - level.mean;
        logs.push_back(std::log(level.chance) - (std::log(variance) + gap * gap / variance) / 2);
        greatest = std::max(greatest, logs.back());
    }
    // Steps 4 and 5: each run grows by this value, or ends with it.
    std::vector<Level> next;
    next.reserve(levels_.size() + 1);
    next.push_back(Level{0, 0, prior_.mean, prior_.worth});
    double all = 0;
    for (std::size_t i = 0; i < levels_.size(); ++i) {
        const Level& level = levels_[i];
        const double joint = std::exp(logs[i] - greatest);
        next.front().chance += joint * prior_.hazard;
        // Step 8: what this run now thinks of its level.
        const double worth = level.worth + 1;
        next.push_back(Level{level.length + 1,
                             joint * (1 - prior_.hazard),
                             level.mean + (x - level.mean) / worth,
                             worth});
        all += joint;
    }
    // Steps 6 and 7, and without what hardly counts.
    double kept = 0;
    const double least = std::max(least_chance * all, chance_of_rank(next, runs_max));
    std::erase_if(next, [&](const Level& level) { return level.chance < least; });
    for (const Level& level : next) {
        kept += level.chance;
    }
    for (Level& level : next) {
        level.chance /= kept;
    }
    levels_ = std::move(next);
    return true;
}

std::vector<ChangePoint::Run> ChangePoint::runs() const {
    std::vector<Run> runs;
    runs.reserve(levels_.size());
    for (const Level& level : levels_) {
        runs.push_back(Run{level.length, level.chance});
    }
    return runs;
}

ChangePoint::Run ChangePoint::likeliest() const {
    const auto level = std::ranges::max_element(levels_, {}, &Level::chance);
    return Run{level->length, level->chance};
}

}  // namespace kokemus::stats
