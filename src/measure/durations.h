#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kokemus::measure {

/// How long something took each time, counted in buckets: what Prometheus calls a histogram. The
/// buckets are the same everywhere, from a millisecond to the longest that a question may take.
///
/// Thread safe, without locks: a state read while others note may lack what is being noted.
class Durations {
public:
    /// Upper ends of the buckets, included; a last one takes whatever is longer.
    static constexpr std::array bounds_seconds{0.001,
                                               0.0025,
                                               0.005,
                                               0.01,
                                               0.025,
                                               0.05,
                                               0.1,
                                               0.25,
                                               0.5,
                                               1.0,
                                               2.5,
                                               5.0,
                                               10.0,
                                               30.0,
                                               120.0};

    void note(std::chrono::nanoseconds took);

    struct State {
        std::array<std::uint64_t, bounds_seconds.size() + 1> counts{};  ///< of each bucket alone
        double sum_seconds = 0;

        std::uint64_t count() const;
    };
    State state() const;

private:
    std::array<std::atomic<std::uint64_t>, bounds_seconds.size() + 1> counts_{};
    std::atomic<std::uint64_t> sum_nanoseconds_{0};
};

}  // namespace kokemus::measure
