#pragma once

#include <optional>
#include <span>
#include <vector>

#include "stats/matrix.h"

namespace kokemus::stats {

enum class Link {
    Logit,
    ComplementaryLogLog,  ///< for hazards: proportional in continuous time (Prentice, Gloeckler
                          ///< 1978)
};

struct LogisticSettings {
    Link link = Link::Logit;
    /// Pull of the coefficients towards 0, but not of the first, which is the constant's: above 0
    /// there is a fit even where a column tells the outcome without fault. In units of answers:
    /// half of ridge * coefficient^2 is taken from the log-likelihood.
    double ridge = 0;
};

/// How probable an outcome is, given a row of columns.
struct Logistic {
    Link link = Link::Logit;
    std::vector<double> coefficients;
    Matrix covariance;    ///< of the coefficients, by the expected information
    double deviance = 0;  ///< -2 log-likelihood, without the ridge

    double error(std::size_t coefficient) const;

    /// The probability for a row, inside (0, 1).
    double probability(std::span<const double> row) const;
};

/// By iteratively reweighted least squares (McCullagh and Nelder 1989, 2.5), halving steps that
/// make it worse. `outcomes` lie in 0..1, one a row; `weights` (at least 0) count rows more than
/// once and may be empty. With one row a subject and period, and the outcome 1 in the period of the
/// event, this is a discrete-time hazard (Singer and Willett 1993). Nothing when a column repeats
/// others, when there are not more rows than columns, or when columns tell the outcome without
/// fault, so that no finite coefficients are likeliest.
std::optional<Logistic> logistic(const Matrix& design, std::span<const double> outcomes,
                                 const LogisticSettings& settings = {},
                                 std::span<const double> weights = {});

}  // namespace kokemus::stats
