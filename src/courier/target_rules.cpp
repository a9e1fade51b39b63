#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/hash.h"
#include "base/text.h"
#include "courier/bounds.h"
#include "courier/event.h"
#include "courier/target.h"

namespace kokemus::courier {

namespace {

constexpr std::array<std::string_view, 3> state_names{"waiting", "done", "failed"};

}  // namespace

Result<Target> checked(Target target, const WebRules& rules) {
    target.name = std::string(trim(target.name));
    if (target.name.empty() || target.name.size() > bounds::name_bytes_max ||
        !is_valid_utf8(target.name)) {
        return invalid_input("name: say what receives the events");
    }
    TRY(check_url(target.url, rules));
    if (target.events.empty() || target.events.size() > bounds::patterns_max) {
        return invalid_input(
            fmt::format("events: name 1 to {} types; \"*\" is all of them", bounds::patterns_max));
    }
    for (const std::string& pattern : target.events) {
        TRY(check_pattern(pattern));
    }
    return target;
}

std::string version_of(const Target& target) {
    return hash128(fmt::format("{}\n{}\n{}\n{}",
                               target.name,
                               target.url,
                               fmt::join(target.events, " "),
                               target.is_on ? "on" : "off"))
        .hex()
        .substr(0, 16);
}

std::string_view delivery_state_name(DeliveryState state) {
    return state_names[static_cast<std::size_t>(state)];
}

Result<DeliveryState> read_delivery_state(std::string_view name) {
    for (std::size_t i = 0; i < state_names.size(); ++i) {
        if (state_names[i] == name) {
            return static_cast<DeliveryState>(i);
        }
    }
    return invalid_input(
        fmt::format("there is no state {}; there are waiting, done and failed", quote(name)));
}

}  // namespace kokemus::courier
