#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metric/compare.h"
#include "metric/value.h"
#include "question/filter.h"

namespace kokemus::answer {

/// One way in which episodes are not as designed, and what those who have it feel against all
/// others.
struct DeviationRow {
    question::Deviation deviation = question::Deviation::LeftOut;
    std::string touchpoint;
    std::uint64_t episodes = 0;
    metric::Value share;
    metric::Value experience;                  ///< of the episodes that have it
    metric::Value others;                      ///< of all other episodes
    std::optional<metric::Change> difference;  ///< the first less the second
    std::optional<double> p_value, q_value;    ///< over all deviations (Benjamini and Hochberg)
    std::string drill;

    /// The difference is not what chance makes of so many comparisons.
    bool beyond_chance() const;

    /// Episodes times what they feel lower at least; 0 unless that is beyond chance.
    double loss() const;
};

/// Episodes of a journey held against its designed path. Those that are still open are left out:
/// nobody knows yet what they leave out.
struct Conformance {
    std::vector<std::string> path;  ///< as designed
    std::uint64_t episodes = 0;     ///< that were held against it
    std::uint64_t open = 0;         ///< not over yet
    std::uint64_t rare = 0;  ///< not looked at: of the rarest courses, where there are too many
    metric::Value fitness;   ///< mean over episodes; 1 is as designed, 0 has nothing of it
    metric::Value on_path;   ///< share of episodes that are exactly the path
    metric::Value experience_on_path, experience_off_path;
    std::optional<metric::Change> difference;  ///< off the path less on it
    std::string drill_on_path, drill_off_path;
    std::vector<DeviationRow>
        deviations;                      ///< costliest beyond chance first, then the most frequent
    std::uint64_t other_deviations = 0;  ///< that have no row
};

/// "left_out", "put_in", "moved"
std::string_view name_of(question::Deviation deviation);

}  // namespace kokemus::answer
