#include "timeline/episode_rules.h"

namespace kokemus::timeline {

EpisodeRules::EpisodeRules(const Part& part, const blueprint::Journey& journey)
    : roles_(part.touchpoints.size()),
      touchpoint_(part.touchpoint),
      time_(part.time),
      latest_(part.latest_time),
      threaded_(journey.thread) {
    const auto give_role = [&](const std::vector<std::string>& touchpoints, std::uint8_t role) {
        for (const auto& name : touchpoints) {
            if (const auto code = part.touchpoints.find(name)) {
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
