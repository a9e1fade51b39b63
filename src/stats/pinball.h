#pragma once

#include <span>

namespace kokemus::stats {

/// The mean loss of promising `promised` when `actual` came, if being late costs quantile / (1 -
/// quantile) times as much as promising too much time (Koenker and Bassett 1978, Econometrica 46,
/// 33-50): the promise with the least is that quantile. 0 when there is nothing. The lists are
/// equally long.
double pinball_loss(std::span<const double> promised, std::span<const double> actual,
                    double quantile);

}  // namespace kokemus::stats
