#include "sample/world.h"

namespace kokemus::sample {

namespace {

Millis millis(Instant time) {
    return time.time_since_epoch().count();
}

}  // namespace

Options options_until(Instant now, std::uint64_t customers, std::uint64_t seed) {
    constexpr auto span = std::chrono::days(456);  // fifteen months
    return {customers, seed, now - span, now};
}

World::World(const Options& given)
    : options(given),
      from(millis(given.from)),
      to(millis(given.to)) {
    for (int crew = 1; crew <= crew_count; ++crew) {
        evening_call_start[static_cast<std::size_t>(crew)] =
            millis(planted::evening_call_start(crew, given.to));
    }
    short_bill_start = millis(planted::short_bill_start(given.to));
    const TimeRange cut = planted::fibre_cut(given.to);
    fibre_cut_from = millis(cut.from);
    fibre_cut_to = millis(cut.to);
}

}  // namespace kokemus::sample
