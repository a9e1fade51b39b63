#include "shape/variants.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace kokemus::shape {

Step step_count(std::span<const Variant> variants) {
    Step count = 0;
    for (const Variant& variant : variants) {
        for (const Step step : variant.steps) {
            CHECK(step < steps_max);
            count = std::max(count, step + 1);
        }
    }
    return count;
}

std::uint64_t times_of(std::span<const Variant> variants) {
    std::uint64_t times = 0;
    for (const Variant& variant : variants) {
        times += variant.times;
    }
    return times;
}

Variants merged(Variants variants) {
    std::erase_if(variants, [](const Variant& variant) { return variant.times == 0; });
    std::ranges::sort(variants, {}, &Variant::steps);
    Variants result;
    for (Variant& variant : variants) {
        if (!result.empty() && result.back().steps == variant.steps) {
            result.back().times += variant.times;
        } else {
            result.push_back(std::move(variant));
        }
    }
    return result;
}

}  // namespace kokemus::shape
