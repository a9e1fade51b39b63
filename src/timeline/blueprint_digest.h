#pragma once

#include "base/hash.h"
#include "blueprint/blueprint.h"

namespace kokemus::timeline {

/// A digest of everything in a blueprint that enters the columns of a timeline: dimensions, scales,
/// the channel and owner of each touchpoint, what makes and keeps each promise. Timelines of equal
/// encounters under blueprints of equal digest have equal columns. What is looked up when a
/// question is asked or a timeline is loaded (stages, topics, kinds of channel, journeys, metrics,
/// targets, the time zone) is not in it, so that changing these costs no rebuild.
Hash128 digest_of_columns(const blueprint::Blueprint& blueprint);

}  // namespace kokemus::timeline
