#include "driver/independence.h"

#include <algorithm>
#include <cmath>

#include "driver/bounds.h"

namespace kokemus::driver {
namespace {

double product(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t row = 0; row < a.size(); ++row) {
        sum += a[row] * b[row];
    }
    return sum;
}

void take_away(std::vector<double>& from, std::span<const double> direction) {
    const double amount = product(from, direction);
    for (std::size_t row = 0; row < from.size(); ++row) {
        from[row] -= amount * direction[row];
    }
}

/// Of length 1; what is left of it before.
double scale_to_one(std::vector<double>& column) {
    const double length = std::sqrt(product(column, column));
    for (double& number : column) {
        number = length > 0 ? number / length : 0;
    }
    return length;
}

}  // namespace

IndependentColumns::IndependentColumns(std::span<const double> outcome)
    : rows_(std::min(outcome.size(), independence_rows_max)),
      outcome_(standardised(outcome)) {}

/// Centred, and of length 1; empty when it does not vary.
std::vector<double> IndependentColumns::standardised(std::span<const double> numbers) const {
    std::vector<double> column(numbers.begin(),
                               numbers.begin() + static_cast<std::ptrdiff_t>(rows_));
    double mean = 0;
    for (const double number : column) {
        mean += number / static_cast<double>(rows_);
    }
    double largest = 0;
    for (double& number : column) {
        largest = std::max(largest, std::abs(number));
        number -= mean;
    }
    constexpr double rounding = 1e-9;
    const double before = std::sqrt(product(column, column));
    if (before <= rounding * largest) {
        return {};
    }
    scale_to_one(column);
    return column;
}

void IndependentColumns::look_for_nearest(std::span<const double> column, Joined& joined) const {
    for (std::size_t i = 0; i < plain_.size(); ++i) {
        const double correlation = product(column, plain_[i]);
        if (std::abs(correlation) > std::abs(joined.nearest_correlation)) {
            joined.nearest = i;
            joined.nearest_correlation = correlation;
        }
    }
}

double IndependentColumns::alone(const std::vector<Column>& columns) const {
    double share = 0;
    std::vector<std::vector<double>> before;
    for (const Column& each : columns) {
        std::vector<double> column = standardised(each.numbers);
        if (column.empty() || outcome_.empty()) {
            continue;
        }
        for (const auto& other : before) {
            take_away(column, other);
        }
        const double left = scale_to_one(column);
        if (left * left >= own_variation_min) {
            const double correlation = product(column, outcome_);
            share += correlation * correlation;
            before.push_back(std::move(column));
        }
    }
    return share;
}

IndependentColumns::Joined IndependentColumns::join(const std::vector<Column>& columns) {
    Joined joined;
    joined.independent = true;
    std::vector<std::vector<double>> plain;
    std::vector<std::vector<double>> orthogonal;
    for (const Column& each : columns) {
        std::vector<double> column = standardised(each.numbers);
        if (column.empty()) {
            joined.varies = false;
            joined.independent = false;
            return joined;
        }
        look_for_nearest(column, joined);
        std::vector<double> own = column;
        for (const auto* all : {&orthogonal_, &orthogonal}) {
            for (const auto& before : *all) {
                take_away(own, before);
            }
        }
        const double left = scale_to_one(own);
        joined.independent = joined.independent && left * left >= own_variation_min;
        plain.push_back(std::move(column));
        orthogonal.push_back(std::move(own));
    }
    if (joined.independent) {
        std::ranges::move(plain, std::back_inserter(plain_));
        std::ranges::move(orthogonal, std::back_inserter(orthogonal_));
    }
    return joined;
}

}  // namespace kokemus::driver
