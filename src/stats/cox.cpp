#include "stats/cox.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "stats/linear_algebra.h"

namespace kokemus::stats {
namespace {

constexpr int steps_max = 50;
constexpr int halvings_max = 20;
constexpr double coefficient_max = 30;  // times the trait's deviation: nobody lives there
constexpr double error_max = 100;       // the same; above it the likelihood is flat, not high
constexpr double settled = 1e-18;

using Vector = std::vector<double>;

/// The logarithm of the partial likelihood with its first and second derivatives.
struct Slope {
    double log_likelihood = 0;
    Vector gradient;
    Matrix information;  ///< minus the second derivatives
};

/// Sums over those at risk of w, w x and w x x', w = exp(x' coefficients).
struct Sums {
    double weight = 0;
    Vector first;
    Matrix second;

    explicit Sums(std::size_t p) : first(p, 0.0), second(p, p) {}

    void add(std::span<const double> x, double w) {
        weight += w;
        for (std::size_t i = 0; i < x.size(); ++i) {
            first[i] += w * x[i];
            for (std::size_t j = 0; j <= i; ++j) {
                second(i, j) += w * x[i] * x[j];
            }
        }
    }
};

class PartialLikelihood {
public:
    PartialLikelihood(std::span<const Lifetime> lifetimes, const Matrix& traits, Ties ties)
        : lifetimes_(lifetimes),
          traits_(traits),
          ties_(ties),
          latest_first_(lifetimes.size()) {
        std::iota(latest_first_.begin(), latest_first_.end(), 0);
        std::ranges::stable_sort(latest_first_, [&](std::size_t a, std::size_t b) {
            return lifetimes[a].time > lifetimes[b].time;
        });
    }

    Slope at(const Vector& coefficients) const {
        const std::size_t p = traits_.columns();
        Slope slope{0, Vector(p, 0.0), Matrix(p, p)};
        Sums at_risk(p);
        for (std::size_t begin = 0; begin < latest_first_.size();) {
            const std::int64_t time = lifetimes_[latest_first_[begin]].time;
            Sums events(p);
            std::size_t happened = 0;
            for (; begin < latest_first_.size() && lifetimes_[latest_first_[begin]].time == time;
                 ++begin) {
                const std::size_t subject = latest_first_[begin];
                const auto x = traits_.row(subject);
                const double exponent =
                    std::inner_product(x.begin(), x.end(), coefficients.begin(), 0.0);
                at_risk.add(x, std::exp(exponent));
                if (lifetimes_[subject].happened) {
                    ++happened;
                    events.add(x, std::exp(exponent));
                    slope.log_likelihood += exponent;
                    for (std::size_t i = 0; i < p; ++i) {
                        slope.gradient[i] += x[i];
                    }
                }
            }
            for (std::size_t i = 0; i < happened; ++i) {
                const double gone = ties_ == Ties::Efron
                                        ? static_cast<double>(i) / static_cast<double>(happened)
                                        : 0.0;
                take_off(slope, at_risk, events, gone);
            }
        }
        return slope;
    }

private:
    /// One event's denominator: those at risk, less the part of the events that has gone already.
    static void take_off(Slope& slope, const Sums& at_risk, const Sums& events, double gone) {
        const double weight = at_risk.weight - gone * events.weight;
        slope.log_likelihood -= std::log(weight);
        const std::size_t p = slope.gradient.size();
        for (std::size_t i = 0; i < p; ++i) {
            const double mean_i = (at_risk.first[i] - gone * events.first[i]) / weight;
            slope.gradient[i] -= mean_i;
            for (std::size_t j = 0; j <= i; ++j) {
                const double mean_j = (at_risk.first[j] - gone * events.first[j]) / weight;
                const double product = (at_risk.second(i, j) - gone * events.second(i, j)) / weight;
                slope.information(i, j) += product - mean_i * mean_j;
            }
        }
    }

