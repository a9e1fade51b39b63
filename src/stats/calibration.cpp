#include "stats/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "base/check.h"
#include "stats/logistic.h"

namespace kokemus::stats {
namespace {

double held(double probability) {
    return std::clamp(probability, 1e-9, 1 - 1e-9);
}

double log_odds(double probability) {
    return std::log(held(probability)) - std::log1p(-held(probability));
}

/// By ranks (Mann and Whitney 1947), those of equal predictions shared.
double auc_of(std::span<const double> predicted, std::span<const double> outcomes, double events) {
    std::vector<std::size_t> order(predicted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [predicted](std::size_t a, std::size_t b) {
        return predicted[a] < predicted[b];
    });
    double ranks_of_events = 0;
    for (std::size_t from = 0; from < order.size();) {
        std::size_t to = from;
        double here = 0;
        while (to < order.size() && predicted[order[to]] == predicted[order[from]]) {
            here += outcomes[order[to]];
            ++to;
        }
        ranks_of_events += here * (static_cast<double>(from + 1) + static_cast<double>(to)) / 2;
        from = to;
    }
    const double others = static_cast<double>(predicted.size()) - events;
    return (ranks_of_events - events * (events + 1) / 2) / (events * others);
}

/// The shift of all log-odds at which as many are predicted as happened.
double shift_for(std::span<const double> predicted, double events) {
    double low = -50;
    double high = 50;
    for (int step = 0; step < 100; ++step) {
        const double middle = (low + high) / 2;
        double sum = 0;
        for (const double each : predicted) {
            sum += 1 / (1 + std::exp(-log_odds(each) - middle));
        }
        (sum < events ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace

bool Calibration::good() const {
    return slope && *slope >= 0.8 && *slope <= 1.25 && brier_skill > 0;
}

std::optional<Calibration> calibration(std::span<const double> predicted,
                                       std::span<const double> outcomes) {
    const bool any_unknown =
        std::ranges::any_of(predicted, [](double each) { return !std::isfinite(each); });
    if (predicted.size() != outcomes.size() || any_unknown) {
        return std::nullopt;
    }
    Calibration found;
    found.n = static_cast<double>(predicted.size());
    found.events = std::accumulate(outcomes.begin(), outcomes.end(), 0.0);
    if (!(found.events > 0 && found.events < found.n)) {
        return std::nullopt;
    }
    Matrix design;
    for (std::size_t i = 0; i < predicted.size(); ++i) {
        const double gap = predicted[i] - outcomes[i];
        found.brier += gap * gap / found.n;
        found.log_loss -= (outcomes[i] * std::log(held(predicted[i])) +
                           (1 - outcomes[i]) * std::log1p(-held(predicted[i]))) /
                          found.n;
        design.add_row(std::array{1.0, log_odds(predicted[i])});
    }
    const double share = found.events / found.n;
    found.brier_skill = 1 - found.brier / (share * (1 - share));
    found.auc = auc_of(predicted, outcomes, found.events);
    if (const auto line = logistic(design, outcomes)) {
        found.intercept = line->coefficients[0];
        found.slope = line->coefficients[1];
    }
    found.in_the_large = shift_for(predicted, found.events);
    return found;
}

double calibration_error(std::span<const double> predicted, std::span<const double> outcomes,
                         std::span<const double> cuts) {
    CHECK(predicted.size() == outcomes.size());
    std::vector<double> gaps(cuts.size() + 1);
    for (std::size_t i = 0; i < predicted.size(); ++i) {
        const auto group = std::upper_bound(cuts.begin(), cuts.end(), predicted[i]) - cuts.begin();
        gaps[static_cast<std::size_t>(group)] += predicted[i] - outcomes[i];
    }
    double sum = 0;
    for (const double gap : gaps) {
        sum += std::abs(gap);
    }
    return predicted.empty() ? 0 : sum / static_cast<double>(predicted.size());
}

}  // namespace kokemus::stats
