#include "stats/asymmetry.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/random.h"
#include "stats/quantile.h"

namespace kokemus::stats {
namespace {

constexpr int draws = 2000;
constexpr double contrast_confidence = 0.9;

double asymmetry_of(double penalty, double reward) {
    const double range = std::abs(penalty) + std::abs(reward);
    return range > 0 ? (std::abs(reward) - std::abs(penalty)) / range : 0;
}

/// Quantiles of the asymmetry when the two coefficients are normal with this covariance.
Interval drawn_interval(const PenaltyReward& found, double covariance, Random random) {
    std::vector<double> values;
    const double slope =
        found.penalty_error > 0 ? covariance / (found.penalty_error * found.penalty_error) : 0;
    const double left = std::max(0.0, found.reward_error * found.reward_error - slope * covariance);
    for (int i = 0; i < draws; ++i) {
        const double off = found.penalty_error * random.normal();
        const double reward = found.reward + slope * off + std::sqrt(left) * random.normal();
        values.push_back(asymmetry_of(found.penalty + off, reward));
    }
    std::sort(values.begin(), values.end());
    const double outside = (1 - contrast_confidence) / 2;
    return Interval{std::min(found.asymmetry, sorted_quantile(values, outside)),
                    std::max(found.asymmetry, sorted_quantile(values, 1 - outside))};
}

}  // namespace

std::optional<std::vector<PenaltyReward>> penalty_reward(const Matrix& levels,
                                                         std::span<const double> outcome,
                                                         const ContrastSettings& settings) {
    // 1. A constant, and for each factor whether it is low and whether it is high.
    Matrix design(levels.rows(), 1 + 2 * levels.columns());
    for (std::size_t row = 0; row < levels.rows(); ++row) {
        design(row, 0) = 1;
        for (std::size_t i = 0; i < levels.columns(); ++i) {
            design(row, 1 + 2 * i) = levels(row, i) < 0 ? 1 : 0;
            design(row, 2 + 2 * i) = levels(row, i) > 0 ? 1 : 0;
        }
    }
    const auto fit = least_squares(design, outcome, settings.errors, settings.clusters);
    if (!fit) {
        return std::nullopt;
    }
    // 2. Their coefficients and what these leave open.
    std::vector<PenaltyReward> factors(levels.columns());
    for (std::size_t i = 0; i < factors.size(); ++i) {
        PenaltyReward& factor = factors[i];
        const std::size_t low = 1 + 2 * i;
        factor.penalty = fit->coefficients[low];
        factor.reward = fit->coefficients[low + 1];
        factor.penalty_error = fit->error(low);
        factor.reward_error = fit->error(low + 1);
        factor.range = std::abs(factor.penalty) + std::abs(factor.reward);
        factor.asymmetry = asymmetry_of(factor.penalty, factor.reward);
        factor.asymmetry_interval = drawn_interval(
            factor, fit->covariance(low, low + 1), Random::named(settings.seed, "asymmetry", i));
    }
    return factors;
}

std::optional<TwoSlopes> two_slopes(std::span<const double> gaps, std::span<const double> outcome,
                                    Errors errors, std::span<const std::uint64_t> clusters) {
    Matrix design;
    for (const double gap : gaps) {
        design.add_row(std::array{1.0, std::max(gap, 0.0), std::min(gap, 0.0)});
    }
    const auto fit = least_squares(design, outcome, errors, clusters);
    if (!fit) {
        return std::nullopt;
    }
    TwoSlopes found;
    found.at_zero = fit->coefficients[0];
    found.gain = fit->coefficients[1];
    found.loss = fit->coefficients[2];
    found.gain_error = fit->error(1);
    found.loss_error = fit->error(2);
    found.r_squared = fit->r_squared;
    // 1. Is the one steeper than the other?
    const double together = fit->covariance(1, 2);
    found.difference = found.loss - found.gain;
    const double error =
        std::sqrt(std::max(0.0, fit->covariance(1, 1) + fit->covariance(2, 2) - 2 * together));
    if (error > 0) {
        found.t = found.difference / error;
        found.p_value = two_sided_p(found.t, fit->freedom);
    }
    // 2. How many times: d log(loss / gain) = dloss / loss - dgain / gain.
    if (found.gain > 0 && found.loss > 0) {
        const double variance = fit->covariance(1, 1) / (found.gain * found.gain) +
                                fit->covariance(2, 2) / (found.loss * found.loss) -
                                2 * together / (found.gain * found.loss);
        const double half =
            two_sided_t(usual_confidence, fit->freedom) * std::sqrt(std::max(0.0, variance));
        found.ratio = found.loss / found.gain;
        found.ratio_interval =
            Interval{*found.ratio * std::exp(-half), *found.ratio * std::exp(half)};
    }
    return found;
}

}  // namespace kokemus::stats
