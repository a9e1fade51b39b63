#include "intake/door_rules.h"

#include <fmt/format.h>

namespace kokemus::intake {

using encounter::Fault;

void check_scale(const encounter::Encounter& encounter, const blueprint::Blueprint& blueprint,
                 std::vector<Fault>& faults) {
    if (!encounter.score || encounter.scale.empty()) {
        return;
    }
    const blueprint::Scale* scale = blueprint.scale(encounter.scale);
    if (scale != nullptr && (*encounter.score < scale->low || *encounter.score > scale->high)) {
        faults.push_back({"score",
                          fmt::format("is {}, and the scale {} goes from {} to {}; name the scale "
                                      "that the answer is on",
                                      *encounter.score,
                                      scale->name,
                                      scale->low,
                                      scale->high)});
    }
}

std::vector<Fault> sent_faults(const encounter::Encounter& encounter,
                               const blueprint::Blueprint& blueprint) {
    std::vector<Fault> faults = encounter::check(encounter);
    if (encounter.time < sent_time_min) {
        faults.push_back(
            {"time",
             fmt::format("is {}, before {}; look at the sender's clock, and at whether "
                         "seconds or milliseconds are meant",
                         format_instant(encounter.time),
                         format_instant(sent_time_min).substr(0, 10))});
    }
    check_scale(encounter, blueprint, faults);
    return faults;
}

std::string_view excluded_by(const DoorRules& rules, const encounter::CustomerName& customer) {
    const std::string_view name = customer.value();
    const bool is_email = name.find('@') != std::string_view::npos;
    return rules.exclusions.excluded_by(
        {rules.user_agent, rules.address, is_email ? name : std::string_view()});
}

}  // namespace kokemus::intake
