#pragma once

#include "stats/kaplan_meier.h"

namespace kokemus::stats {

/// The twenty subjects of methods.md h1: ten after a bad experience, ten without.
inline const FollowUp after_bad{10,
                                {{2, 1}, {3, 2}, {6, 1}, {7, 1}, {8, 1}, {9, 1}, {10, 1}},
                                {{5, 1}, {8, 1}}};
inline const FollowUp without_bad{10, {{4, 1}, {11, 1}}, {{5, 1}, {7, 1}, {12, 6}}};

}  // namespace kokemus::stats
