#pragma once

#include "answer/answer.h"

namespace kokemus::answer {

struct Overview;

/// The sentence of the first page: which journeys fall short of what was designed, and which way
/// the worst of them goes; without designed feelings, the promise most often broken; else that
/// nothing falls short beyond chance.
Finding find(const Overview& overview);

}  // namespace kokemus::answer
