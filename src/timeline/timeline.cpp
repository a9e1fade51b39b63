#include "timeline/timeline.h"

#include <algorithm>
#include <tuple>

#include "base/check.h"
#include "timeline/row_bits.h"

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

TimeBounds bounds_of(const Part& part, Code customer) {
    const Row from = part.customer_offsets[customer];
    const Row to = part.customer_offsets[customer + 1];
    return from == to ? TimeBounds{} : TimeBounds{part.time[from], part.time[to - 1]};
}

TimeBounds bounds_of_living(const Part& part) {
    TimeBounds bounds;
    for (Code customer = 0; customer < part.customer_count(); ++customer) {
        if (!part.is_gone(customer)) {
            bounds.add(bounds_of(part, customer));
        }
    }
    return bounds;
}

std::size_t living_rows(const Part& part) {
    std::size_t rows = part.rows();
    const Stretch all{0, static_cast<Row>(part.customer_count())};
    for_each_member(part.gone, all, [&](Code customer, std::size_t) {
        rows -= part.customer_offsets[customer + 1] - part.customer_offsets[customer];
    });
    return rows;
}

std::shared_ptr<const Timeline> make_timeline(Shared shared, const TimeBounds& bounds,
                                              std::vector<Part> parts,
                                              std::shared_ptr<PartTallies> tallies) {
    CHECK(!parts.empty());
    auto timeline = std::make_shared<Timeline>();
    static_cast<Shared&>(*timeline) = std::move(shared);
    timeline->first_time = bounds.empty() ? 0 : bounds.first;
    timeline->latest_time = bounds.empty() ? 0 : bounds.latest;
    timeline->parts = std::move(parts);
    timeline->tallies = std::move(tallies);
    for (Part& part : timeline->parts) {
        part.share(*timeline);
        timeline->rows_living += living_rows(part);
    }
    return timeline;
}

bool Timeline::same_columns(const Timeline& other) const {
    return shared_side(*this) == shared_side(other) &&
           std::ranges::equal(
               parts, other.parts, [](const Part& a, const Part& b) { return a.same_columns(b); });
}

}  // namespace kokemus::timeline
