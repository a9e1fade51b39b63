#pragma once

#include <optional>
#include <span>
#include <vector>

#include "timeline/marked_block.h"
#include "timeline/part.h"
#include "timeline/score_sums.h"

namespace kokemus::timeline {

/// The mean of a unit's scores on the experience scale; nothing without a score on a scale of the
/// blueprint.
inline std::optional<Fixed> experience_of(const Part& part, std::span<const Row> unit) {
    Fixed sum = 0;
    Fixed scores = 0;
    for (const Row row : unit) {
        const auto* answer = part.answer.at(row);
        if (answer != nullptr && answer->placed) {
            sum += answer->experience;
            ++scores;
        }
    }
    if (scores == 0) {
        return std::nullopt;
    }
    return sum / scores;
}

/// The same of all units of a block at once, made ready for adding up, over the rows that count: 2
/// ns a score and 1 ns a unit. Keeps its buffers from block to block.
class UnitExperience {
public:
    void read(const Part& part, const MarkedBlock& marked) {
        sums_.assign(marked.block.units(), Sum{});
        scores_.resize(marked.block.units());
        part.answer.codes().visit([&](const auto* codes) {
            marked.for_each_member_of(part.answer.rows(),
                                      [&](Row, std::size_t place, std::size_t unit) {
                                          const Answer& answer = part.answers[codes[place]];
                                          if (answer.placed) {
                                              sums_[unit].sum += answer.experience;
                                              ++sums_[unit].scores;
                                          }
                                      });
        });
        for (std::size_t unit = 0; unit < sums_.size(); ++unit) {
            const Sum& sum = sums_[unit];
            scores_[unit] = sum.scores == 0 ? ScoreSums{} : ScoreSums::of(sum.sum / sum.scores);
        }
    }

    /// Nothing that adds up to anything for a unit without a score.
    const ScoreSums& of(std::size_t unit) const { return scores_[unit]; }

private:
    struct Sum {
        Fixed sum = 0;
        Fixed scores = 0;
    };

    std::vector<Sum> sums_;
    std::vector<ScoreSums> scores_;
};

}  // namespace kokemus::timeline
