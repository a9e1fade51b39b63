#include <array>

#include "base/text.h"
#include "consent/consent.h"
#include "encounter/properties.h"
#include "intake/segment_item.h"

namespace kokemus::intake {

namespace {

namespace json = boost::json;

std::string_view view(json::string_view text) {
    return {text.data(), text.size()};
}

std::string spelled(const json::value& value) {
    if (value.is_null()) {
        return {};
    }
    return value.is_string() ? std::string(view(value.get_string()))
                             : encounter::canonical_json(value);
}

/// The reserved traits that are times, in one spelling; what cannot be read stays as it is.
std::string spelled_time(const json::value& value) {
    const std::string text = spelled(value);
    const auto time = parse_instant(text);
    return time ? format_instant(*time) : text;
}

bool is_flattened(std::string_view name) {
    return name == "address" || name == "company";
}

bool is_time(std::string_view name) {
    return name == "createdAt" || name == "birthday";
}

/// "contact": true, "contact": "refused", "contact": null (taken back), or an object with `state`
/// and `wording`; a state that cannot be read is a fault of the trait that it becomes. What says
/// nothing of a purpose is kept as any trait would be.
void keep_consent(const std::string& purpose, const json::value& said, consent::Traits& kept) {
    const json::object* parts = said.if_object();
    const json::value* state = parts == nullptr ? &said : parts->if_contains("state");
    if (state == nullptr || state->is_structured() || !consent::check_purpose(purpose)) {
        kept["consents." + purpose] = spelled(said);
        return;
    }
    const json::value* wording = parts == nullptr ? nullptr : parts->if_contains("wording");
    for (auto& [trait, value] :
         consent::traits_of({.purpose = purpose,
         .wording = wording == nullptr ? std::string() : spelled(*wording)})) {
        kept[trait] = value;
    }
    kept[consent::trait_of(purpose)] = spelled(*state);
}

}  // namespace

consent::Traits segment_consents(const json::object& preferences) {
    consent::Traits kept;
    for (const auto& member : preferences) {
        const std::string purpose(view(member.key()));
        if (!member.value().is_structured() && consent::check_purpose(purpose)) {
            keep_consent(purpose, member.value(), kept);
        }
    }
    return kept;
}

std::map<std::string, std::string> segment_traits(const json::object& traits) {
    std::map<std::string, std::string> kept;
    for (const auto& member : traits) {
        const std::string name(view(member.key()));
        const json::object* members = member.value().if_object();
        if (members != nullptr && name == "consents") {
            for (const auto& inner : *members) {
                keep_consent(std::string(view(inner.key())), inner.value(), kept);
            }
            continue;
        }
        if (members != nullptr && is_flattened(name)) {
            for (const auto& inner : *members) {
                kept[name + "." + std::string(view(inner.key()))] = spelled(inner.value());
            }
        } else {
            kept[name] = is_time(name) ? spelled_time(member.value()) : spelled(member.value());
        }
    }
    const auto first = kept.find("firstName");
    const auto last = kept.find("lastName");
    if (!kept.contains("name") && first != kept.end() && last != kept.end()) {
        kept["name"] = std::string(trim(first->second + " " + last->second));
    }
    return kept;
}

std::string text_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    if (value == nullptr) {
        return {};
    }
    if (value->is_string() || value->is_int64() || value->is_uint64()) {
        return spelled(*value);
    }
    return {};
}

Result<std::optional<Instant>> instant_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    if (value == nullptr || value->is_null()) {
        return std::optional<Instant>();
    }
    auto time = parse_instant(spelled(*value));
    if (!time) {
        return std::move(time.error());
    }
    return std::optional(*time);
}

const json::object* object_member(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains({name.data(), name.size()});
    return value == nullptr ? nullptr : value->if_object();
}

}  // namespace kokemus::intake
