#pragma once

#include <cstdint>
#include <optional>
#include <span>

/// What a visit is worth, when those who come differ in what they spend (Fader and Hardie 2013,
/// brucehardie.com/notes/025; gamma-gamma). It takes it that how much and how often have nothing to
/// do with each other: look at their correlation first.
namespace kokemus::stats {

/// What one subject spent on average in so many visits.
struct Spending {
    std::uint64_t visits = 0;
    double mean = 0;
    std::uint64_t alike = 1;  ///< so many subjects alike
};

struct GammaGamma {
    double p = 1, q = 2, gamma = 1;

    /// The logarithm of the likelihood of one subject's mean.
    double log_likelihood(const Spending& spending) const;

    /// What a subject will spend a visit on average: its own mean drawn to that of all, the more
    /// the fewer visits it made. Infinite where that mean does not exist.
    double expected_mean(const Spending& spending) const;

    /// The mean of all: p gamma / (q - 1); infinite for q <= 1.
    double population_mean() const;
};

struct GammaGammaFit {
    GammaGamma model;
    double log_likelihood = 0;
    std::uint64_t subjects = 0;
    bool settled = false;
};

/// The parameters that make the spending likeliest. Subjects without visits or whose mean is not
/// above 0 are left out. Nothing with fewer than 10.
std::optional<GammaGammaFit> fit_gamma_gamma(std::span<const Spending> spending);

/// What a contract is worth that earns `margin` a period, is kept with the chance `retention` from
/// one to the next and discounted by `discount`: margin * retention / (1 + discount - retention)
/// (Gupta, Lehmann and Stuart 2004). Infinite when it never ends and nothing is discounted.
double contract_value(double margin, double retention, double discount);

}  // namespace kokemus::stats
