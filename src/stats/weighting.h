#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/confidence.h"
#include "stats/estimate.h"

namespace kokemus::stats {

/// What unequal weights cost (Kish 1965, Survey Sampling, 11.7).
struct WeightCost {
    double design_effect = 1;  ///< n sum(w^2) / sum(w)^2
    double effective_n = 0;    ///< n / design effect
};

/// Of weights of at least 0, not all 0; otherwise the design effect is 1 and the effective n 0.
WeightCost weight_cost(std::span<const double> weights);

/// A mean of weighted answers, with the error that the weights leave.
struct WeightedMean {
    double mean = 0;
    double standard_error = 0;
    double effective_n = 0;
};

/// sum(w y) / sum(w); error sqrt(sum(w^2 (y - mean)^2)) / sum(w), which takes the weights as given
/// (Saerndal, Swensson and Wretman 1992, 5.7). Nothing with fewer than two answers that count: one
/// alone has no error that could be seen.
std::optional<WeightedMean> weighted_mean(std::span<const double> values,
                                          std::span<const double> weights);

/// One part of the population, and what those of it who answered said.
struct Stratum {
    double population = 0;
    double answers = 0;
    double mean = 0;
    double deviation = 0;  ///< with n - 1 below the line
};

/// Post-stratification: sum W_h y_h with error sqrt(sum W_h^2 (1 - n_h / N_h) s_h^2 / n_h), W_h the
/// parts of the population (Holt and Smith 1979, JRSS A 142, 33-46). Nothing when a part has people
/// and no answers, or a single one of several: merge it with a like one first.
std::optional<WeightedMean> post_stratified(std::span<const Stratum> strata);

/// One thing that is known of everybody: the category of each answer, and how many of the
/// population each category has.
struct Margin {
    std::vector<std::uint32_t> categories;
    std::vector<double> targets;
};

struct RakingSettings {
    double tolerance = 1e-10;  ///< of each category's share
    int rounds_max = 1000;
    double trim =
        5;  ///< no weight above so many times the median of those above 0; 0 leaves all as they are
};

struct Raked {
    std::vector<double> weights;  ///< one an answer; they sum to the first margin's total
    WeightCost cost;
    double worst_error = 0;   ///< of any category's share; above the tolerance after trimming only
    std::size_t trimmed = 0;  ///< answers whose weight was cut
};

/// Weights that make the answers like the population in each margin at once (iterative
/// proportional fitting: Deming and Stephan 1940, Annals of Mathematical Statistics 11, 427-444).
/// Trimming and raking take turns; when they cannot both be had the trimmed weights stand and
/// `worst_error` says by how much. Nothing when a category of the population has no answer, an
/// answer has a category that is not there, or it does not converge.
std::optional<Raked> rake(std::span<const Margin> margins, const RakingSettings& settings = {});

}  // namespace kokemus::stats
