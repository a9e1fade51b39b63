#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/matrix.h"

namespace kokemus::stats {

/// How factors and one outcome move together: all that linear importance needs.
struct Correlations {
    double n = 0;
    std::vector<double> means;       ///< of the factors, and last of the outcome
    std::vector<double> deviations;  ///< the same, with n below the line
    Matrix among;  ///< of the factors; one that does not vary has 0 with all others
    std::vector<double> with_outcome;
};

/// Sums of factors and one outcome over rows, kept in blocks of customers so that customers can be
/// drawn again (importance_bootstrap.h) without looking at the rows again. A customer belongs to a
/// block by a hash of his number: up to some thousands each customer is nearly always his own
/// block; beyond, a random block of customers drawn together varies as its customers do, so what is
/// lost is 1 % of an interval's width, not its truth.
class FactorSums {
public:
    static constexpr std::size_t blocks = 8192;

    /// `centres` (of the factors, last of the outcome, or empty for 0) are taken from each number
    /// first. Wanted only for numbers that lie further from 0 than a million of their deviations.
    explicit FactorSums(std::size_t factors, std::vector<double> centres = {});

    std::size_t factors() const { return factors_; }

    /// `row` has the factors and last the outcome. A row with a number that is not finite changes
    /// nothing and gives false: what is missing is left out, not made up.
    bool add(std::uint64_t customer, std::span<const double> row);

    /// Those of `other`, which has as many factors and the same centres.
    void merge(const FactorSums& other);

    /// Nothing when there are fewer than two rows or the outcome does not vary.
    std::optional<Correlations> correlations() const;

    /// Blocks that have rows.
    std::size_t drawn_units() const { return sums_.size() / sums_per_block_; }

    /// The same with each of those counted `times` times, in an order that does not depend on the
    /// order of the rows.
    std::optional<Correlations> correlations(std::span<const std::uint8_t> times) const;

private:
    static constexpr std::uint32_t empty = 0;

    /// The sums of a block, made when it has none yet.
    std::span<double> of_block(std::size_t block);

    std::optional<Correlations> correlations_of(std::span<const double> sums) const;

    std::size_t factors_ = 0;
    std::size_t sums_per_block_ = 0;
    std::vector<double> centres_;
    /// Where each block's sums stand, from 1 on; 0 for a block without rows.
    std::vector<std::uint32_t> places_;
    /// For each block with rows: n, the sums, and the sums of products (lower half, row by row).
    std::vector<double> sums_;
    std::vector<double> row_;
};

}  // namespace kokemus::stats
