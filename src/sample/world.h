#pragma once

#include <cstdint>

#include "base/instant.h"
#include "sample/calendar.h"
#include "sample/planted.h"

namespace kokemus::sample {

/// What makes one world: the same options give the same encounters, always.
struct Options {
    std::uint64_t customers = 4000;
    std::uint64_t seed = 1;
    Instant from{};  ///< beginning of the data
    Instant to{};    ///< end of the data: "now" when it was made; what lives on goes on after it

    friend bool operator==(const Options&, const Options&) = default;
};

/// Fifteen months that end at `now`.
Options options_until(Instant now, std::uint64_t customers, std::uint64_t seed = 1);

/// The options with the planted dates in milliseconds, as the inner loops need them.
struct World {
    explicit World(const Options& options);

    Options options;
    Millis from = 0;
    Millis to = 0;
    std::array<Millis, crew_count + 1> evening_call_start{};  ///< by crew
    Millis short_bill_start = 0;
    Millis fibre_cut_from = 0;
    Millis fibre_cut_to = 0;

    bool is_fibre_cut(Region region, Millis time) const {
        return region == Region::North && time >= fibre_cut_from && time < fibre_cut_to;
    }
};

}  // namespace kokemus::sample
