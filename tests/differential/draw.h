#pragma once

#include <vector>

#include <rapidcheck.h>

#include "random_world.h"

namespace kokemus::reference {

/// Encounters on a coarse grid of times, so that equal times and gaps of exactly a limit are
/// common.
inline rc::Gen<std::vector<Drawn>> draw_encounters() {
    using rc::gen::inRange;
    using rc::gen::set;
    return rc::gen::container<std::vector<Drawn>>(
        rc::gen::build<Drawn>(set(&Drawn::customer, inRange(0, 4)),
                              set(&Drawn::touchpoint, inRange(0, 6)),
                              set(&Drawn::half_hours, inRange(0, 5)),
                              set(&Drawn::half_days, inRange(0, 8)),
                              set(&Drawn::months, inRange(0, 3)),
                              set(&Drawn::sequence, inRange(0, 2)),
                              set(&Drawn::channel, inRange(0, 6)),
                              set(&Drawn::thread, inRange(0, 3)),
                              set(&Drawn::score, inRange(0, 24)),
                              set(&Drawn::extra, inRange(0, 16)),
                              set(&Drawn::due, inRange(0, 6))));
}

/// See Choices.
inline rc::Gen<std::vector<int>> draw_choices() {
    return rc::gen::container<std::vector<int>>(40, rc::gen::inRange(0, 5040));
}

}  // namespace kokemus::reference
