#include "stats/gamma_gamma.h"

#include <cmath>
#include <vector>

#include <boost/math/special_functions/gamma.hpp>

#include "stats/in_doubles.h"
#include "stats/minimum.h"

namespace kokemus::stats {
namespace {

constexpr std::uint64_t subjects_for_enough = 10;

double log_gamma(double x) {
    return boost::math::lgamma(x, InDoubles());
}

}  // namespace

double GammaGamma::log_likelihood(const Spending& spending) const {
    const auto x = static_cast<double>(spending.visits);
    return log_gamma(p * x + q) - log_gamma(p * x) - log_gamma(q) + q * std::log(gamma) +
           (p * x - 1) * std::log(spending.mean) + p * x * std::log(x) -
           (p * x + q) * std::log(gamma + spending.mean * x);
}

double GammaGamma::expected_mean(const Spending& spending) const {
    const auto x = static_cast<double>(spending.visits);
    const double weight = p * x + q - 1;
    return weight > 0 ? p * (gamma + spending.mean * x) / weight : HUGE_VAL;
}

double GammaGamma::population_mean() const {
    return q > 1 ? p * gamma / (q - 1) : HUGE_VAL;
}

std::optional<GammaGammaFit> fit_gamma_gamma(std::span<const Spending> spending) {
    GammaGammaFit fit;
    std::vector<Spending> usable;
    double mean = 0;
    for (const Spending& each : spending) {
        if (each.visits > 0 && each.alike > 0 && each.mean > 0 && std::isfinite(each.mean)) {
            usable.push_back(each);
            fit.subjects += each.alike;
            mean += static_cast<double>(each.alike) * each.mean;
        }
    }
    if (fit.subjects < subjects_for_enough) {
        return std::nullopt;
    }
    // In units of the mean, so that one start serves cents and millions.
    mean /= static_cast<double>(fit.subjects);
    for (Spending& each : usable) {
        each.mean /= mean;
    }
    const auto of = [](std::span<const double> logs) {
        return GammaGamma{std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2])};
    };
    const auto subjects = static_cast<double>(fit.subjects);
    const auto mean_surprise = [&](std::span<const double> logs) {
        for (const double log : logs) {
            if (std::abs(log) > 20) {
                return HUGE_VAL;
            }
        }
        const GammaGamma model = of(logs);
        double sum = 0;
        for (const Spending& each : usable) {
            sum += static_cast<double>(each.alike) * model.log_likelihood(each);
        }
        return -sum / subjects;
    };
    const Minimum best =
        minimum(mean_surprise, {0, 1, 0}, {.step = 1, .tolerance = 1e-12, .evaluations_max = 8000});
    fit.model = of(best.at);
    fit.model.gamma *= mean;
    fit.settled = best.settled;
    // A density in other units: each mean brings the unit once.
    fit.log_likelihood = -best.value * subjects - subjects * std::log(mean);
    return fit;
}

double contract_value(double margin, double retention, double discount) {
    const double ends = 1 + discount - retention;
    return ends > 0 ? margin * retention / ends : HUGE_VAL;
}

}  // namespace kokemus::stats
