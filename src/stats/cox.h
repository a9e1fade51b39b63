#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/matrix.h"

/// By how much traits raise or lower the pace at which it happens (Cox 1972, JRSS B 34, 187-220).
/// It assumes that a trait multiplies the pace by the same at all times; where that is doubtful,
/// and for readers who are no statisticians, show restricted means instead.
namespace kokemus::stats {

struct Lifetime {
    std::int64_t time = 0;  ///< of the event, or last seen without
    bool happened = false;
};

/// How events of one time are counted.
enum class Ties {
    Efron,    ///< 1977: close to the truth, the one to take
    Breslow,  ///< 1974: as other programs do, biased to 0 where many share a time
};

struct Cox {
    std::vector<double> coefficients;  ///< logarithms of hazard ratios, one a trait
    Matrix covariance;
    double log_likelihood = 0;
    double log_likelihood_without = 0;  ///< with all coefficients 0
    std::uint64_t events = 0;
    int steps = 0;

    double error(std::size_t trait) const;
    /// Of the hazard ratio exp(coefficient): Wald's, on the logarithm.
    Estimate hazard_ratio(std::size_t trait, double confidence = usual_confidence) const;
};

/// `traits` has a row for each lifetime. By Newton's method with halved steps; O(n p^2) a step.
/// Nothing when nothing happened, a trait repeats others or does not vary, or a coefficient runs
/// away (it happens to all with a trait before it happens to any without).
std::optional<Cox> cox(std::span<const Lifetime> lifetimes, const Matrix& traits,
                       Ties ties = Ties::Efron);

}  // namespace kokemus::stats
