#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "driver/design.h"
#include "stats/asymmetry.h"
#include "stats/estimate.h"
#include "stats/importance_bootstrap.h"

namespace kokemus::driver {

struct Settings {
    bool high_is_good = true;  ///< of the outcome
    std::uint64_t seed = 0;
    std::size_t replicates = 0;  ///< 0: as bounds.h says
};

/// Which way the outcome goes with more of a factor, for all that the interval knows.
enum class Direction { Up, Down, Open };

/// What one value of a text does, against the most frequent one.
struct Level {
    std::string value;
    std::uint64_t n = 0;
    double effect = 0;  ///< in units of the outcome
    stats::Interval effect_interval;
};

/// How much one factor goes with the outcome, when the others are there too.
struct Driver {
    std::size_t place = 0;  ///< among the factors asked for
    double share = 0;       ///< of all variation of the outcome
    stats::Interval share_interval;
    double of_explained = 0;     ///< of what all factors explain together
    bool ahead_of_next = false;  ///< its order before the next one is established
    Direction direction = Direction::Open;
    double coefficient = 0;  ///< deviations of the outcome for one deviation of the factor
    stats::Interval coefficient_interval;
    double effect = 0;  ///< units of the outcome for one unit of the factor
    stats::Interval effect_interval;
    std::vector<Level> levels;  ///< of a text, instead of the four above
    std::string usual_value;    ///< of a text: the most frequent one
    double mean = 0;            ///< of a number
    std::uint64_t present = 0;  ///< units where it is not 0; of a text: not the most frequent value
    double alone = 0;           ///< share that it explains by itself
    std::uint64_t missing_as_zero = 0;
    std::optional<stats::PenaltyReward>
        contrast;  ///< of numbers with a bad, a middle, a good third
    /// How strong something unmeasured would have to be to explain all of it away, and to take it
    /// into the reach of chance (stats/confounding.h); of numbers.
    std::optional<double> confounding, confounding_limit;
};

struct Drivers {
    std::uint64_t n = 0;  ///< units
    std::uint64_t customers = 0;
    double r_squared = 0;
    stats::Interval r_squared_interval;
    double adjusted_r_squared = 0;
    double p_value = 1;  ///< that no factor goes with the outcome at all
    std::size_t replicates = 0;
    std::string_view method;            ///< "lmg", "relative-weights"
    std::vector<Driver> drivers;        ///< the largest share first
    bool first_is_established = false;  ///< before all others
};

/// Units that are needed for so many columns.
std::uint64_t units_needed(std::size_t columns);

/// Nothing when there are too few units or customers (bounds.h), or the outcome does not vary.
/// Seconds for a million units of 12 factors; in a task that ends early, less than asked for.
std::optional<Drivers> find_drivers(const Design& design, const Settings& settings);

}  // namespace kokemus::driver
