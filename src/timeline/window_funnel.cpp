#include "timeline/window_funnel.h"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

namespace kokemus::timeline {
namespace {

using Times = std::array<std::int64_t, limits::funnel_steps_max>;
static_assert(limits::funnel_steps_max <= 32, "steps are bits of a 32-bit mask");

}  // namespace

Result<WindowFunnel> WindowFunnel::make(const Part& part,
                                        const std::vector<std::vector<std::string>>& steps,
                                        std::optional<Milliseconds> within) {
    if (steps.empty() || steps.size() > limits::funnel_steps_max) {
        return invalid_input(fmt::format(
            "a funnel has 1 to {} steps, this one has {}", limits::funnel_steps_max, steps.size()));
    }
    WindowFunnel funnel(part);
    funnel.steps_ = steps.size();
    funnel.mask_.resize(part.touchpoints.size());
    for (std::size_t step = 0; step < steps.size(); ++step) {
        for (const auto& touchpoint : steps[step]) {
            if (const auto code = part.touchpoints.find(touchpoint)) {
                funnel.mask_[*code] |= 1U << step;
            }
        }
    }
    if (within) {
        funnel.within_ = within->count();
    }
    return funnel;
}

template <typename HitAt>
WindowFunnel::Reached WindowFunnel::walk(std::size_t count, const HitAt& hit_at) const {
    std::array<Times, limits::funnel_steps_max>
        chains;  // chains[k]: the one that stands at step k + 1
    std::uint32_t standing = 0;
    Reached best;
    for (std::size_t i = 0; i < count; ++i) {
        const Hit hit = hit_at(i);
        const std::int64_t time = hit.time;
        std::uint32_t satisfied = hit.steps;
        while (satisfied != 0) {
            const auto step = static_cast<std::size_t>(31 - std::countl_zero(satisfied));
            satisfied &= ~(1U << step);
            const std::int64_t start = step == 0 ? time : chains[step - 1][0];
            const bool may_go_on =
                step == 0 || ((standing & (1U << (step - 1))) != 0 && time - start <= within_);
            const bool is_held = (standing & (1U << step)) != 0 && chains[step][0] >= start;
            if (!may_go_on || is_held) {
                continue;
            }
            if (step > 0) {
                std::copy_n(chains[step - 1].begin(), step, chains[step].begin());
            }
            chains[step][step] = time;
            standing |= 1U << step;
            if (step + 1 > best.level) {
                best.level = step + 1;
                best.place = hit.place;
                std::copy_n(chains[step].begin(), step + 1, best.times.begin());
                if (best.level == steps_) {
                    return best;
                }
            }
        }
    }
    return best;
}

WindowFunnel::Reached WindowFunnel::follow(std::span<const Row> unit) const {
    return walk(unit.size(), [&](std::size_t i) {
        const std::uint32_t steps = mask_[part_->touchpoint[unit[i]]];
        return Hit{static_cast<std::uint32_t>(i), steps, steps != 0 ? part_->time[unit[i]] : 0};
    });
}

WindowFunnel::Reached WindowFunnel::follow(std::span<const Hit> hits) const {
    return walk(hits.size(), [&](std::size_t i) { return hits[i]; });
}

}  // namespace kokemus::timeline
