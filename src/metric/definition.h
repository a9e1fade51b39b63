#pragma once

#include <string>
#include <string_view>

#include "blueprint/blueprint.h"
#include "stats/mean.h"

namespace kokemus::metric {

/// What an estimate counts in.
enum class Unit {
    Points,      ///< NPS, -100..100
    Share,       ///< 0..1
    Score,       ///< on the metric's scale
    Experience,  ///< -3 worst .. +3 best
    Rate,        ///< per unit of the question
};

/// "points", "share", "score", "experience", "rate"
std::string_view name_of(Unit unit);

/// A metric of the blueprint with everything decided that its declaration leaves open.
struct Definition {
    blueprint::Metric metric;
    blueprint::Scale scale;  ///< the scale of its scores; -3..+3 where it is over all scales
    Unit unit = Unit::Score;
    double good_from = 0;  ///< shares of good answers: the least good one
    stats::Range range{};  ///< where one value can lie, for means
    std::string version;   ///< "nps 1"
    std::string text;      ///< the formula in words

    /// A share of answers from `good_from` on (downwards where low is good).
    bool is_good(double score) const {
        return scale.high_is_good ? score >= good_from : score <= good_from;
    }

    /// Whether more of it is better. Shares of good answers, points and experience always are so,
    /// even where the scale itself is turned round.
    bool high_is_good() const;

    /// The metric is read from scores, and not from promises, episodes or contacts.
    bool reads_scores() const;

    /// Fewest answers to show a value, at least 1.
    std::uint64_t minimum() const;
};

/// Decides: the scale (the declared one, else the built-in one of that name; -3..+3 without a
/// name), the least good answer (declared; else 5 of an effort scale 1..7, else the best two), the
/// unit and the words.
Definition define(const blueprint::Metric& metric, const blueprint::Blueprint& blueprint);

/// The experience of units or encounters: mean of -3..+3, version "experience 1".
const Definition& experience_definition();

}  // namespace kokemus::metric
