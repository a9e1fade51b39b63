#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kokemus::stats {

/// When did the level change last? Bayesian online change point detection (Adams and MacKay 2007,
/// arXiv 0710.3742) of normal values with a known variance: after each value the chance of every
/// length of the run since the last change. For the picture beside an alarm. Lengths with a chance
/// below 1e-6 are dropped, and of the others all but the likeliest 300: a value costs some hundreds
/// of operations, however long the series.
///
/// Values must be standardised, or `variance` say what theirs is.
class ChangePoint {
public:
    struct Prior {
        double mean = 0;       ///< of the level after a change
        double worth = 0.1;    ///< how many values that guess counts as; > 0
        double variance = 1;   ///< of the values around their level; > 0
        double hazard = 0.02;  ///< chance of a change at each value, in (0, 1)
    };

    struct Run {
        std::uint64_t length = 0;  ///< values since the change; 0: the next value begins a new run
        double chance = 0;
    };

    ChangePoint() : ChangePoint(Prior()) {}

    explicit ChangePoint(const Prior& prior);

    /// Takes in one value. One that is not finite is refused: false, and nothing changes.
    bool add(double x);

    /// Lengths by ascending length; their chances sum to 1.
    std::vector<Run> runs() const;

    /// The likeliest length; the shortest of equals. {0, 1} before the first value.
    Run likeliest() const;

private:
    struct Level {
        std::uint64_t length = 0;
        double chance = 0;
        double mean = 0;  ///< what is thought of the level now
        double worth = 0;
    };

    /// The chance of the rank-th likeliest; 0 when there are not so many.
    static double chance_of_rank(const std::vector<Level>& levels, std::size_t rank);

    Prior prior_;
    std::vector<Level> levels_;  ///< ascending length
};

}  // namespace kokemus::stats
