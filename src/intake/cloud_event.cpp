#include "intake/cloud_event.h"

#include <charconv>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "encounter/encounter_json.h"
#include "encounter/faults.h"
#include "encounter/field_value.h"
#include "encounter/identify.h"
#include "intake/door_rules.h"
#include "intake/sent_json.h"
#include "intake/signing.h"

namespace kokemus::intake {

namespace {

namespace json = boost::json;
using encounter::Encounter;

constexpr std::string_view structured_type = "application/cloudevents+json";
constexpr std::string_view batch_type = "application/cloudevents-batch+json";
constexpr std::string_view any_type = "application/cloudevents";

/// "application/json; charset=utf-8" without what follows, in small letters.
std::string media_type(std::string_view content_type) {
    return lower(trim(content_type.substr(0, content_type.find(';'))));
}

bool is_json(std::string_view media) {
    return media == "application/json" || media == "text/json" || media.ends_with("+json");
}

/// An attribute as text; empty when it is not there.
Result<std::string_view> attribute(const json::object& event, std::string_view name) {
    const json::value* found = event.if_contains(name);
    if (found == nullptr || found->is_null()) {
        return std::string_view();
    }
    if (!found->is_string()) {
        return invalid_input(fmt::format("`{}` is not text", name));
    }
    return std::string_view(found->get_string());
}

Result<std::string_view> needed(const json::object& event, std::string_view name) {
    const std::string_view text = TRY(attribute(event, name));
    if (text.empty()) {
        return invalid_input(fmt::format("`{}` is missing, which every CloudEvent has", name));
    }
    return text;
}

/// The data as JSON, null for none; `data_base64` unpacked into `data`.
Status unpack_data(json::object& event) {
    const std::string_view packed = TRY(attribute(event, "data_base64"));
    if (packed.empty()) {
        return {};
    }
    const auto bytes = from_base64(packed);
    auto data = bytes ? read_sent_json(*bytes) : Result<json::value>(invalid_input("not base64"));
    if (!data) {
        return invalid_input(fmt::format("`data_base64` is {}", data.error().message));
    }
    event["data"] = std::move(*data);
    event.erase("data_base64");
    return {};
}

/// Members called as fields of an encounter are those; what is left is properties.
Status spread_data(const json::object& event, json::object& wire) {
    const json::value* data = event.if_contains("data");
    if (data == nullptr || data->is_null()) {
        return {};
    }
    if (!data->is_object()) {
        return invalid_input(
            "`data` is not a JSON object; give the blueprint an [event] rule that says what it is");
    }
    json::object properties;
    for (const auto& [name, value] : data->get_object()) {
        if (value.is_null()) {
            continue;  // as absent as in an encounter of our own
        }
        if (name == "properties" && value.is_object()) {
            for (const auto& [property, inner] : value.get_object()) {
                properties[property] = inner;
            }
        } else if (encounter::is_field(name) && name != "id") {
            wire[name] = value;
        } else {
            properties[name] = value;
        }
    }
    if (!properties.empty()) {
        wire["properties"] = std::move(properties);
    }
    return {};
}

/// One event on its way into the batch.
class EventReader {
public:
    EventReader(json::value& value, const CloudEventSetting& setting)
        : value_(value),
          setting_(setting) {}

    /// The encounter; none when a rule of the blueprint leaves it out, whose name is then `rule`.
    Result<std::optional<Encounter>> read(std::string& rule) {
        if (!value_.is_object()) {
            return invalid_input("is not a CloudEvent; write a JSON object");
        }
        json::object& event = value_.get_object();
        TRY(check_version(event));
        TRY(unpack_data(event));
        const std::string source(TRY(needed(event, "source")));
        const std::string id(TRY(needed(event, "id")));
        const SentEvent sent{.kind = blueprint::EventKind::CloudEvent,
                             .name = TRY(needed(event, "type")),
                             .path = {}};
        if (setting_.events.skips(sent)) {
            rule = sent.name;
            return std::optional<Encounter>();
        }
        json::object wire = TRY(wire_of(event, sent));
        // Flagged, so that the same event sent again is the same, though its arrival is another.
        const bool is_stamped = !wire.contains("time");
        if (is_stamped) {
            wire["time"] = format_instant(setting_.received_at);
        }
        wire["id"] = encounter_id(source + " " + id);
        if (rule = excluded_by(wire); !rule.empty()) {
            return std::optional<Encounter>();
        }
        Encounter made = TRY(encounter::encounter_from_json(json::value(std::move(wire))));
        if (const auto faults = sent_faults(made, setting_.events.blueprint()); !faults.empty()) {
            return encounter::to_error(faults);
        }
        encounter::clamp_time(made, setting_.received_at);
        made.time_clamped = made.time_clamped || is_stamped;
        return std::optional(std::move(made));
    }

private:
    static Status check_version(const json::object& event) {
        const std::string_view version = TRY(needed(event, "specversion"));
        if (version != "1.0") {
            return invalid_input(fmt::format("`specversion` is {}; 1.0 is understood", quote(version)));
        }
        return {};
    }

