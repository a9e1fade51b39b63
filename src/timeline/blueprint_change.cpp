#include "timeline/blueprint_change.h"

#include "base/check.h"
#include "timeline/blueprint_digest.h"
#include "timeline/facts.h"

namespace kokemus::timeline {

std::shared_ptr<const Timeline> under_blueprint(
    const Timeline& timeline, std::shared_ptr<const blueprint::Blueprint> blueprint) {
    CHECK(digest_of_columns(*timeline.blueprint) == digest_of_columns(*blueprint));
    Shared shared = timeline;
    shared.facts = make_facts(*blueprint, shared.touchpoints, shared.channels);
    shared.blueprint = std::move(blueprint);
    TimeBounds bounds;
    if (timeline.rows() > 0) {
        bounds = TimeBounds{timeline.first_time, timeline.latest_time};
    }
    return make_timeline(std::move(shared), bounds, timeline.parts);
}

}  // namespace kokemus::timeline
