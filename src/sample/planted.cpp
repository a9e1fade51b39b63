#include "sample/planted.h"

namespace kokemus::sample::planted {

namespace {

using Weeks = std::chrono::weeks;

/// The lot: crew i + 1 starts in wave order[i] of eight waves with three crews each.
constexpr std::array<int, crew_count> waves = {3, 0, 6, 1, 5, 7, 2, 4, 0, 6, 3, 1,
                                               7, 5, 2, 4, 6, 0, 1, 3, 5, 2, 7, 4};

}  // namespace

Instant evening_call_start(int crew, Instant end) {
    const int wave = waves[static_cast<std::size_t>(crew - 1)];
    return end - Weeks(evening_call_weeks) + Weeks(2) * wave;
}

Instant short_bill_start(Instant end) {
    return end - Weeks(short_bill_weeks);
}

TimeRange fibre_cut(Instant end) {
    const Instant from = end - Weeks(fibre_cut_weeks);
    return {from, from + std::chrono::days(fibre_cut_days)};
}

}  // namespace kokemus::sample::planted
