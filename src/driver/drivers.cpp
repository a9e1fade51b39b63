#include "driver/drivers.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "driver/bounds.h"
#include "driver/contrast.h"
#include "driver/weigh.h"
#include "stats/confidence.h"
#include "stats/confounding.h"
#include "stats/importance.h"

namespace kokemus::driver {
namespace {

using stats::ImportanceFound;
using stats::Interval;

stats::Interval scaled(const Interval& interval, double by) {
    return Interval{std::min(interval.low * by, interval.high * by),
                    std::max(interval.low * by, interval.high * by)};
}

std::uint64_t rows_with(const Column& column) {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(column.numbers, [](double number) { return number != 0; }));
}

bool is_zero_or_one(const std::vector<double>& numbers) {
    return std::ranges::all_of(numbers, [](double number) { return number == 0 || number == 1; });
}

Direction direction_of(const Interval& interval) {
    return interval.low > 0 ? Direction::Up : interval.high < 0 ? Direction::Down : Direction::Open;
}

/// The ratio of risks for a contrast of a factor: from chances where the outcome is one (`effect`
/// on it), else by 0.91 deviations a logarithm (Chinn 2000, Statistics in Medicine 19, 3127-3131).
class RiskRatio {
public:
    RiskRatio(const Design& design, double outcome_mean, double outcome_deviation)
        : of_chance_(is_zero_or_one(design.outcome)),
          mean_(outcome_mean),
          deviation_(outcome_deviation) {}

    /// `below`, `above`: how far the contrast reaches from the factor's mean.
    double operator()(double effect, double below, double above) const {
        if (!of_chance_) {
            constexpr double logarithm_of_a_deviation = 0.91;
            return std::exp(logarithm_of_a_deviation * effect * (below + above) / deviation_);
        }
        const auto chance = [](double number) { return std::clamp(number, 1e-3, 1 - 1e-3); };
        return chance(mean_ + effect * above) / chance(mean_ - effect * below);
    }

private:
    bool of_chance_;
    double mean_;
    double deviation_;
};

class Report {
public:
    Report(const Design& design, const Settings& settings, Weighed weighed)
        : design_(design),
          settings_(settings),
          weighed_(std::move(weighed)),
          risk_ratio_(design, means().back(), deviations().back()) {}

    Drivers make() {
        const ImportanceFound& found = weighed_.found;
        Drivers drivers;
        drivers.n = design_.rows.size();
        drivers.customers = design_.customer_count;
        drivers.r_squared = found.importance.r_squared;
        drivers.r_squared_interval = found.r_squared;
        drivers.adjusted_r_squared =
            stats::adjusted_r_squared(drivers.r_squared, found.n, design_.columns());
        drivers.p_value = chance_of_this(drivers.r_squared);
        drivers.replicates = found.replicates;
        drivers.method = weighed_.method;
        for (std::size_t factor = 0; factor < design_.factors.size(); ++factor) {
            drivers.drivers.push_back(driver(factor, drivers.r_squared));
        }
        add_contrasts(drivers.drivers);
        put_in_order(drivers);
        return drivers;
    }

private:
    const std::vector<double>& means() const { return weighed_.correlations.means; }
    const std::vector<double>& deviations() const { return weighed_.correlations.deviations; }

    /// By F with customers in the place of units, as those of one customer are not independent.
    double chance_of_this(double r_squared) const {
        const auto columns = static_cast<double>(design_.columns());
        const double freedom = static_cast<double>(design_.customer_count) - columns - 1;
        if (freedom <= 0 || r_squared >= 1) {
            return r_squared >= 1 ? 0 : 1;
        }
        return stats::f_above(r_squared / columns / ((1 - r_squared) / freedom), columns, freedom);
    }

    Driver driver(std::size_t factor, double r_squared) const {
        const Prepared& prepared = design_.factors[factor];
        const std::size_t first = weighed_.first_column[factor];
        Driver driver;
        driver.place = prepared.place;
        driver.share = weighed_.found.importance.shares[factor];
        driver.share_interval = weighed_.found.shares[factor];
        driver.of_explained = r_squared > 0 ? driver.share / r_squared : 0;
        driver.alone = prepared.alone;
        driver.usual_value = prepared.usual_value;
        driver.missing_as_zero = prepared.missing_as_zero ? prepared.missing : 0;
        const bool is_text = !prepared.columns.front().value.empty();
        for (std::size_t i = 0; i < prepared.columns.size(); ++i) {
            driver.present += rows_with(prepared.columns[i]);
            if (is_text) {
                driver.levels.push_back(level(prepared.columns[i], first + i));
            }
        }
        if (!is_text) {
            add_effect(driver, prepared.columns.front(), first);
        }
        return driver;
    }

