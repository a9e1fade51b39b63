#include "stats/factor_sums.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace kokemus::stats {
namespace {

/// A permutation of 64 bits (the last steps of SplitMix64): neighbouring numbers fall far apart.
std::size_t block_of(std::uint64_t customer) {
    customer = (customer ^ (customer >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    customer = (customer ^ (customer >> 27U)) * 0x94D049BB133111EBULL;
    return (customer ^ (customer >> 31U)) % FactorSums::blocks;
}

/// A variance below this share of its square sum is rounding.
constexpr double least_variance = 1e-12;

}  // namespace

FactorSums::FactorSums(std::size_t factors, std::vector<double> centres)
    : factors_(factors),
      sums_per_block_(1 + (factors + 1) + (factors + 1) * (factors + 2) / 2),
      centres_(std::move(centres)),
      places_(blocks, empty),
      row_(factors + 1) {
    centres_.resize(factors + 1);
}

std::span<double> FactorSums::of_block(std::size_t block) {
    if (places_[block] == empty) {
        sums_.resize(sums_.size() + sums_per_block_);
        places_[block] = static_cast<std::uint32_t>(drawn_units());
    }
    return std::span(sums_).subspan((places_[block] - 1) * sums_per_block_, sums_per_block_);
}

bool FactorSums::add(std::uint64_t customer, std::span<const double> row) {
    CHECK(row.size() == factors_ + 1);
    for (std::size_t i = 0; i < row.size(); ++i) {
        row_[i] = row[i] - centres_[i];
        if (!std::isfinite(row_[i])) {
            return false;
        }
    }
    double* sum = of_block(block_of(customer)).data();
    *sum++ += 1;
    for (const double each : row_) {
        *sum++ += each;
    }
    for (std::size_t i = 0; i < row_.size(); ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            *sum++ += row_[i] * row_[j];
        }
    }
    return true;
}

void FactorSums::merge(const FactorSums& other) {
    CHECK(other.factors_ == factors_ && other.centres_ == centres_);
    for (std::size_t block = 0; block < blocks; ++block) {
        if (other.places_[block] == empty) {
            continue;
        }
        const double* const theirs =
            other.sums_.data() + (other.places_[block] - 1) * sums_per_block_;
        const std::span<double> ours = of_block(block);
        for (std::size_t i = 0; i < sums_per_block_; ++i) {
            ours[i] += theirs[i];
        }
    }
}

std::optional<Correlations> FactorSums::correlations() const {
    return correlations(std::vector<std::uint8_t>(drawn_units(), 1));
}

std::optional<Correlations> FactorSums::correlations(std::span<const std::uint8_t> times) const {
    CHECK(times.size() == drawn_units());
    std::vector<double> total(sums_per_block_);
    auto drawn = times.begin();
    for (const std::uint32_t place : places_) {
        const double weight = place == empty ? 0 : *drawn++;
        if (weight == 0) {
            continue;
        }
        const double* const sums = sums_.data() + (place - 1) * sums_per_block_;
        for (std::size_t i = 0; i < total.size(); ++i) {
            total[i] += weight * sums[i];
        }
    }
    return correlations_of(total);
}

std::optional<Correlations> FactorSums::correlations_of(std::span<const double> sums) const {
    Correlations found;
    found.n = sums[0];
    if (found.n < 2) {
        return std::nullopt;
    }
    const std::size_t columns = factors_ + 1;
    const std::span<const double> products = sums.subspan(1 + columns);
    std::vector<double> shifted(columns);
    for (std::size_t i = 0; i < columns; ++i) {
        shifted[i] = sums[1 + i] / found.n;
        found.means.push_back(shifted[i] + centres_[i]);
    }
    const auto covariance = [&](std::size_t i, std::size_t j) {  // j <= i
        return products[i * (i + 1) / 2 + j] / found.n - shifted[i] * shifted[j];
    };
    for (std::size_t i = 0; i < columns; ++i) {
        const double variance = covariance(i, i);
        const double square = products[i * (i + 1) / 2 + i] / found.n;
        found.deviations.push_back(variance > least_variance * square ? std::sqrt(variance) : 0);
    }
    if (!(found.deviations[factors_] > 0)) {
        return std::nullopt;
    }
    found.among = Matrix(factors_, factors_);
    const auto correlation = [&](std::size_t i, std::size_t j) {
        const double scale = found.deviations[i] * found.deviations[j];
        return scale > 0 ? std::clamp(covariance(i, j) / scale, -1.0, 1.0) : 0;
    };
    for (std::size_t i = 0; i < factors_; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            found.among(i, j) = found.among(j, i) = correlation(i, j);
        }
        found.among(i, i) = 1;
        found.with_outcome.push_back(correlation(factors_, i));
    }
    return found;
}

}  // namespace kokemus::stats
