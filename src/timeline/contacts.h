#pragma once

#include <cstdint>

#include "timeline/timeline.h"

namespace kokemus::timeline {

/// Whether the encounter is a contact that costs effort (see Facts::is_contact).
inline bool is_contact(const Timeline& timeline, Row row) {
    return timeline.facts.is_contact(timeline.touchpoint[row], timeline.channel[row]);
}

inline Code topic_of(const Timeline& timeline, Row row) {
    return timeline.facts.topic_of[timeline.touchpoint[row]];
}

/// Whether `customer` contacts us again about the topic of `row` within so many milliseconds, in
/// whatever unit. `row` itself must be a contact of that customer.
inline bool is_repeated(const Timeline& timeline, Code customer, Row row, std::int64_t within) {
    for (Row later = row + 1; later < timeline.customer_offsets[customer + 1] &&
                              timeline.time[later] - timeline.time[row] <= within;
         ++later) {
        if (is_contact(timeline, later) && topic_of(timeline, later) == topic_of(timeline, row)) {
            return true;
        }
    }
    return false;
}

}  // namespace kokemus::timeline
