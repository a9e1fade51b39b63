#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "timeline/block_columns.h"
#include "timeline/exact_moments.h"
#include "timeline/full_width.h"
#include "timeline/part.h"
#include "timeline/row_bits.h"
#include "timeline/score_sums.h"

namespace kokemus::timeline {

/// The experience of the units of a block, made ready for adding up. Keeps its buffers from block
/// to block.
class UnitScores {
public:
    explicit UnitScores(const Shared& shared) {
        for (const Answer& answer : shared.answers) {
            answers_.push_back(Placed{ScoreSums::of(answer.placed ? answer.experience : 0),
                                      answer.experience,
                                      answer.placed});
        }
    }

    /// Of every unit, by its number in the block; nullptr when none has a score. Calls `use(place,
    /// score)` for every score of the block. Holds until the next call. 4 ns a score.
    template <typename Use>
    const ScoreSums* read(const Part& part, const Block& block, const Use& use) {
        units_.assign(block.units(), Unit{});
        const RowSet& answered = part.answer.rows();
        if (answered.empty()) {
            return nullptr;
        }
        bool any = false;
        part.answer.codes().visit([&](const auto* codes) {
            at_full_width([&] { any = add_all(answered, codes, block, use); });
        });
        return any ? by_unit() : nullptr;
    }

    /// Of all units read so far that have a score.
    const ExactMoments& moments() const { return moments_; }
    void merge(const UnitScores& other, Sign sign) { moments_.merge(other.moments_, sign); }

    /// Lets go of all but what `merge` reads.
    void rest() {
        answers_ = {};
        units_ = {};
        sums_ = {};
    }

private:
    struct Placed {
        ScoreSums sums;
        Fixed experience = 0;
        bool placed = false;
    };

    struct Unit {
        Fixed sum = 0;
        Fixed scores = 0;
    };

    /// Whether there were any. `codes`: of answers, by their rank.
    template <typename Width, typename Use>
    bool add_all(const RowSet& answered, const Width* codes, const Block& block, const Use& use) {
        std::size_t unit = 0;
        bool any = false;
        const auto add = [&](std::size_t place, std::size_t rank) {
            const Placed& answer = answers_[codes[rank]];
            if (!answer.placed) {
                return;
            }
            use(place, answer.sums);
            units_[unit].sum += answer.experience;
            ++units_[unit].scores;
            any = true;
        };
        if (!block.marks().empty()) {
            for_each_marked(answered,
                            block.marks_base(),
                            block.marks(),
                            [&](std::size_t place, std::size_t rank) {
                                while (place >= block.offsets[unit + 1]) {
                                    ++unit;
                                }
                                add(place, rank);
                            });
            return any;
        }
        if (block.starts().empty()) {
            for_each_row(block, [&](std::size_t place, Row row) {
                unit += place >= block.offsets[unit + 1] ? 1 : 0;
                if (answered.contains(row)) {
                    add(place, answered.rank(row));
                }
            });
            return any;
        }
        const Stretch stretch{block.first(0), block.last(block.units() - 1) + 1};
        for_each_member(answered, stretch, [&](Row row, std::size_t rank) {
            while (row > block.last(unit)) {
                ++unit;
            }
            if (row >= block.first(unit)) {
                add(block.offsets[unit] + row - block.first(unit), rank);
            }
        });
        return any;
    }

    const ScoreSums* by_unit() {
        sums_.assign(units_.size(), ScoreSums{});
        for (std::size_t unit = 0; unit < units_.size(); ++unit) {
            if (units_[unit].scores > 0) {
                const Fixed experience = units_[unit].sum / units_[unit].scores;
                sums_[unit] = ScoreSums::of(experience);
                moments_.add(experience);
            }
        }
        return sums_.data();
    }

    std::vector<Placed> answers_;  ///< by code
    std::vector<Unit> units_;
    std::vector<ScoreSums> sums_;
    ExactMoments moments_;
};

}  // namespace kokemus::timeline
