#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "driver/design.h"

namespace kokemus::driver {

/// Columns that do not follow from each other, taken one after the other (Gram and Schmidt). Looks
/// at the first rows only where there are very many: those of customers drawn at random.
class IndependentColumns {
public:
    static constexpr std::size_t none = SIZE_MAX;

    explicit IndependentColumns(std::span<const double> outcome);

    /// R^2 of the outcome on these columns alone.
    double alone(const std::vector<Column>& columns) const;

    struct Joined {
        bool varies = true;  ///< in the rows looked at
        bool independent = false;
        std::size_t nearest = none;  ///< the column before that goes with them most closely
        double nearest_correlation = 0;
    };

    /// Takes the columns of one factor in when enough of the variation of each is its own. Costs a
    /// pass over the rows for each column taken in before.
    Joined join(const std::vector<Column>& columns);

private:
    std::vector<double> standardised(std::span<const double> numbers) const;
    void look_for_nearest(std::span<const double> column, Joined& joined) const;

    std::size_t rows_;

    std::vector<double> outcome_;
    std::vector<std::vector<double>> plain_;       ///< standardised, as they came
    std::vector<std::vector<double>> orthogonal_;  ///< what each adds to those before
};

}  // namespace kokemus::driver
