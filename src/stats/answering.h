#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "stats/confidence.h"
#include "stats/estimate.h"
#include "stats/matrix.h"

namespace kokemus::stats {

/// One of all who could have answered: how probable that was, whether it happened, what was said,
/// and what would have been predicted. All of it from things that are known of everybody.
struct Answering {
    double probability = 1;  ///< of answering, above 0
    bool answered = false;
    double answer = 0;     ///< when answered
    double predicted = 0;  ///< for corrected_mean only
};

/// The mean of all, from those who answered.
struct MeanOfAll {
    double mean = 0;
    double standard_error = 0;

    Interval interval(double confidence = usual_confidence) const;
};

/// sum(R y / e) / sum(R / e): each answer stands for those who were as unlikely to give one (Hajek
/// 1971; Horvitz and Thompson 1952 without the normalisation). Nothing without answers.
std::optional<MeanOfAll> hajek_mean(std::span<const Answering> all);

/// The mean of m + R (y - m) / e: what is predicted of everybody, corrected by what those who
/// answered were off (augmented inverse probability weighting: Robins, Rotnitzky and Zhao 1994,
/// JASA 89, 846-866). Right when either the probabilities or the predictions are. The error is the
/// terms' deviation over sqrt(N). Nothing without answers or with fewer than two in all.
std::optional<MeanOfAll> corrected_mean(std::span<const Answering> all);

/// Share of all whose probability of answering is below `least`: of them next to nothing is known.
/// Above 5 % no correction should be believed.
double hardly_reached(std::span<const Answering> all, double least = 0.02);

/// Everybody, what is known of them, and who of them said what.
struct WhoAnswered {
    const Matrix& design;
    std::span<const std::uint8_t> answered;  ///< 1 or 0
    std::span<const double> answers;         ///< looked at when answered
    std::span<const std::uint32_t> folds;
};

/// Probabilities (logistic) and predictions (least squares) for everybody, each from the answers of
/// the other folds, so that nobody's answer predicts itself (Chernozhukov et al. 2018, Econometrics
/// Journal 21, C1-C68). Keep a customer's rows in one fold. `design` has a constant first;
/// probabilities below `least` count as that. Nothing when a fold cannot be predicted by the
/// others.
std::optional<std::vector<Answering>> cross_fitted(const WhoAnswered& who, double least = 0.01);

}  // namespace kokemus::stats
