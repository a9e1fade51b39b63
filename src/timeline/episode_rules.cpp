#include "timeline/episode_rules.h"

namespace kokemus::timeline {

EpisodeRules::EpisodeRules(const Timeline& timeline, const blueprint::Journey& journey)
    : roles_(timeline.touchpoints.size()),
      touchpoint_(timeline.touchpoint),
      time_(timeline.time),
      latest_(timeline.latest_time),
      threaded_(journey.thread) {
    const auto give_role = [&](const std::vector<std::string>& touchpoints, std::uint8_t role) {
        for (const auto& name : touchpoints) {
            if (const auto code = timeline.touchpoints.find(name)) {
                roles_[*code] = static_cast<std::uint8_t>(roles_[*code] | role);
            }
        }
    };
    give_role(journey.starts, starts);
    give_role(journey.ends, ends);
    if (journey.silence) {
        silence_ = journey.silence->count();
    }
    if (journey.within) {
        within_ = journey.within->count();
    }
}

}  // namespace kokemus::timeline
