#pragma once

#include <optional>
#include <span>

#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/moments.h"

namespace kokemus::stats {

/// A mean from many predictions and a few true answers.
struct PredictionPowered {
    double mean = 0;
    double standard_error = 0;
    double correction = 0;  ///< mean of predicted - true, which was taken off
    Interval interval;      ///< Student's t with as many degrees as true answers less one
};

/// One whose answer is known beside what was predicted for him, by a model that has not seen it.
struct Labelled {
    double predicted = 0;
    double truth = 0;
};

/// mean(predicted of all) - mean(predicted - true of the labelled), variance var / N +
/// var(predicted
/// - true) / n (Angelopoulos, Bates, Fannjiang, Jordan and Zrnic 2023, Science 382, 669-674). Holds
/// however bad the predictions are, when the labelled are a random part of all. Nothing with fewer
/// than two labelled or without predictions.
std::optional<PredictionPowered> prediction_powered(const Moments& predicted_of_all,
                                                    std::span<const Labelled> labelled,
                                                    double confidence = usual_confidence);

}  // namespace kokemus::stats
