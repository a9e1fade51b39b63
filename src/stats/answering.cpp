#include "stats/answering.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "stats/least_squares.h"
#include "stats/logistic.h"
#include "stats/moments.h"
#include "stats/weighting.h"

namespace kokemus::stats {
namespace {

double product(std::span<const double> row, std::span<const double> coefficients) {
    double sum = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
        sum += row[i] * coefficients[i];
    }
    return sum;
}

/// Predicts one fold from the others; false when it cannot.
bool predict_fold(const WhoAnswered& who, std::uint32_t fold, double least,
                  std::vector<Answering>& all) {
    Matrix everybody;
    Matrix who_did;
    std::vector<double> did;
    std::vector<double> said;
    for (std::size_t i = 0; i < who.design.rows(); ++i) {
        if (who.folds[i] == fold) {
            continue;
        }
        everybody.add_row(who.design.row(i));
        did.push_back(who.answered[i] != 0 ? 1 : 0);
        if (who.answered[i] != 0) {
            who_did.add_row(who.design.row(i));
            said.push_back(who.answers[i]);
        }
    }
    // A little ridge: a trait that nobody with an answer has must not run off.
    const auto answering = logistic(everybody, did, {Link::Logit, 1e-3});
    const auto answers = least_squares(who_did, said);
    if (!answering || !answers) {
        return false;
    }
    for (std::size_t i = 0; i < who.design.rows(); ++i) {
        if (who.folds[i] == fold) {
            const std::span<const double> row = who.design.row(i);
            all[i].probability = std::max(least, answering->probability(row));
            all[i].predicted = product(row, answers->coefficients);
        }
    }
    return true;
}

}  // namespace

Interval MeanOfAll::interval(double confidence) const {
    const double half = two_sided_z(confidence) * standard_error;
    return Interval{mean - half, mean + half};
}

std::optional<MeanOfAll> hajek_mean(std::span<const Answering> all) {
    std::vector<double> answers;
    std::vector<double> weights;
    for (const Answering& each : all) {
        if (each.answered) {
            answers.push_back(each.answer);
            weights.push_back(1 / each.probability);
        }
    }
    const auto mean = weighted_mean(answers, weights);
    if (!mean) {
        return std::nullopt;
    }
    return MeanOfAll{mean->mean, mean->standard_error};
}

std::optional<MeanOfAll> corrected_mean(std::span<const Answering> all) {
    Moments terms;
    bool any = false;
    for (const Answering& each : all) {
        const double off = each.answered ? (each.answer - each.predicted) / each.probability : 0;
        terms.add(each.predicted + off);
        any = any || each.answered;
    }
    if (!any || terms.count() < 2) {
        return std::nullopt;
    }
    const auto n = static_cast<double>(terms.count());
    return MeanOfAll{terms.mean(), std::sqrt(terms.variance() / n)};
}

double hardly_reached(std::span<const Answering> all, double least) {
    if (all.empty()) {
        return 0;
    }
    const auto count = std::count_if(all.begin(), all.end(), [least](const Answering& each) {
        return each.probability < least;
    });
    return static_cast<double>(count) / static_cast<double>(all.size());
}

std::optional<std::vector<Answering>> cross_fitted(const WhoAnswered& who, double least) {
    const std::size_t rows = who.design.rows();
    if (who.answered.size() != rows || who.answers.size() != rows || who.folds.size() != rows) {
        return std::nullopt;
    }
    std::vector<Answering> all(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        all[i].answered = who.answered[i] != 0;
        all[i].answer = all[i].answered ? who.answers[i] : 0;
    }
    for (const std::uint32_t fold : std::set<std::uint32_t>(who.folds.begin(), who.folds.end())) {
        if (!predict_fold(who, fold, least, all)) {
            return std::nullopt;
        }
    }
    return all;
}

}  // namespace kokemus::stats
