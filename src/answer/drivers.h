#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metric/value.h"
#include "stats/estimate.h"

/// The answer to `drivers` as plain data.
namespace kokemus::answer {

/// Whether a bad third of a factor costs more than a good third gives.
struct DriverContrast {
    double penalty = 0;    ///< of the outcome, for a bad third against the middle; below 0 costs
    double reward = 0;     ///< for a good third
    double asymmetry = 0;  ///< -1: only costs .. 1: only gives
    stats::Interval interval;  ///< of the asymmetry, 90 %
    std::string verdict;       ///< "costs more", "gives more", "open"
};

struct DriverLevel {
    std::string value;
    std::uint64_t n = 0;
    metric::Value effect;  ///< against the most frequent value
};

struct DriverRow {
    std::string factor;       ///< in its canonical spelling
    std::string words;        ///< what it is, in English
    std::string measured_in;  ///< "days", "hours", "" for counts
    std::string why;          ///< by which rule it was chosen; "" when it was asked for
    metric::Value share;      ///< of the outcome's variation
    double of_explained = 0;
    bool ahead_of_next = false;
    std::string direction;  ///< "up", "down", "open", and "by value" of a text
    std::optional<metric::Value> coefficient, effect;  ///< of a number
    std::vector<DriverLevel> levels;                   ///< of a text
    std::string usual_value;                           ///< of a text: the most frequent one
    std::optional<double> mean;                        ///< of a number
    std::uint64_t present = 0;  ///< units where it is not 0, or not the most frequent value
    std::optional<double> reach;
    std::uint64_t counted_as_zero = 0;
    double alone = 0;
    std::optional<DriverContrast> contrast;
    std::optional<double> performance, target, priority;
    std::optional<double> confounding, confounding_limit;
    std::string warning;  ///< why it may know the outcome; "" for none
    std::string drill;
};

struct DriverLeftOut {
    std::string factor;
    std::string reason;  ///< "constant", "missing", "repeats", "too many", "knows the outcome"
    std::string words;
};

struct DriverSegment {
    std::string value;
    metric::Value explained;            ///< not enough: too few units
    std::vector<metric::Value> shares;  ///< of each row, in their order
    std::string first;                  ///< the factor with the largest share
    std::string drill;
};

struct Drivers {
    std::string outcome;  ///< in its canonical spelling
    std::string outcome_words;
    metric::Value outcome_mean;
    bool high_is_good = true;
    bool proposed = false;    ///< the factors were chosen by rule
    std::uint64_t units = 0;  ///< that were looked at
    std::uint64_t customers = 0;
    std::uint64_t with_outcome = 0;  ///< of the population
    std::uint64_t one_of = 1;        ///< customers drawn, one in so many
    std::uint64_t rows_missing = 0;
    bool up_to_outcome = false;
    metric::Value explained;  ///< R^2 of all factors together; not enough: nothing below is known
    std::optional<double> adjusted, p_value;
    std::string method;
    std::uint64_t replicates = 0, seed = 0;
    std::vector<DriverRow> rows;  ///< the largest share first
    std::vector<DriverLeftOut> left_out;
    std::string caveat;
    std::string by;  ///< "" for none
    std::vector<DriverSegment> segments;
    std::vector<std::string> differing;  ///< factors whose share differs between segments
    bool same_first = true;
    std::uint64_t other_values = 0;
};

}  // namespace kokemus::answer
