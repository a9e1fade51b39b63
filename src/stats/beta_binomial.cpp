#include "stats/beta_binomial.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/tools/minima.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

using Beta = boost::math::beta_distribution<double, InDoubles>;

struct Counts {
    double yes = 0;
    double no = 0;
};

double log_beta(double a, double b) {
    return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
}

double log_likelihood(std::span<const Counts> units, double a, double b) {
    double sum = 0;
    for (const Counts& unit : units) {
        sum += log_beta(unit.yes + a, unit.no + b) - log_beta(a, b);
    }
    return sum;
}

/// The derivative by the mean, which falls as the mean rises.
double slope(std::span<const Counts> units, double mean, double weight) {
    const auto digamma = [](double x) { return boost::math::digamma(x, InDoubles()); };
    const double a = mean * weight;
    const double b = weight - a;
    double sum = 0;
    for (const Counts& unit : units) {
        sum += digamma(unit.yes + a) - digamma(a) - digamma(unit.no + b) + digamma(b);
    }
    return sum;
}

/// The likeliest mean for a weight.
double mean_for(std::span<const Counts> units, double weight) {
    double low = 0;
    double high = 1;
    for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        (slope(units, middle, weight) > 0 ? low : high) = middle;
    }
    return (low + high) / 2;
}

/// Gamma of this shape and scale 1. Below 1 by that of shape + 1 and a power (their section 6).
double draw_gamma(double shape, Random& random) {
    if (shape < 1) {
        const double whole = draw_gamma(shape + 1, random);
        return whole * std::pow(1 - random.uniform(), 1 / shape);
    }
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    while (true) {
        const double x = random.normal();
        const double root = 1 + c * x;
        if (root <= 0) {
            continue;
        }
        const double v = root * root * root;
        const double u = 1 - random.uniform();
        if (std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) {
            return d * v;
        }
    }
}

}  // namespace

std::optional<BetaPrior> beta_prior(std::span<const ShareCount> units) {
    std::vector<Counts> counts;
    double yes = 0;
    double no = 0;
    for (const ShareCount& unit : units) {
        if (unit.n > 0) {
            const std::uint64_t part = std::min(unit.part, unit.n);
            counts.push_back(Counts{static_cast<double>(part), static_cast<double>(unit.n - part)});
            yes += counts.back().yes;
            no += counts.back().no;
        }
    }
    if (counts.size() < 2 || !(yes > 0) || !(no > 0)) {
        return std::nullopt;
    }
    // 1. The weight, each with its likeliest mean. Its logarithm, since weights of 1 and of 1000
    // are both usual; coarsely at first, lest a flat end hide the top.
    const auto unlikelihood = [&counts](double log_weight) {
        const double weight = std::exp(log_weight);
        const double mean = mean_for(counts, weight);
        return -log_likelihood(counts, mean * weight, weight - mean * weight);
    };
    const double least = std::log(1e-3);
    const double most = std::log(prior_weight_max);
    double best = least;
    double best_value = std::numeric_limits<double>::infinity();
    constexpr int steps = 40;
    for (int step = 0; step <= steps; ++step) {
        const double there = least + (most - least) * step / steps;
        const double value = unlikelihood(there);
        if (value < best_value) {
            best = there;
            best_value = value;
        }
    }
    // 2. Exactly, between the neighbours.
    const double width = (most - least) / steps;
    if (best < most) {
        best = boost::math::tools::brent_find_minima(
                   unlikelihood, std::max(least, best - width), std::min(most, best + width), 40)
                   .first;
    }
    const double weight = std::exp(best);
    BetaPrior prior;
    prior.a = mean_for(counts, weight) * weight;
    prior.b = weight - prior.a;
    prior.log_likelihood = log_likelihood(counts, prior.a, prior.b);
    return prior;
}

ShrunkenShare::ShrunkenShare(const ShareCount& unit, const BetaPrior& prior)
    : a_(static_cast<double>(std::min(unit.part, unit.n)) + prior.a),
      b_(static_cast<double>(unit.n - std::min(unit.part, unit.n)) + prior.b) {}

double ShrunkenShare::deviation() const {
    return std::sqrt(a_ * b_ / (a_ + b_ + 1)) / (a_ + b_);
}

double ShrunkenShare::lower(double probability) const {
    return boost::math::quantile(Beta(a_, b_), 1 - probability);
}

Interval ShrunkenShare::interval(double confidence) const {
    const double outside = (1 - confidence) / 2;
    const Beta beta(a_, b_);
    return Interval{boost::math::quantile(beta, outside),
                    boost::math::quantile(boost::math::complement(beta, outside))};
}

double ShrunkenShare::draw(Random& random) const {
    const double yes = draw_gamma(a_, random);
    const double no = draw_gamma(b_, random);
    return yes + no > 0 ? yes / (yes + no) : estimate();
}

double ShrunkenShare::above(double share) const {
    return boost::math::cdf(boost::math::complement(Beta(a_, b_), std::clamp(share, 0.0, 1.0)));
}

}  // namespace kokemus::stats
