#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"

namespace kokemus {

/// Where an entry stands in a list that is ordered by time and, of equal times, by id: what a list
/// goes on behind, whatever was added or removed since.
struct PlaceInTime {
    Instant time{};
    std::string id;

    friend bool operator==(const PlaceInTime&, const PlaceInTime&) = default;
};

/// "1790000000000 a1b2": milliseconds and id.
std::string to_text(const PlaceInTime& place);

/// InvalidInput for anything else.
Result<PlaceInTime> read_place(std::string_view text);

}  // namespace kokemus
