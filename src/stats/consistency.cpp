#include "stats/consistency.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/fisher_f.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

/// The analysis of variance by unit.
struct Squares {
    double units = 0;
    double n = 0;
    double mean_size = 0;
    double between = 0;  ///< mean squares
    double within = 0;
};

std::optional<Squares> squares_of(std::span<const Moments> units) {
    Moments all;
    Squares squares;
    double within = 0;
    double sizes_squared = 0;
    for (const Moments& unit : units) {
        if (unit.count() > 0) {
            const auto size = static_cast<double>(unit.count());
            squares.units += 1;
            squares.n += size;
            sizes_squared += size * size;
            within += unit.squared_deviations();
            all.merge(unit);
        }
    }
    if (squares.units < 2 || squares.n <= squares.units) {
        return std::nullopt;
    }
    squares.mean_size = (squares.n - sizes_squared / squares.n) / (squares.units - 1);
    squares.between = std::max(0.0, all.squared_deviations() - within) / (squares.units - 1);
    squares.within = within / (squares.n - squares.units);
    return squares;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) {
        return *middle;
    }
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

double icc_of(double f, double size) {
    return (f - 1) / (f - 1 + size);
}

}  // namespace

std::optional<Consistency> consistency(std::span<const Moments> units, double confidence) {
    const std::optional<Squares> squares = squares_of(units);
    if (!squares || !(squares->between + squares->within > 0)) {
        return std::nullopt;
    }
    Consistency result;
    const double size = squares->mean_size;
    result.between_squares = squares->between;
    result.within_squares = squares->within;
    result.between_variance = std::max(0.0, (squares->between - squares->within) / size);
    result.icc =
        (squares->between - squares->within) / (squares->between + (size - 1) * squares->within);
    if (!(squares->within > 0)) {
        result.icc_interval = Interval{result.icc, result.icc};
        return result;
    }
    // F over its own quantiles holds (1 + size * between / within) as often as is asked for.
    const double f = squares->between / squares->within;
    const double above = squares->units - 1;
    const double below = squares->n - squares->units;
    const boost::math::fisher_f_distribution<double, InDoubles> chance(above, below);
    const double outside = (1 - confidence) / 2;
    const double high = boost::math::quantile(boost::math::complement(chance, outside));
    const double low = boost::math::quantile(chance, outside);
    result.icc_interval = Interval{icc_of(f / high, size), icc_of(f / low, size)};
    return result;
}

std::optional<SpreadTest> brown_forsythe(std::span<const std::vector<double>> units) {
    std::vector<Moments> distances;
    for (const std::vector<double>& unit : units) {
        std::vector<double> values;
        for (const double value : unit) {
            if (std::isfinite(value)) {
                values.push_back(value);
            }
        }
        Moments distance;
        if (!values.empty()) {
            const double middle = median(values);
            for (const double value : values) {
                distance.add(std::abs(value - middle));
            }
        }
        distances.push_back(distance);
    }
    const std::optional<Squares> squares = squares_of(distances);
    if (!squares || !(squares->within > 0)) {
        return std::nullopt;
    }
    SpreadTest test;
    test.f = squares->between / squares->within;
    test.freedom_above = squares->units - 1;
    test.freedom_below = squares->n - squares->units;
    test.p_value = f_above(test.f, test.freedom_above, test.freedom_below);
    return test;
}

}  // namespace kokemus::stats
