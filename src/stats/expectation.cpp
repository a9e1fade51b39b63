#include "stats/expectation.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {

std::vector<Expectation> expectations(double start, double pace, std::span<const double> came) {
    std::vector<Expectation> steps;
    double expected = start;
    for (const double each : came) {
        const double off = each - expected;
        steps.push_back(Expectation{expected, off, expected + pace * off});
        expected = steps.back().after;
    }
    return steps;
}

std::optional<double> expectation_pace(std::span<const Expectation> asked) {
    double products = 0;
    double squares = 0;
    for (const Expectation& step : asked) {
        products += step.disconfirmation * (step.after - step.before);
        squares += step.disconfirmation * step.disconfirmation;
    }
    if (!(squares > 0)) {
        return std::nullopt;
    }
    return std::clamp(products / squares, 0.0, 1.0);
}

double felt_value(double gain) {
    constexpr double curve = 0.88;
    constexpr double loss_aversion = 2.25;
    return gain >= 0 ? std::pow(gain, curve) : -loss_aversion * std::pow(-gain, curve);
}

}  // namespace kokemus::stats
