#include "blueprint/blueprint.h"

#include <algorithm>

namespace kokemus::blueprint {
namespace {

template <typename Declared>
const Declared* find(const std::vector<Declared>& all, std::string_view name) {
    const auto found = std::ranges::find(all, name, &Declared::name);
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

const Channel* Blueprint::channel(std::string_view wanted) const {
    return find(channels, wanted);
}

const Touchpoint* Blueprint::touchpoint(std::string_view wanted) const {
    return find(touchpoints, wanted);
}

const Journey* Blueprint::journey(std::string_view wanted) const {
    return find(journeys, wanted);
}

const Promise* Blueprint::promise(std::string_view wanted) const {
    return find(promises, wanted);
}

const Scale* Blueprint::scale(std::string_view wanted) const {
    return find(scales, wanted);
}

const Metric* Blueprint::metric(std::string_view wanted) const {
    return find(metrics, wanted);
}

const Dimension* Blueprint::dimension(std::string_view wanted) const {
    return find(dimensions, wanted);
}

bool Blueprint::is_contact(std::string_view touchpoint_name, std::string_view channel_name) const {
    const Touchpoint* declared = touchpoint(touchpoint_name);
    if (declared != nullptr && declared->contact) {
        return *declared->contact;
    }
    const bool use_default = channel_name.empty() && declared != nullptr;
    const Channel* over = channel(use_default ? std::string_view(declared->channel) : channel_name);
    return over != nullptr && (over->kind == ChannelKind::Human || over->kind == ChannelKind::Bot);
}

double experience(const Scale& scale, double score) {
    const double place =
        (std::clamp(score, scale.low, scale.high) - scale.low) / (scale.high - scale.low);
    return scale.high_is_good ? -3 + 6 * place : 3 - 6 * place;
}

}  // namespace kokemus::blueprint
