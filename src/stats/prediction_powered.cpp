#include "stats/prediction_powered.h"

#include <cmath>

namespace kokemus::stats {

std::optional<PredictionPowered> prediction_powered(const Moments& predicted_of_all,
                                                    std::span<const Labelled> labelled,
                                                    double confidence) {
    Moments off;
    for (const Labelled& each : labelled) {
        off.add(each.predicted - each.truth);
    }
    if (off.count() < 2 || predicted_of_all.count() == 0) {
        return std::nullopt;
    }
    PredictionPowered found;
    found.correction = off.mean();
    found.mean = predicted_of_all.mean() - off.mean();
    found.standard_error =
        std::sqrt(predicted_of_all.variance() / static_cast<double>(predicted_of_all.count()) +
                  off.variance() / static_cast<double>(off.count()));
    const double half =
        two_sided_t(confidence, static_cast<double>(off.count() - 1)) * found.standard_error;
    found.interval = Interval{found.mean - half, found.mean + half};
    return found;
}

}  // namespace kokemus::stats
