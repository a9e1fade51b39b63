#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace kokemus::courier {

/// Something that others may want to hear of. Holds ids, never names, e-mail addresses or what
/// people wrote: it leaves the house.
struct Event {
    std::string type;  ///< "user.added": words of small letters, digits, '_', with dots between
    Instant time{};
    std::string fields = "{}";  ///< a JSON object
};

/// InvalidInput when the type is no type, or the fields are no JSON object or too long.
Status check_event(const Event& event);

/// The body that is sent and signed: {"type", "timestamp", "data"}.
std::string event_body(const Event& event);

/// Every type that there is, as docs/webhooks_out.md lists them; but the test event, which goes to
/// whoever asks for it.
std::span<const std::string_view> known_types();

/// "*", "user.*" or "user.added": one that names a type that there is. Otherwise InvalidInput with
/// the one that may be meant, and all that there are.
Status check_pattern(std::string_view pattern);

/// Whether one of the patterns names the type.
bool wants(std::span<const std::string> patterns, std::string_view type);

/// A name of an event, which receivers get as `webhook-id`: those made later by one server order
/// after those made before.
std::string new_event_id(Instant now);

}  // namespace kokemus::courier
