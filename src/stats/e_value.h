#pragma once

#include <span>

/// Evidence as a bet: what a stake of 1 against "nothing happens" has become. Under "nothing" it
/// stays at 1 on average however one looks and stops, so 20 is reached once in twenty (Ville 1939;
/// Vovk and Wang 2021, Annals of Statistics 49, 1736-1754; Ramdas, Grünwald, Vovk and Shafer 2023,
/// Statistical Science 38, 576-601). Not the E-value of unmeasured confounding.
namespace kokemus::stats {

/// The stake so far, from one likelihood ratio after the other. Kept as a logarithm.
class Bet {
public:
    /// Stakes all on one ratio. What is negative or not a number is refused: false, and nothing
    /// changes. A ratio of 0 loses all, for good.
    bool add(double likelihood_ratio);

    /// What the stake has become.
    double e_value() const;

    /// Valid whenever one stops: min(1, 1 / the greatest e-value so far).
    double p_value() const;

private:
    double log_ = 0;
    double greatest_log_ = 0;
};

/// The likelihood ratio of one yes or no when its chance is `alternative` rather than `null`, both
/// inside (0, 1).
double yes_or_no_ratio(bool yes, double null, double alternative);

/// Evidence of independent studies: the product. 1 of none.
double product_of_e_values(std::span<const double> independent);

/// Evidence of studies that may depend on each other: the mean, which is an e-value whatever the
/// dependence. 1 of none.
double mean_of_e_values(std::span<const double> any);

}  // namespace kokemus::stats
