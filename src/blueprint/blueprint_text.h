#pragma once

#include <string>
#include <string_view>

#include "blueprint/blueprint.h"

namespace kokemus::blueprint {

/// The blueprint as a TOML file that reads back to an equal one. Keys that hold what their absence
/// means, and built-in scales and metrics, are left out.
std::string to_toml(const Blueprint& blueprint);

/// As `GET /api/blueprint` gives it (docs/answers.md): one JSON object, every key there, durations
/// in seconds.
std::string to_json(const Blueprint& blueprint);

/// The words of a blueprint file for these: "self-service", "contact_rate", "share", "traits".
std::string_view name_of(ChannelKind kind);
std::string_view name_of(MetricKind kind);
std::string_view name_of(CesDefinition definition);
std::string_view name_of(DimensionSource source);
std::string_view name_of(EventKind kind);
std::string_view name_of(WebhookKind kind);
std::string_view name_of(IdentityKind kind);

}  // namespace kokemus::blueprint
