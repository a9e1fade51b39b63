#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "shape/edit_distance.h"
#include "shape/variants.h"

namespace kokemus::shape {

/// A way in which what was done is not what was designed.
struct Deviation {
    enum class Kind : std::uint8_t {
        LeftOut,  ///< designed oftener than done
        PutIn,    ///< done oftener than designed
        Moved,    ///< designed and done as well, but not in its place among the others
    };

    Kind kind = Kind::LeftOut;
    Step step = 0;

    friend bool operator==(const Deviation&, const Deviation&) = default;
    friend auto operator<=>(const Deviation&, const Deviation&) = default;
};

/// Each way in which a sequence deviates from the design, once and ascending: a step that the
/// comparison (EditDistance::moves) skips in one place and inserts in another is moved, as often as
/// it does both; what it skips or inserts beyond that is left out or put in. So whether a step is
/// left out or put in depends on how often it is there alone, and not on which of several equally
/// short comparisons is taken; which steps are moved does (A B against B A moves one of the two:
/// A). Costs the product of the design and of what of it was done.
std::vector<Deviation> deviations(const EditDistance& design, std::span<const Step> done);

}  // namespace kokemus::shape
