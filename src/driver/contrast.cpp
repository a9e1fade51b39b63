#include "driver/contrast.h"

#include <algorithm>
#include <cmath>

#include "driver/bounds.h"
#include "driver/drivers.h"

namespace kokemus::driver {
namespace {

/// Least part of the rows that the bad and the good third must have.
constexpr double third_min = 0.05;
constexpr double third_rows_min = 30;

/// -1 bad, 0 middle, 1 good; empty when there are no such thirds. Ties fall to the middle.
std::vector<double> thirds(std::span<const double> numbers, bool high_is_good) {
    std::vector<double> sorted(numbers.begin(), numbers.end());
    std::ranges::sort(sorted);
    const double low = sorted[sorted.size() / 3];
    const double high = sorted[sorted.size() - 1 - sorted.size() / 3];
    std::vector<double> levels;
    double below = 0;
    double above = 0;
    for (const double number : numbers) {
        const double level = number < low ? -1 : number > high ? 1 : 0;
        below += level < 0 ? 1 : 0;
        above += level > 0 ? 1 : 0;
        levels.push_back(high_is_good ? level : 0 - level);
    }
    const double needed = std::max(third_rows_min, third_min * static_cast<double>(numbers.size()));
    return std::min(below, above) < needed ? std::vector<double>{} : levels;
}

}  // namespace

std::vector<std::optional<stats::PenaltyReward>> find_contrasts(
    const Design& design, std::span<const double> coefficients, const Settings& settings) {
    std::vector<std::optional<stats::PenaltyReward>> contrasts(design.factors.size());
    const std::size_t rows = std::min(design.rows.size(), contrast_rows_max);
    std::vector<std::size_t> places;
    std::vector<std::vector<double>> levels;
    for (std::size_t factor = 0; factor < design.factors.size(); ++factor) {
        if (coefficients[factor] == 0) {
            continue;
        }
        const bool more_is_good = (coefficients[factor] > 0) == settings.high_is_good;
        auto of_factor = thirds(
            std::span(design.factors[factor].columns.front().numbers).first(rows), more_is_good);
        if (!of_factor.empty()) {
            places.push_back(factor);
            levels.push_back(std::move(of_factor));
        }
    }
    if (places.empty()) {
        return contrasts;
    }
    stats::Matrix matrix(rows, places.size());
    std::vector<double> outcome(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        outcome[row] = settings.high_is_good ? design.outcome[row] : 0 - design.outcome[row];
        for (std::size_t column = 0; column < places.size(); ++column) {
            matrix(row, column) = levels[column][row];
        }
    }
    stats::ContrastSettings contrast;
    const std::span customers = std::span(design.customers).first(rows);
    const bool repeated = std::ranges::adjacent_find(customers) != customers.end();
    contrast.errors = repeated ? stats::Errors::Clustered : stats::Errors::Hc3;
    contrast.clusters = customers;
    contrast.seed = settings.seed;
    if (const auto found = stats::penalty_reward(matrix, outcome, contrast)) {
        for (std::size_t i = 0; i < places.size(); ++i) {
            contrasts[places[i]] = (*found)[i];
        }
    }
    return contrasts;
}

}  // namespace kokemus::driver
