#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metric/compare.h"
#include "metric/value.h"
#include "promise/foresight.h"
#include "promise/lateness.h"
#include "stats/asymmetry.h"

/// What `lateness` and `foresight` answer (docs/answers.md).
namespace kokemus::answer {

/// What came after promises that ended alike, and how that differs from those that were kept.
struct AfterPromise {
    std::string outcome;  ///< "kept", "late", "broken"
    std::uint64_t promises = 0;
    metric::Value experience, contacted;
    std::optional<metric::Change> experience_less_kept, contacted_less_kept;
    std::string drill;
};

struct DoseRow {
    std::optional<std::int64_t> from, to;  ///< seconds of slack, negative is late
    std::uint64_t promises = 0;
    metric::Value experience;
};

struct Lateness {
    std::string promise;
    std::uint64_t one_of = 1;  ///< of so many customers it was read of one
    std::vector<AfterPromise> after;
    std::vector<DoseRow> doses;
    std::optional<stats::TwoSlopes> slopes;  ///< experience a day early, a day late
    std::uint64_t cases = 0;
    std::vector<promise::MayPromise> may_promise;
};

struct ForesightRow {
    std::string customer, thread, group;
    Instant made{}, due{};
    metric::Value chance;  ///< that it is not kept by its due
};

struct Foresight {
    std::string promise, by;
    std::uint64_t one_of = 1;
    Instant now{};
    promise::Clock clock = promise::Clock::SinceGiven;
    std::uint64_t decided = 0, open = 0, untold = 0;
    double expected = 0;
    stats::Interval expected_interval;
    promise::Trial trial;
    bool trusted = false;  ///< the trial was good
    /// Of those that were given a chance of half and more, how many broke; of those that broke, how
    /// many had been given it
    metric::Value precision, foreseen;
    std::size_t offset = 0, limit = 0;
    std::vector<ForesightRow> rows;  ///< likeliest to break first
    std::string drill_open;
};

}  // namespace kokemus::answer
