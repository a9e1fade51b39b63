#include "encounter/encounter_json.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "encounter/exact_json.h"
#include "encounter/field_value.h"
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

/// A value that Boost.JSON has parsed.
class BoostValue final : public FieldValue {
public:
    explicit BoostValue(const json::value& value) : value_(value) {}

    Kind kind() const override {
        switch (value_.kind()) {
            case json::kind::null: return Kind::Null;
            case json::kind::bool_: return Kind::Boolean;
            case json::kind::int64:
            case json::kind::uint64: return Kind::Whole;
            case json::kind::double_: return Kind::Real;
            case json::kind::string: return Kind::Text;
            case json::kind::array: return Kind::List;
            case json::kind::object: return Kind::Object;
        }
        return Kind::Null;
    }
    std::string_view text() const override {
        return {value_.get_string().data(), value_.get_string().size()};
    }
    double number() const override { return value_.to_number<double>(); }
    bool boolean() const override { return value_.get_bool(); }
    std::string spelling() const override { return canonical_json(value_); }
    Status each_member(const TakeMember& take) const override {
        for (const auto& member : value_.get_object()) {
            TRY(take({member.key().data(), member.key().size()}, BoostValue(member.value())));
        }
        return {};
    }

private:
    const json::value& value_;
};

Error fault(std::string_view field, std::string_view reason) {
    return invalid_input(fmt::format("`{}` {}", field, reason));
}

Result<json::value> parse_json(std::string_view text) {
    json::error_code failure;
    json::value value = parse_exactly(text, failure);
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
    return read_encounter(BoostValue(value));
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
            customer.name = CustomerName(TRY(read_text(name, BoostValue(member.value()))));
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
