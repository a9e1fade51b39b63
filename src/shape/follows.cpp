#include "shape/follows.h"

namespace kokemus::shape {

Follows::Follows(std::span<const Variant> variants)
    : steps_(step_count(variants)),
      pairs_(std::size_t{steps_} * steps_),
      round_trips_(std::size_t{steps_} * steps_),
      starts_(steps_),
      ends_(steps_),
      times_(steps_) {
    for (const Variant& variant : variants) {
        const std::vector<Step>& steps = variant.steps;
        if (steps.empty()) {
            continue;
        }
        starts_[steps.front()] += variant.times;
        ends_[steps.back()] += variant.times;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            times_[steps[i]] += variant.times;
            if (i > 0) {
                pairs_[place(steps[i - 1], steps[i])] += variant.times;
            }
            if (i > 1 && steps[i - 2] == steps[i] && steps[i - 1] != steps[i]) {
                round_trips_[place(steps[i], steps[i - 1])] += variant.times;
            }
        }
    }
}

}  // namespace kokemus::shape
