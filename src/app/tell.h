#pragma once

#include <functional>
#include <string_view>

namespace kokemus::app {

/// Tells other programs of what has been done (docs/webhooks_out.md): the type of the event, and a
/// JSON object of ids, without names or texts. What cannot be kept for them stands in the log as a
/// warning: it has happened all the same. Thread safe.
using Tell = std::function<void(std::string_view type, std::string_view fields)>;

/// Where nobody listens.
inline void tell_nobody(std::string_view /*type*/, std::string_view /*fields*/) {}

}  // namespace kokemus::app
