#include "stats/bg_nbd.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include <boost/math/special_functions/gamma.hpp>

#include "stats/in_doubles.h"
#include "stats/minimum.h"

namespace kokemus::stats {
namespace {

constexpr std::uint64_t subjects_for_enough = 10;
constexpr int series_terms_max = 200'000;

double log_gamma(double x) {
    return boost::math::lgamma(x, InDoubles());
}

double log_beta(double a, double b) {
    return log_gamma(a) + log_gamma(b) - log_gamma(a + b);
}

/// The part of the likelihood that depends on how often only.
double log_of_times(const BgNbd& model, double again) {
    return log_gamma(model.r + again) - log_gamma(model.r) + model.r * std::log(model.alpha) +
           log_beta(model.a, model.b + again) - log_beta(model.a, model.b);
}

/// ... and the part that depends on when: ln((alpha + T)^-(r + x) + a / (b + x - 1) (alpha +
/// t_x)^-(r + x)).
double log_of_moments(const BgNbd& model, const Visits& visits) {
    const auto x = static_cast<double>(visits.again);
    const double stayed = -(model.r + x) * std::log(model.alpha + visits.watched);
    // Eq. 3 has B(a + 1, b + x - 1) / B(a, b + x), which is the same ratio.
    if (visits.again == 0) {
        return stayed;
    }
    const double left =
        std::log(model.a / (model.b + x - 1)) - (model.r + x) * std::log(model.alpha + visits.last);
    const double greater = std::max(stayed, left);
    return greater + std::log1p(std::exp(std::min(stayed, left) - greater));
}

bool in_order(const Visits& visits) {
    return std::isfinite(visits.watched) && visits.last >= 0 && visits.watched >= visits.last;
}

/// Gauss's hypergeometric series at 0 <= z < 1.
double hypergeometric(double a, double b, double c, double z) {
    double term = 1;
    double sum = 1;
    for (int j = 0; j < series_terms_max; ++j) {
        term *= (a + j) * (b + j) / ((c + j) * (1 + j)) * z;
        sum += term;
        if (std::abs(term) < 1e-15 * std::abs(sum)) {
            break;
        }
    }
    return sum;
}

}  // namespace

double BgNbd::log_likelihood(const Visits& visits) const {
    return log_of_times(*this, static_cast<double>(visits.again)) + log_of_moments(*this, visits);
}

double BgNbd::chance_there(const Visits& visits) const {
    if (visits.again == 0) {
        return 1;
    }
    const auto x = static_cast<double>(visits.again);
    const double odds =
        a / (b + x - 1) * std::pow((alpha + visits.watched) / (alpha + visits.last), r + x);
    return 1 / (1 + odds);
}

double BgNbd::expected_visits(const Visits& visits, double time) const {
    if (!(time > 0)) {
        return 0;
    }
    // Eq. 10; at a = 1 it is 0 / 0 and its neighbour is as good.
    const double leaving = std::abs(a - 1) < 1e-6 ? 1 + 1e-6 : a;
    const auto x = static_cast<double>(visits.again);
    const double until = alpha + visits.watched;
    const double shrink = std::pow(until / (until + time), r + x);
    const double series = hypergeometric(r + x, b + x, leaving + b + x - 1, time / (until + time));
    return (leaving + b + x - 1) / (leaving - 1) * (1 - shrink * series) * chance_there(visits);
}

std::optional<BgNbdFit> fit_bg_nbd(std::span<const Visits> pasts) {
    BgNbdFit fit;
    std::map<std::uint64_t, std::uint64_t> by_times;
    std::vector<Visits> usable;
    double longest = 0;
    for (const Visits& visits : pasts) {
        if (in_order(visits) && visits.alike > 0) {
            usable.push_back(visits);
            by_times[visits.again] += visits.alike;
            fit.subjects += visits.alike;
            longest = std::max(longest, visits.watched);
        }
    }
    if (fit.subjects < subjects_for_enough || by_times.rbegin()->first == 0 || !(longest > 0)) {
        return std::nullopt;
    }
    // In a unit in which all lie between 0 and 1, so that one start serves weeks and milliseconds;
    // the parameters as logarithms, which keeps them above 0.
    const auto of = [](std::span<const double> logs) {
        return BgNbd{std::exp(logs[0]), std::exp(logs[1]), std::exp(logs[2]), std::exp(logs[3])};
    };
    for (Visits& visits : usable) {
        visits.last /= longest;
        visits.watched /= longest;
    }
    const auto subjects = static_cast<double>(fit.subjects);
    const auto mean_surprise = [&](std::span<const double> logs) {
        for (const double log : logs) {
            if (std::abs(log) > 20) {
                return HUGE_VAL;
            }
        }
        const BgNbd model = of(logs);
        double sum = 0;
        for (const auto& [again, times] : by_times) {
            sum += static_cast<double>(times) * log_of_times(model, static_cast<double>(again));
        }
        for (const Visits& visits : usable) {
            sum += static_cast<double>(visits.alike) * log_of_moments(model, visits);
        }
        return -sum / subjects;
    };
    const Minimum best = minimum(
        mean_surprise, {0, 0, 0, 0}, {.step = 1, .tolerance = 1e-12, .evaluations_max = 8000});
    fit.model = of(best.at);
    fit.model.alpha *= longest;
    fit.settled = best.settled;
    for (const Visits& visits : pasts) {
        if (in_order(visits)) {
            fit.log_likelihood +=
                static_cast<double>(visits.alike) * fit.model.log_likelihood(visits);
        }
    }
    return fit;
}

}  // namespace kokemus::stats
