#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "stats/placebo.h"

/// What a series would have been without the change: a mixture of others that were not changed,
/// chosen by the time before (Abadie and Gardeazabal 2003, American Economic Review 93, 113-132;
/// Abadie, Diamond and Hainmueller 2010, JASA 105, 493-505). For one large unit, where no group can
/// be formed. All numbers must be finite.
namespace kokemus::stats {

struct Mixture {
    std::vector<double> weights;  ///< one a donor, none below 0, together 1
    double error = 0;             ///< root of the mean squared gap
};

/// The mixture of the donors that comes nearest to the target, by an active set: exact up to
/// rounding, and the same on every machine. Donors that cannot be told apart share by their order:
/// the first takes all. Nothing without donors or values, or when a donor has another length.
std::optional<Mixture> nearest_mixture(std::span<const double> target,
                                       std::span<const std::vector<double>> donors);

struct SyntheticControl {
    Mixture mixture;              ///< by the values before the change
    std::vector<double> without;  ///< the mixture, at all times
    double effect = 0;            ///< mean of target less mixture after the change
    /// Root mean squared gap after the change as a multiple of the one before.
    double gap_ratio = 0;
    /// Placebo in space: the same for each donor, mixed from the other donors, by gap ratio.
    Placebo placebo;
};

/// `change` values lie before it. Nothing where there is nothing to mix, or no value before or
/// after.
std::optional<SyntheticControl> synthetic_control(std::span<const double> target,
                                                  std::span<const std::vector<double>> donors,
                                                  std::size_t change);

}  // namespace kokemus::stats
