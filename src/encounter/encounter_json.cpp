#include "encounter/encounter_json.h"

#include <array>
#include <cmath>
#include <functional>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "encounter/properties.h"

namespace kokemus::encounter {

namespace {

namespace json = boost::json;

/// Writes the members of one object in the order they are given.
class ObjectWriter {
public:
    void text(std::string_view name, std::string_view value) {
        if (!value.empty()) {
            raw(name, json::serialize(json::string_view(value.data(), value.size())));
        }
    }

    void number(std::string_view name, std::optional<double> value) {
        if (value) {
            raw(name, canonical_json(json::value(*value)));
        }
    }

    void raw(std::string_view name, std::string_view value) {
        out_ += out_.empty() ? '{' : ',';
        out_ += json::serialize(json::string_view(name.data(), name.size()));
        out_ += ':';
        out_ += value;
    }

    std::string finish() && { return out_.empty() ? "{}" : std::move(out_) + '}'; }

private:
    std::string out_;
};

Error fault(std::string_view field, std::string_view reason) {
    return invalid_input(fmt::format("`{}` {}", field, reason));
}

Status read_text(std::string_view field, const json::value& value, std::string& target) {
    if (const json::string* text = value.if_string()) {
        target.assign(text->data(), text->size());
    } else if (value.is_int64() || value.is_uint64()) {
        target = canonical_json(value);
    } else {
        return fault(field, "is not text; write it in quotes");
    }
    return {};
}

Status read_number(std::string_view field, const json::value& value,
                   std::optional<double>& target) {
    if (!value.is_number()) {
        return fault(field,
                     fmt::format("is not a number: {}", canonical_json(value).substr(0, 60)));
    }
    target = value.to_number<double>();
    return {};
}

Status read_time(std::string_view field, const json::value& value, Instant& target) {
    Result<Instant> time =
        invalid_input("is not a time; write RFC 3339, for example 2026-01-02T03:04:05Z");
    if (const json::string* text = value.if_string()) {
        time = parse_instant({text->data(), text->size()});
    } else if (value.is_int64() || value.is_uint64()) {
        time = parse_instant(canonical_json(value));
    } else if (const double* number = value.if_double()) {
        // More than 11 digits are milliseconds, as for whole numbers.
        const double milliseconds = std::abs(*number) < 1e11 ? *number * 1000 : *number;
        if (std::abs(milliseconds) < 1e15) {
            time = Instant(Milliseconds(std::llround(milliseconds)));
        }
    }
    if (!time) {
        return fault(field, time.error().message);
    }
    target = *time;
    return {};
}

Status read_due(const json::value& value, std::map<std::string, Instant>& target) {
    const json::object* object = value.if_object();
    if (object == nullptr) {
        return fault("due", "is not an object; write {\"promise\":\"2026-01-05T00:00:00Z\"}");
    }
    for (const auto& member : *object) {
        const std::string promise(member.key());
        TRY(read_time("due." + promise, member.value(), target[promise]));
    }
    return {};
}

Status read_properties(const json::value& value, std::string& target) {
    if (!value.is_object()) {
        return fault("properties", "is not a JSON object; write one like {\"plan\":\"gold\"}");
    }
    target = value.get_object().empty() ? std::string() : canonical_json(value);
    return {};
}

Status read_sequence(const json::value& value, std::uint64_t& target) {
    json::error_code failure;
    target = value.is_number() ? value.to_number<std::uint64_t>(failure) : 0;
    if (!value.is_number() || failure) {
        return fault("sequence", "is not a whole number from 0");
    }
    return {};
}

Status read_strong(std::string_view field, const json::value& value,
                   const std::function<void(std::string)>& set) {
    std::string text;
    TRY(read_text(field, value, text));
    set(std::move(text));
    return {};
}

struct TextField {
    std::string_view name;
    std::string Encounter::*member;
};

constexpr std::array text_fields = {
    TextField{"touchpoint", &Encounter::touchpoint},
    TextField{"channel", &Encounter::channel},
    TextField{"department", &Encounter::department},
    TextField{"employee", &Encounter::employee},
    TextField{"scale", &Encounter::scale},
    TextField{"text", &Encounter::text},
    TextField{"language", &Encounter::language},
};

Status read_field(std::string_view name, const json::value& value, Encounter& into) {
    for (const TextField& field : text_fields) {
        if (name == field.name) {
            return read_text(name, value, into.*field.member);
        }
    }
    if (name == "id") {
        return read_strong(
            name, value, [&](std::string id) { into.id = EncounterId(std::move(id)); });
    }
    if (name == "customer") {
        return read_strong(
            name, value, [&](std::string text) { into.customer = CustomerName(std::move(text)); });
    }
    if (name == "thread") {
        return read_strong(
            name, value, [&](std::string text) { into.thread = ThreadName(std::move(text)); });
    }
    if (name == "time") {
        return read_time(name, value, into.time);
    }
    if (name == "sequence") {
        return read_sequence(value, into.sequence);
    }
    if (name == "score") {
        return read_number(name, value, into.score);
    }
    if (name == "value") {
        return read_number(name, value, into.value);
    }
    if (name == "duration") {
        return read_number(name, value, into.duration_seconds);
    }
    if (name == "due") {
        return read_due(value, into.due);
    }
    if (name == "properties") {
        return read_properties(value, into.properties);
    }
    if (name == "time_clamped") {
        if (!value.is_bool()) {
            return fault(name, "is not true or false");
        }
        into.time_clamped = value.get_bool();
        return {};
    }
    return fault(name, "is not a field of an encounter; put it into properties");
}

Result<json::value> parse_json(std::string_view text) {
    json::error_code failure;
    json::value value = json::parse({text.data(), text.size()}, failure);
    if (failure) {
        return invalid_input(
            fmt::format("not JSON: {}; write one object a line", failure.message()));
    }
    return value;
}

}  // namespace

std::string to_json(const Encounter& encounter) {
    ObjectWriter writer;
    writer.text("id", encounter.id.value());
    writer.text("customer", encounter.customer.value());
    writer.text("time", format_instant(encounter.time));
    if (encounter.sequence != 0) {
        writer.raw("sequence", fmt::format("{}", encounter.sequence));
    }
    writer.text("touchpoint", encounter.touchpoint);
    writer.text("channel", encounter.channel);
    writer.text("department", encounter.department);
    writer.text("employee", encounter.employee);
    writer.text("thread", encounter.thread.value());
    writer.number("score", encounter.score);
    writer.text("scale", encounter.scale);
    writer.text("text", encounter.text);
    writer.text("language", encounter.language);
    writer.number("value", encounter.value);
    writer.number("duration", encounter.duration_seconds);
    if (!encounter.due.empty()) {
        ObjectWriter due;
        for (const auto& [promise, time] : encounter.due) {
            due.text(promise, format_instant(time));
        }
        writer.raw("due", std::move(due).finish());
    }
    if (!encounter.properties.empty()) {
        writer.raw("properties", encounter.properties);
    }
    if (encounter.time_clamped) {
        writer.raw("time_clamped", "true");
    }
    return std::move(writer).finish();
}

Result<Encounter> encounter_from_json(const json::value& value) {
    const json::object* object = value.if_object();
    if (object == nullptr) {
        return invalid_input(
            "not an encounter; write a JSON object with customer, time and touchpoint");
    }
    Encounter encounter;
    bool timed = false;
    for (const auto& member : *object) {
        if (member.value().is_null()) {
            continue;
        }
        const std::string_view name(member.key().data(), member.key().size());
        TRY(read_field(name, member.value(), encounter));
        timed = timed || name == "time";
    }
    if (!timed) {
        return fault("time", "is missing; write RFC 3339, for example 2026-01-02T03:04:05Z");
    }
    return encounter;
}

Result<Encounter> encounter_from_json(std::string_view text) {
    const json::value value = TRY(parse_json(text));
    return encounter_from_json(value);
}

std::string to_json(const Customer& customer) {
    ObjectWriter writer;
    writer.text("customer", customer.name.value());
    ObjectWriter traits;
    for (const auto& [trait, value] : customer.traits) {
        traits.raw(trait, json::serialize(json::string_view(value.data(), value.size())));
    }
    writer.raw("traits", std::move(traits).finish());
    return std::move(writer).finish();
}

Result<Customer> customer_from_json(const json::value& value) {
    const json::object* object = value.if_object();
    if (object == nullptr) {
        return invalid_input("not a customer; write a JSON object with customer and traits");
    }
    Customer customer;
    for (const auto& member : *object) {
        const std::string_view name(member.key().data(), member.key().size());
        if (name == "customer") {
            TRY(read_strong(name, member.value(), [&](std::string text) {
                customer.name = CustomerName(std::move(text));
            }));
        } else if (name == "traits" && member.value().is_object()) {
            for (const auto& trait : member.value().get_object()) {
                const json::value& text = trait.value();
                std::string spelling = text.is_null() ? std::string() : canonical_json(text);
                if (text.is_string()) {
                    spelling.assign(text.get_string().data(), text.get_string().size());
                }
                customer.traits.insert_or_assign(std::string(trait.key()), std::move(spelling));
            }
        } else {
            return fault(name,
                         name == "traits" ? "is not an object; write {\"plan\":\"gold\"}"
                                          : "is not a field of a customer; put it into traits");
        }
    }
    return customer;
}

Result<Customer> customer_from_json(std::string_view text) {
    const json::value value = TRY(parse_json(text));
    return customer_from_json(value);
}

}  // namespace kokemus::encounter
