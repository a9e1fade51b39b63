#pragma once

#include <memory>

#include "blueprint/blueprint.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// The same encounters under another blueprint, whose `digest_of_columns` is that of the
/// timeline's: columns are shared, only what is looked up of each touchpoint and channel is made
/// anew. Costs next to nothing; answers are those of a timeline built under `blueprint`.
std::shared_ptr<const Timeline> under_blueprint(
    const Timeline& timeline, std::shared_ptr<const blueprint::Blueprint> blueprint);

}  // namespace kokemus::timeline
