#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shape/variants.h"

namespace kokemus::shape {

/// One step of a comparison.
struct Move {
    enum class Kind {
        Both,      ///< designed and done
        Skipped,   ///< designed and not done
        Inserted,  ///< done and not designed
    };

    Kind kind = Kind::Both;
    Step step = 0;
    std::size_t position = 0;  ///< in what was done: of the step, or before which one was skipped

    friend bool operator==(const Move&, const Move&) = default;
};

/// How far what was done is from what was designed, when the design is one sequence. Prepared once,
/// then asked for each variant: some nanoseconds a step for designs of up to 64 steps, by one word
/// of bits a column; longer designs by the table.
///
/// Thread safety: const members may be called at once.
class EditDistance {
public:
    explicit EditDistance(std::vector<Step> designed);

    std::span<const Step> designed() const { return designed_; }

    /// Least insertions, deletions and exchanges (Levenshtein 1966; Myers 1999, JACM 46, 395-415).
    std::size_t levenshtein(std::span<const Step> done) const;

    /// Length of the longest sequence in both, in order (Hyyrö 2004, bit-parallel).
    std::size_t longest_common(std::span<const Step> done) const;

    /// Least insertions and deletions: what was inserted and skipped.
    std::size_t deviations(std::span<const Step> done) const;

    /// 1 - deviations / (length of both): 1 is as designed, 0 has nothing of it; 1 of two nothings.
    double fitness(std::span<const Step> done) const;

    /// Which they are. Of the ways that are equally short the one that, from the beginning on,
    /// takes both before it skips and skips before it inserts: always the same.
    std::vector<Move> moves(std::span<const Step> done) const;

private:
    std::uint64_t mask(Step step) const { return step < masks_.size() ? masks_[step] : 0; }

    std::vector<Step> designed_;
    std::vector<std::uint64_t> masks_;  ///< by step: where it stands in the design, up to 64 steps
};

}  // namespace kokemus::shape
