#pragma once

#include <string>
#include <vector>

#include "shape/variants.h"

namespace kokemus::shape {

/// How things run, as blocks within blocks (Leemans 2017, Robust Process Mining with Guarantees,
/// ch. 2): always sound, and what a reader takes in at a glance.
struct ProcessTree {
    enum class Kind {
        Nothing,   ///< nothing is done
        One,       ///< this step
        Choice,    ///< one of the parts
        Sequence,  ///< the parts one after the other
        Parallel,  ///< all parts, in any order and interleaved
        Loop,  ///< the first part, then any number of times one of the others and the first again
    };

    Kind kind = Kind::Nothing;
    Step step = 0;  ///< of One
    std::vector<ProcessTree> parts;

    friend bool operator==(const ProcessTree&, const ProcessTree&) = default;
};

ProcessTree nothing();
ProcessTree one(Step step);
ProcessTree block(ProcessTree::Kind kind, std::vector<ProcessTree> parts);

/// The same language with fewer blocks: blocks of one part, and choices in choices, sequences in
/// sequences, parallels in parallels are folded; nothing is left out of sequences and parallels,
/// and said once in a choice.
ProcessTree folded(ProcessTree tree);

/// Parts whose order says nothing (of choices and parallels, and the ways back of loops) in one
/// order, so that equal trees compare equal.
ProcessTree ordered(ProcessTree tree);

/// "->( 0, X( 1, tau ), *( 2, 3 ) )": -> sequence, X choice, + parallel, * loop, tau nothing.
std::string to_text(const ProcessTree& tree);

}  // namespace kokemus::shape
