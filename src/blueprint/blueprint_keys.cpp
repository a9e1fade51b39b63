#include "blueprint/blueprint_keys.h"

#include <array>

namespace kokemus::blueprint {
namespace {

constexpr auto rows = std::to_array<Key>({
    {"", "name", "text", "empty"},
    {"", "time_zone", "text", "UTC"},
    {"", "stages", "texts", "none"},
    {"channel", "kind", "one of `self-service`, `human`, `bot`, `message`", "required"},
    {"touchpoint", "stage", "text", "none"},
    {"touchpoint", "owner", "text", "nobody"},
    {"touchpoint", "channel", "text", "none"},
    {"touchpoint", "topic", "text", "the touchpoint itself"},
    {"touchpoint", "cost", "number", "unknown"},
    {"touchpoint", "visible", "flag", "true"},
    {"touchpoint", "direct", "flag", "true"},
    {"touchpoint", "contact", "flag", "true where the encounter's channel is human or bot"},
    {"journey", "starts", "texts", "required"},
    {"journey", "ends", "texts", "none"},
    {"journey", "stages", "texts", "none"},
    {"journey", "path", "texts", "none"},
    {"journey", "thread", "flag", "false"},
    {"journey", "silence", "duration", "never"},
    {"journey", "within", "duration", "never"},
    {"journey", "feeling", "text", "none"},
    {"journey", "owner", "text", "nobody (a warning)"},
    {"journey.stage", "feeling", "text", "none"},
    {"journey.stage", "intended", "number", "none"},
    {"promise", "made", "texts", "wherever an encounter carries `due.NAME`"},
    {"promise", "kept", "texts", "required"},
    {"promise", "within", "duration", "due only where the encounter says so"},
    {"promise", "at_risk", "duration", "1 day"},
    {"promise", "target", "number", "none"},
    {"promise", "owner", "text", "nobody"},
    {"scale", "low", "number", "required"},
    {"scale", "high", "number", "required"},
    {"scale", "high_is_good", "flag", "true"},
    {"metric",
     "kind",
     "one of `nps`, `csat`, `ces`, `mean`, `kept`, `contact_rate`, `completion`",
     "required"},
    {"metric", "scale", "text", "`nps`, `csat5`, `ces7` by kind; mean: all scales as experience"},
    {"metric", "touchpoints", "texts", "anywhere"},
    {"metric",
     "good_from",
     "number",
     "the two best answers of the scale, the three best of a scale of seven"},
    {"metric", "ces", "one of `share`, `mean`", "share"},
    {"metric", "promise", "text", "all promises"},
    {"metric", "journey", "text", "the unit of the question"},
    {"metric", "target", "number", "none"},
    {"metric", "minimum", "whole number", "10"},
    {"metric", "version", "whole number", "1"},
    {"metric", "high_is_good", "flag", "as the scale; false for contact_rate"},
    {"dimension", "source", "one of `properties`, `traits`", "properties"},
    {"dimension", "key", "text", "its name"},
    {"event", "kind", "one of `track`, `page`, `screen`, `cloudevent`", "track"},
    {"event", "skip", "flag", "false"},
    {"event", "id", "text", "as sent"},
    {"event", "customer", "text", "as sent"},
    {"event", "time", "text", "as sent"},
    {"event", "touchpoint", "text", "as sent"},
    {"event", "channel", "text", "as sent"},
    {"event", "department", "text", "as sent"},
    {"event", "employee", "text", "as sent"},
    {"event", "thread", "text", "as sent"},
    {"event", "score", "text", "as sent"},
    {"event", "scale", "text", "as sent"},
    {"event", "text", "text", "as sent"},
    {"event", "language", "text", "as sent"},
    {"event", "value", "text", "as sent"},
    {"event", "duration", "text", "as sent"},
    {"webhook", "kind", "one of `standard`, `chatwoot`, `zammad`", "standard"},
    {"webhook", "secret", "text", "required"},
    {"webhook", "id", "text", "the delivery's id"},
    {"webhook", "customer", "text", "required"},
    {"webhook", "time", "text", "when it came"},
    {"webhook", "touchpoint", "text", "required"},
    {"webhook", "channel", "text", "none"},
    {"webhook", "department", "text", "none"},
    {"webhook", "employee", "text", "none"},
    {"webhook", "thread", "text", "none"},
    {"webhook", "score", "text", "none"},
    {"webhook", "scale", "text", "none"},
    {"webhook", "text", "text", "none"},
    {"webhook", "language", "text", "none"},
    {"webhook", "value", "text", "none"},
    {"webhook", "duration", "text", "none"},
    {"exclude", "user_agents", "texts", "none"},
    {"exclude", "addresses", "texts", "none"},
    {"exclude", "domains", "texts", "none"},
});

constexpr auto tables = std::to_array<std::string_view>({"channel",
                                                         "touchpoint",
                                                         "journey",
                                                         "promise",
                                                         "scale",
                                                         "metric",
                                                         "dimension",
                                                         "event",
                                                         "webhook",
                                                         "exclude"});

}  // namespace

std::span<const Key> keys() {
    return rows;
}

std::span<const std::string_view> table_names() {
    return tables;
}

}  // namespace kokemus::blueprint