    std::span<const Lifetime> lifetimes_;
    const Matrix& traits_;
    Ties ties_;
    std::vector<std::size_t> latest_first_;
};

/// Traits around their mean in deviations, so that no exponent is large; the deviations.
std::optional<Vector> standardise(Matrix& traits) {
    Vector deviations;
    const auto n = static_cast<double>(traits.rows());
    for (std::size_t trait = 0; trait < traits.columns(); ++trait) {
        double mean = 0;
        for (std::size_t row = 0; row < traits.rows(); ++row) {
            mean += traits(row, trait) / n;
        }
        double squares = 0;
        for (std::size_t row = 0; row < traits.rows(); ++row) {
            traits(row, trait) -= mean;
            squares += traits(row, trait) * traits(row, trait);
        }
        const double deviation = std::sqrt(squares / n);
        if (!(deviation > 1e-12 * (1 + std::abs(mean))) || !std::isfinite(deviation)) {
            return std::nullopt;
        }
        for (std::size_t row = 0; row < traits.rows(); ++row) {
            traits(row, trait) /= deviation;
        }
        deviations.push_back(deviation);
    }
    return deviations;
}

Vector newton_step(const Matrix& inverse, const Vector& gradient) {
    Vector step(gradient.size(), 0.0);
    for (std::size_t i = 0; i < step.size(); ++i) {
        for (std::size_t j = 0; j < step.size(); ++j) {
            step[i] += inverse(i, j) * gradient[j];
        }
    }
    return step;
}

Vector plus(const Vector& from, const Vector& step, double share) {
    Vector to = from;
    for (std::size_t i = 0; i < to.size(); ++i) {
        to[i] += share * step[i];
    }
    return to;
}

/// Climbs to the top of the likelihood; nothing when there is none within reach.
std::optional<Cox> climb(const PartialLikelihood& likelihood, std::size_t traits) {
    Cox result;
    result.coefficients.assign(traits, 0.0);
    Slope slope = likelihood.at(result.coefficients);
    result.log_likelihood_without = slope.log_likelihood;
    for (result.steps = 1; result.steps <= steps_max; ++result.steps) {
        const auto inverse = inverse_of_positive(slope.information);
        if (!inverse) {
            return std::nullopt;
        }
        const Vector step = newton_step(*inverse, slope.gradient);
        const double promised =
            std::inner_product(step.begin(), step.end(), slope.gradient.begin(), 0.0);
        for (std::size_t i = 0; i < traits; ++i) {
            if (!(std::sqrt((*inverse)(i, i)) < error_max)) {
                return std::nullopt;
            }
        }
        if (promised < settled) {
            result.covariance = *inverse;
            result.log_likelihood = slope.log_likelihood;
            return result;
        }
        double share = 1;
        Slope next = likelihood.at(plus(result.coefficients, step, share));
        for (int half = 0; half < halvings_max && !(next.log_likelihood >= slope.log_likelihood);
             ++half) {
            share /= 2;
            next = likelihood.at(plus(result.coefficients, step, share));
        }
        result.coefficients = plus(result.coefficients, step, share);
        slope = std::move(next);
        if (std::ranges::any_of(result.coefficients,
                                [](double c) { return !(std::abs(c) < coefficient_max); })) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

}  // namespace

double Cox::error(std::size_t trait) const {
    return std::sqrt(covariance(trait, trait));
}

Estimate Cox::hazard_ratio(std::size_t trait, double confidence) const {
    const double half = two_sided_z(confidence) * error(trait);
    const double at = coefficients[trait];
    return Estimate{std::exp(at), {std::exp(at - half), std::exp(at + half)}, events, "cox", true};
}

std::optional<Cox> cox(std::span<const Lifetime> lifetimes, const Matrix& traits, Ties ties) {
    const auto events = std::ranges::count_if(lifetimes, &Lifetime::happened);
    if (events == 0 || traits.rows() != lifetimes.size() || traits.columns() == 0) {
        return std::nullopt;
    }
    Matrix standard = traits;
    const auto deviations = standardise(standard);
    if (!deviations) {
        return std::nullopt;
    }
    auto result = climb(PartialLikelihood(lifetimes, standard, ties), traits.columns());
    if (!result) {
        return std::nullopt;
    }
    result->events = static_cast<std::uint64_t>(events);
    for (std::size_t i = 0; i < deviations->size(); ++i) {
        result->coefficients[i] /= (*deviations)[i];
        for (std::size_t j = 0; j < deviations->size(); ++j) {
            result->covariance(i, j) /= (*deviations)[i] * (*deviations)[j];
        }
    }
    return result;
}

}  // namespace kokemus::stats
