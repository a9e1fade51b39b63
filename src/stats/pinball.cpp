#include "stats/pinball.h"

#include <cstddef>

namespace kokemus::stats {

double pinball_loss(std::span<const double> promised, std::span<const double> actual,
                    double quantile) {
    double sum = 0;
    for (std::size_t i = 0; i < promised.size(); ++i) {
        const double late = actual[i] - promised[i];
        sum += late > 0 ? quantile * late : (quantile - 1) * late;
    }
    return promised.empty() ? 0 : sum / static_cast<double>(promised.size());
}

}  // namespace kokemus::stats