    /// Those that are too long by their hash.
    static std::string encounter_id(const std::string& text) {
        return text.size() <= limits::encounter_id_bytes_max ? text : hash128(text).hex();
    }

    Result<json::object> wire_of(const json::object& event, const SentEvent& sent) const {
        const std::string_view time = TRY(attribute(event, "time"));
        const std::string_view subject = TRY(attribute(event, "subject"));
        json::object wire;
        if (!time.empty()) {
            wire["time"] = time;
        }
        if (!subject.empty()) {
            wire["customer"] = subject;
        }
        if (setting_.events.has_rule(sent)) {
            setting_.events.fill(sent, json::value(event), {}, wire);
        } else {
            wire["touchpoint"] = sent.name;
            TRY(spread_data(event, wire));
        }
        return wire;
    }

    std::string excluded_by(const json::object& wire) const {
        const json::value* customer = wire.if_contains("customer");
        const std::string_view name = customer != nullptr && customer->is_string()
                                          ? std::string_view(customer->get_string())
                                          : std::string_view();
        const bool is_email = name.find('@') != std::string_view::npos;
        return std::string(setting_.exclusions.excluded_by(
            {setting_.user_agent, setting_.address, is_email ? name : std::string_view()}));
    }

    json::value& value_;
    const CloudEventSetting& setting_;
};

void take(json::value& value, const CloudEventSetting& setting, SentBatch& batch) {
    const std::size_t index = batch.items++;
    std::string rule;
    auto read = EventReader(value, setting).read(rule);
    if (!read) {
        batch.refused.add(index, "invalid_event", std::move(read.error().message), [&] {
            return json::serialize(value);
        });
    } else if (!*read) {
        batch.excluded.push_back({index, std::move(rule)});
    } else {
        batch.encounters.push_back(std::move(**read));
        batch.places.push_back(index);
    }
}

Result<std::string> decode(std::string_view header) {
    std::string plain;
    for (std::size_t at = 0; at < header.size(); ++at) {
        if (header[at] != '%') {
            plain += header[at];
            continue;
        }
        unsigned byte = 0;
        const char* const digits = header.data() + at + 1;
        if (at + 2 >= header.size() ||
            std::from_chars(digits, digits + 2, byte, 16).ptr != digits + 2) {
            return invalid_input("a header of the event holds a broken percent escape");
        }
        plain += static_cast<char>(byte);
        at += 2;
    }
    if (!is_valid_utf8(plain)) {
        return invalid_input("a header of the event is not UTF-8");
    }
    return plain;
}

}  // namespace

bool is_json_type(std::string_view content_type) {
    return is_json(media_type(content_type));
}

CloudEventForm cloud_event_form(std::string_view content_type, std::string_view spec_version) {
    const std::string media = media_type(content_type);
    if (media == structured_type) {
        return CloudEventForm::Structured;
    }
    if (media == batch_type) {
        return CloudEventForm::Batch;
    }
    if (media.starts_with(any_type)) {
        return CloudEventForm::Unreadable;
    }
    if (spec_version.empty()) {
        return CloudEventForm::None;
    }
    return CloudEventForm::Binary;
}

Result<SentBatch> read_cloud_events(std::string_view body, const CloudEventSetting& setting) {
    auto value = read_sent_json(body, limits::encounters_per_request_max);
    if (!value) {
        return Error{value.error().code, fmt::format("the body is {}", value.error().message)};
    }
    SentBatch batch;
    if (!value->is_array()) {
        take(*value, setting, batch);
        return batch;
    }
    for (json::value& event : value->get_array()) {
        take(event, setting, batch);
    }
    return batch;
}

Result<SentBatch> read_binary_cloud_event(
    const std::function<std::string_view(std::string_view)>& header, std::string_view body,
    const CloudEventSetting& setting) {
    json::object event;
    for (const std::string_view name :
         {"specversion", "id", "source", "type", "subject", "time", "dataschema"}) {
        if (const std::string_view text = header(fmt::format("ce-{}", name)); !text.empty()) {
            event[name] = TRY(decode(text));
        }
    }
    if (!body.empty()) {
        if (!is_json(media_type(header("content-type")))) {
            return invalid_input("the data of the event is not JSON by its Content-Type");
        }
        auto data = read_sent_json(body);
        if (!data) {
            return invalid_input(fmt::format("the data of the event is {}", data.error().message));
        }
        event["data"] = std::move(*data);
    }
    SentBatch batch;
    json::value value(std::move(event));
    take(value, setting, batch);
    return batch;
}

}  // namespace kokemus::intake
