#include "stats/isotonic.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {
namespace {

struct Point {
    double predicted = 0;
    double outcome = 0;
    double weight = 0;
};

}  // namespace

Isotonic::Isotonic(std::span<const double> predicted, std::span<const double> outcomes,
                   std::span<const double> weights) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < predicted.size() && i < outcomes.size(); ++i) {
        const double weight = i < weights.size() ? weights[i] : 1;
        if (std::isfinite(predicted[i]) && std::isfinite(outcomes[i]) && weight > 0) {
            points.push_back(Point{predicted[i], outcomes[i], weight});
        }
    }
    std::stable_sort(points.begin(), points.end(), [](const Point& a, const Point& b) {
        return a.predicted < b.predicted;
    });
    std::vector<double> sums;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Point& point = points[i];
        // 1. Each point is a level of its own, or belongs to that of its equals.
        if (!to_.empty() && to_.back() == point.predicted) {
            const double sum = sums.back() + point.weight;
            values_.back() += (point.outcome - values_.back()) * point.weight / sum;
            sums.back() = sum;
        } else {
            from_.push_back(point.predicted);
            to_.push_back(point.predicted);
            values_.push_back(point.outcome);
            sums.push_back(point.weight);
        }
        // 2. A level that is not above the one before it becomes one with it; not before all of its
        // equals are in.
        if (i + 1 < points.size() && points[i + 1].predicted == point.predicted) {
            continue;
        }
        while (values_.size() > 1 && values_.back() <= values_[values_.size() - 2]) {
            const std::size_t before = values_.size() - 2;
            const double sum = sums[before] + sums.back();
            values_[before] += (values_.back() - values_[before]) * sums.back() / sum;
            sums[before] = sum;
            to_[before] = to_.back();
            from_.pop_back();
            to_.pop_back();
            values_.pop_back();
            sums.pop_back();
        }
    }
}

double Isotonic::operator()(double predicted) const {
    if (values_.empty()) {
        return 0;
    }
    // The first level that ends at or after it.
    const auto place = std::lower_bound(to_.begin(), to_.end(), predicted);
    if (place == to_.end()) {
        return values_.back();
    }
    const auto level = static_cast<std::size_t>(place - to_.begin());
    if (predicted >= from_[level] || level == 0) {
        return values_[level];
    }
    const double way = (predicted - to_[level - 1]) / (from_[level] - to_[level - 1]);
    return values_[level - 1] + way * (values_[level] - values_[level - 1]);
}

}  // namespace kokemus::stats
