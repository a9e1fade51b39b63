#include "stats/importance.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "base/check.h"
#include "stats/linear_algebra.h"

namespace kokemus::stats {
namespace {

/// What is left of a column beside the columns before it; below this it is rounding.
constexpr double least_pivot = 1e-10;

/// The R^2 of every subset of factors. Factor after factor is left out or taken in; taking one in
/// leaves of the rest what the factor does not explain (one step of Gauss), so that a subset costs
/// a few operations.
class Subsets {
public:
    Subsets(const Correlations& correlations, std::span<const std::size_t> widths)
        : players_(widths.size()),
          size_(correlations.with_outcome.size() + 1) {
        starts_.push_back(0);
        for (const std::size_t width : widths) {
            starts_.push_back(starts_.back() + width);
        }
        CHECK(starts_.back() + 1 == size_);
        levels_.assign(players_ + 1, std::vector<double>(size_ * size_));
        for (std::size_t i = 0; i + 1 < size_; ++i) {
            for (std::size_t j = 0; j + 1 < size_; ++j) {
                levels_[0][i * size_ + j] = correlations.among(i, j);
            }
            levels_[0][i * size_ + size_ - 1] = correlations.with_outcome[i];
        }
        levels_[0][size_ * size_ - 1] = 1;
        r_squared_.resize(std::size_t{1} << players_);
        visit(0, levels_[0], 0);
    }

    const std::vector<double>& r_squared() const { return r_squared_; }

private:
    // NOLINTNEXTLINE(misc-no-recursion): as deep as there are factors
    void visit(std::size_t player, const std::vector<double>& left, std::size_t taken) {
        if (player == players_) {
            r_squared_[taken] = 1 - left[size_ * size_ - 1];
            return;
        }
        visit(player + 1, left, taken);
        std::vector<double>& next = levels_[player + 1];
        const std::vector<double>* from = &left;
        for (std::size_t pivot = starts_[player]; pivot < starts_[player + 1]; ++pivot) {
            take(pivot, *from, next);
            from = &next;
        }
        visit(player + 1, *from, taken | (std::size_t{1} << player));
    }

    /// Of the columns after the pivot's, what it does not explain. Upper half only; in place too.
    void take(std::size_t pivot, const std::vector<double>& from, std::vector<double>& to) const {
        const double* const row = from.data() + pivot * size_;
        const double inverse = row[pivot] > least_pivot ? 1 / row[pivot] : 0;
        for (std::size_t i = pivot + 1; i < size_; ++i) {
            const double factor = row[i] * inverse;
            for (std::size_t j = i; j < size_; ++j) {
                to[i * size_ + j] = from[i * size_ + j] - factor * row[j];
            }
        }
    }

    std::size_t players_ = 0;
    std::size_t size_ = 0;
    std::vector<std::size_t> starts_;
    std::vector<std::vector<double>> levels_;
    std::vector<double> r_squared_;
};

}  // namespace

std::optional<Importance> all_subsets_importance(const Correlations& correlations,
                                                 std::span<const std::size_t> widths) {
    std::vector<std::size_t> ones(correlations.with_outcome.size(), 1);
    const std::span<const std::size_t> columns = widths.empty() ? ones : widths;
    const std::size_t factors = columns.size();
    if (factors > all_subsets_max) {
        return std::nullopt;
    }
    const Subsets subsets(correlations, columns);
    const std::vector<double>& r_squared = subsets.r_squared();
    // The share of orders in which exactly this subset of s comes before the factor:
    // s! (p - s - 1)! / p!.
    std::vector<double> orders(factors, factors == 0 ? 0 : 1.0 / static_cast<double>(factors));
    for (std::size_t s = 1; s < factors; ++s) {
        orders[s] = orders[s - 1] * static_cast<double>(s) / static_cast<double>(factors - s);
    }
    Importance importance;
    importance.shares.resize(factors);
    for (std::size_t taken = 0; taken < r_squared.size(); ++taken) {
        const auto count = static_cast<std::size_t>(std::popcount(taken));
        for (std::size_t factor = 0; factor < factors; ++factor) {
            const std::size_t bit = std::size_t{1} << factor;
            if ((taken & bit) == 0) {
                importance.shares[factor] +=
                    orders[count] * (r_squared[taken | bit] - r_squared[taken]);
            }
        }
    }
    for (double& share : importance.shares) {
        share = std::max(0.0, share);
    }
    importance.r_squared = std::clamp(r_squared.back(), 0.0, 1.0);
    return importance;
}

Importance relative_weights(const Correlations& correlations) {
    const std::size_t factors = correlations.with_outcome.size();
    Importance importance;
    importance.shares.resize(factors);
    if (factors == 0) {
        return importance;
    }
    // 1. R = V diag(l) V'; the uncorrelated columns nearest to the factors are their product with
    //    root = V diag(sqrt l) V'.
    const EigenPairs pairs = eigen_of_symmetric(correlations.among);
    // 2. beta = root^-1 r, the outcome on those; a direction in which nothing varies has none.
    Matrix root(factors, factors);
    std::vector<double> beta(factors);
    for (std::size_t k = 0; k < factors; ++k) {
        const double value = pairs.values[k];
        if (!(value > least_pivot)) {
            continue;
        }
        double along = 0;
        for (std::size_t i = 0; i < factors; ++i) {
            along += pairs.vectors(i, k) * correlations.with_outcome[i];
        }
        for (std::size_t i = 0; i < factors; ++i) {
            beta[i] += pairs.vectors(i, k) * along / std::sqrt(value);
            for (std::size_t j = 0; j < factors; ++j) {
                root(i, j) += pairs.vectors(i, k) * pairs.vectors(j, k) * std::sqrt(value);
            }
        }
    }
    // 3. Back to the factors: sum over k of root_jk^2 beta_k^2.
    for (std::size_t j = 0; j < factors; ++j) {
        for (std::size_t k = 0; k < factors; ++k) {
            importance.shares[j] += root(j, k) * root(j, k) * beta[k] * beta[k];
        }
        importance.r_squared += importance.shares[j];
    }
    return importance;
}

std::optional<std::vector<double>> standardised_coefficients(const Correlations& correlations) {
    const std::optional<Matrix> inverse = inverse_of_positive(correlations.among);
    if (!inverse) {
        return std::nullopt;
    }
    std::vector<double> coefficients(correlations.with_outcome.size());
    for (std::size_t i = 0; i < coefficients.size(); ++i) {
        for (std::size_t j = 0; j < coefficients.size(); ++j) {
            coefficients[i] += (*inverse)(i, j) * correlations.with_outcome[j];
        }
    }
    return coefficients;
}

double adjusted_r_squared(double r_squared, double n, std::size_t factors) {
    const double left = n - static_cast<double>(factors) - 1;
    return left >= 1 ? 1 - (1 - r_squared) * (n - 1) / left : 0;
}

}  // namespace kokemus::stats
