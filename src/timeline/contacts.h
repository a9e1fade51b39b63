#pragma once

#include <cstdint>

#include "timeline/part.h"

namespace kokemus::timeline {

/// Whether the encounter is a contact that costs effort (see Facts::is_contact).
inline bool is_contact(const Part& part, Row row) {
    return part.facts.is_contact(part.touchpoint[row], part.channel[row]);
}

inline Code topic_of(const Part& part, Row row) {
    return part.facts.topic_of[part.touchpoint[row]];
}

/// Whether `customer` contacts us again about the topic of `row` within so many milliseconds, in
/// whatever unit. `row` itself must be a contact of that customer.
inline bool is_repeated(const Part& part, Code customer, Row row, std::int64_t within) {
    for (Row later = row + 1;
         later < part.customer_offsets[customer + 1] && part.time[later] - part.time[row] <= within;
         ++later) {
        if (is_contact(part, later) && topic_of(part, later) == topic_of(part, row)) {
            return true;
        }
    }
    return false;
}

}  // namespace kokemus::timeline