    /// Of the raw numbers, from that of the standardised ones.
    double per_unit(std::size_t column) const {
        return deviations()[column] > 0 ? deviations().back() / deviations()[column] : 0;
    }

    Level level(const Column& column, std::size_t place) const {
        Level level;
        level.value = column.value;
        level.n = rows_with(column);
        if (!weighed_.found.coefficients.empty()) {
            level.effect = weighed_.found.coefficients[place] * per_unit(place);
            level.effect_interval =
                scaled(weighed_.found.coefficient_intervals[place], per_unit(place));
        }
        return level;
    }

    void add_effect(Driver& driver, const Column& column, std::size_t place) const {
        driver.mean = means()[place];
        if (weighed_.found.coefficients.empty()) {
            return;
        }
        driver.coefficient = weighed_.found.coefficients[place];
        driver.coefficient_interval = weighed_.found.coefficient_intervals[place];
        driver.direction = direction_of(driver.coefficient_interval);
        driver.effect = driver.coefficient * per_unit(place);
        driver.effect_interval = scaled(driver.coefficient_interval, per_unit(place));
        const bool yes_or_no = is_zero_or_one(column.numbers);
        const double below = yes_or_no ? driver.mean : deviations()[place] / 2;
        const double above = yes_or_no ? 1 - driver.mean : deviations()[place] / 2;
        const auto ratio = [&](double effect) { return risk_ratio_(effect, below, above); };
        driver.confounding = stats::confounding_to_explain(ratio(driver.effect));
        driver.confounding_limit = stats::confounding_to_lose(ratio(driver.effect_interval.low),
                                                              ratio(driver.effect_interval.high));
    }

    void add_contrasts(std::vector<Driver>& drivers) const {
        std::vector<double> coefficients;
        for (const Driver& driver : drivers) {
            coefficients.push_back(driver.levels.empty() ? driver.coefficient : 0);
        }
        auto contrasts = find_contrasts(design_, coefficients, settings_);
        for (std::size_t i = 0; i < drivers.size(); ++i) {
            drivers[i].contrast = contrasts[i];
        }
    }

    void put_in_order(Drivers& drivers) const {
        std::vector<std::size_t> order(drivers.drivers.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
            return drivers.drivers[a].share > drivers.drivers[b].share;
        });
        const auto is_ahead = [&](std::size_t a, std::size_t b) {
            return weighed_.found.above(a, b) >= stats::usual_confidence;
        };
        std::vector<Driver> sorted;
        for (std::size_t i = 0; i < order.size(); ++i) {
            Driver& driver = sorted.emplace_back(std::move(drivers.drivers[order[i]]));
            driver.ahead_of_next = i + 1 < order.size() && is_ahead(order[i], order[i + 1]);
        }
        drivers.first_is_established =
            !order.empty() && std::all_of(order.begin() + 1, order.end(), [&](std::size_t other) {
                return is_ahead(order.front(), other);
            });
        drivers.drivers = std::move(sorted);
    }

    const Design& design_;
    const Settings& settings_;
    Weighed weighed_;
    RiskRatio risk_ratio_;
};

}  // namespace

std::uint64_t units_needed(std::size_t columns) {
    return std::max<std::uint64_t>(rows_per_column * (columns + 1), customers_min);
}

std::optional<Drivers> find_drivers(const Design& design, const Settings& settings) {
    if (design.factors.empty() || design.rows.size() < units_needed(design.columns()) ||
        design.customer_count < customers_min) {
        return std::nullopt;
    }
    WeighWish wish;
    wish.seed = settings.seed;
    wish.replicates = settings.replicates == 0 ? replicates : settings.replicates;
    auto weighed = weigh(design, wish);
    if (!weighed) {
        return std::nullopt;
    }
    return Report(design, settings, std::move(*weighed)).make();
}

}  // namespace kokemus::driver
