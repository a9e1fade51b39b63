#include "timeline/timeline.h"

#include <algorithm>
#include <tuple>

namespace kokemus::timeline {
namespace {

/// What is shared, but the blueprint, for comparing.
auto shared_side(const Timeline& timeline) {
    return std::tie(timeline.touchpoints,
                    timeline.channels,
                    timeline.departments,
                    timeline.employees,
                    timeline.scales,
                    timeline.dimensions,
                    timeline.answers,
                    timeline.facts,
                    timeline.first_time,
                    timeline.latest_time);
}

}  // namespace

std::optional<Timeline::Place> Timeline::find_customer(std::string_view name) const {
    for (const auto& part : parts) {
        const auto code = part.customers.find(name);
        if (code && !part.is_gone(*code)) {
            return Place{&part, *code};
        }
    }
    return std::nullopt;
}

std::size_t Timeline::bytes() const {
    std::size_t bytes = 0;
    for (const auto* dictionary : {&touchpoints, &channels, &departments, &employees, &scales}) {
        bytes += dictionary->bytes();
    }
    for (const auto& dimension : dimensions) {
        bytes += dimension.texts.bytes();
    }
    for (const auto& part : parts) {
        bytes += part.bytes();
    }
    return bytes + answers.bytes();
}

bool Timeline::same_columns(const Timeline& other) const {
    return shared_side(*this) == shared_side(other) &&
           std::ranges::equal(
               parts, other.parts, [](const Part& a, const Part& b) { return a.same_columns(b); });
}

}  // namespace kokemus::timeline
