#include <algorithm>
#include <array>

#include "courier/bounds.h"
#include "courier/retry.h"

namespace kokemus::courier {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<Milliseconds, 9> waits{seconds(5),
                                            minutes(5),
                                            minutes(30),
                                            hours(2),
                                            hours(5),
                                            hours(10),
                                            hours(14),
                                            hours(20),
                                            hours(24)};
constexpr Milliseconds wait_min = seconds(1);

Milliseconds asked_for(std::optional<Milliseconds> retry_after) {
    return std::clamp(retry_after.value_or(Milliseconds(0)),
                      Milliseconds(0),
                      Milliseconds(bounds::retry_after_max));
}

}  // namespace

unsigned tries_max() {
    return static_cast<unsigned>(waits.size()) + 1;
}

std::optional<Milliseconds> wait_after(unsigned tries, double chance,
                                       std::optional<Milliseconds> retry_after) {
    if (tries == 0 || tries > waits.size()) {
        return std::nullopt;
    }
    const auto length = static_cast<double>(waits[tries - 1].count());
    const Milliseconds drawn(static_cast<Milliseconds::rep>(2 * chance * length));
    return std::max({drawn, wait_min, asked_for(retry_after)});
}

Milliseconds target_pause(unsigned failures, std::optional<Milliseconds> retry_after) {
    const unsigned doublings = std::min(failures == 0 ? 0U : failures - 1, 16U);
    const Milliseconds grown(wait_min.count() << doublings);
    return std::max(std::min(grown, Milliseconds(bounds::target_pause_max)),
                    asked_for(retry_after));
}

}  // namespace kokemus::courier
