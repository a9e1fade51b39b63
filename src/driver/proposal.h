#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "question/engine.h"
#include "question/question.h"

namespace kokemus::driver {

/// A factor that is looked at without having been asked for, and by which rule.
struct Proposed {
    question::Factor factor;
    std::string why;
};

/// Factors for the drivers of a question's outcome, those to be kept first come first: promises
/// made here, late and broken, then early; forced changes of channel, contacts made again, how long
/// it took and through how many hands it went; declared dimensions; and the touchpoints where the
/// most happens, but for those where the outcome is read. What the question's filter or breakdown
/// holds fast is no factor. At most as many as bounds.h has; which of them vary, the table will
/// say. Asks the engine for the touchpoints and for the values of each dimension.
Result<std::vector<Proposed>> propose(const question::Question& question,
                                      const question::Engine& engine,
                                      const blueprint::Blueprint& blueprint);

}  // namespace kokemus::driver
