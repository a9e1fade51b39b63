#include "intake/webhook.h"

#include <optional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/hash.h"
#include "base/limits.h"
#include "encounter/encounter_json.h"
#include "encounter/faults.h"
#include "encounter/identify.h"
#include "intake/field_map.h"
#include "intake/sent_json.h"

namespace kokemus::intake {

namespace {

namespace json = boost::json;

/// The delivery's id as one of an encounter: those that are too long by their hash.
std::string encounter_id(const std::string& delivery) {
    return delivery.size() <= limits::encounter_id_bytes_max ? delivery : hash128(delivery).hex();
}

/// Nothing when the webhook's `when` does not mean this one.
Result<std::optional<encounter::Encounter>> make_encounter(const FieldMap& fields,
                                                           const Delivery& delivery,
                                                           std::string_view body) {
    auto document = read_sent_json(body);
    if (!document) {
        return invalid_input(fmt::format("the body is {}", document.error().message));
    }
    if (!fields.is_meant(*document)) {
        return std::optional<encounter::Encounter>();
    }
    json::object wire{{"time", format_instant(delivery.time)}};
    if (!delivery.id.empty()) {
        wire["id"] = encounter_id(delivery.id);
    }
    fields.apply(*document, wire);
    if (!wire.contains("score")) {
        wire.erase("scale");
    }
    return std::optional(TRY(encounter::encounter_from_json(json::value(std::move(wire)))));
}

}  // namespace

Result<SentBatch> read_webhook(const blueprint::Webhook& webhook, const Delivery& delivery,
                               const SignedRequest& request, const DoorRules& rules) {
    const FieldMap fields = TRY(FieldMap::parse(webhook.fields));
    SentBatch batch;
    batch.items = 1;
    auto made = make_encounter(fields, delivery, request.body);
    std::string rule;
    if (made) {
        rule = *made ? std::string(excluded_by(rules, (*made)->customer)) : "when";
    }
    if (!rule.empty()) {
        batch.excluded.push_back({0, std::move(rule)});
        return batch;
    }
    if (made) {
        if (const auto faults = sent_faults(**made, rules.blueprint); !faults.empty()) {
            made = encounter::to_error(faults);
        }
    }
    if (!made) {
        batch.refused.add(0, "invalid_event", std::move(made.error().message), [&] {
            return std::string(request.body);
        });
        return batch;
    }
    encounter::Identifier().identify(**made);
    encounter::clamp_time(**made, request.received_at);
    batch.encounters.push_back(std::move(**made));
    batch.places.push_back(0);
    return batch;
}

}  // namespace kokemus::intake
