#include "encounter/field_value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"

namespace kokemus::encounter {

namespace {

using Kind = FieldValue::Kind;

Error fault(std::string_view field, std::string_view reason) {
    return invalid_input(fmt::format("`{}` {}", field, reason));
}

Result<std::optional<double>> read_number(std::string_view field, const FieldValue& value) {
    if (value.kind() != Kind::Whole && value.kind() != Kind::Real) {
        return fault(field, fmt::format("is not a number: {}", value.spelling().substr(0, 60)));
    }
    return std::optional(value.number());
}

Result<Instant> instant_of(const FieldValue& value) {
    if (value.kind() == Kind::Text) {
        return parse_instant(value.text());
    }
    if (value.kind() == Kind::Whole) {
        return parse_instant(value.spelling());
    }
    if (value.kind() == Kind::Real) {
        // More than 11 digits are milliseconds, as for whole numbers.
        const double number = value.number();
        const double milliseconds = std::abs(number) < 1e11 ? number * 1000 : number;
        if (std::abs(milliseconds) < 1e15) {
            return Instant(Milliseconds(std::llround(milliseconds)));
        }
    }
    return invalid_input("is not a time; write RFC 3339, for example 2026-01-02T03:04:05Z");
}

Result<Instant> read_time(std::string_view field, const FieldValue& value) {
    Result<Instant> time = instant_of(value);
    if (!time) {
        return fault(field, time.error().message);
    }
    return time;
}

Status read_due(const FieldValue& value, std::map<std::string, Instant>& target) {
    if (value.kind() != Kind::Object) {
        return fault("due", "is not an object; write {\"promise\":\"2026-01-05T00:00:00Z\"}");
    }
    return value.each_member([&](std::string_view name, const FieldValue& due) -> Status {
        const std::string promise(name);
        target[promise] = TRY(read_time("due." + promise, due));
        return {};
    });
}

Result<std::string> read_properties(const FieldValue& value) {
    if (value.kind() != Kind::Object) {
        return fault("properties", "is not a JSON object; write one like {\"plan\":\"gold\"}");
    }
    std::string spelling = value.spelling();
    return spelling == "{}" ? std::string() : std::move(spelling);
}

Result<std::uint64_t> read_sequence(const FieldValue& value) {
    std::uint64_t sequence = 0;
    if (value.kind() == Kind::Whole || value.kind() == Kind::Real) {
        const std::string digits = value.spelling();
        const char* end = digits.data() + digits.size();
        if (std::from_chars(digits.data(), end, sequence).ptr == end) {
            return sequence;
        }
    }
    return fault("sequence", "is not a whole number from 0");
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

Status read_other_field(std::string_view name, const FieldValue& value, Encounter& into) {
    if (name == "sequence") {
        into.sequence = TRY(read_sequence(value));
    } else if (name == "score") {
        into.score = TRY(read_number(name, value));
    } else if (name == "value") {
        into.value = TRY(read_number(name, value));
    } else if (name == "duration") {
        into.duration_seconds = TRY(read_number(name, value));
    } else if (name == "due") {
        return read_due(value, into.due);
    } else if (name == "properties") {
        into.properties = TRY(read_properties(value));
    } else if (name != "time_clamped") {
        return invalid_input(
            fmt::format("{} is not a field of an encounter; put it into properties", quote(name)));
    } else if (value.kind() != Kind::Boolean) {
        return fault(name, "is not true or false");
    } else {
        into.time_clamped = value.boolean();
    }
    return {};
}

Status read_field(std::string_view name, const FieldValue& value, Encounter& into) {
    if (name == "customer") {
        into.customer = CustomerName(TRY(read_text(name, value)));
        return {};
    }
    if (name == "time") {
        into.time = TRY(read_time(name, value));
        return {};
    }
    if (name == "id") {
        into.id = EncounterId(TRY(read_text(name, value)));
        return {};
    }
    if (name == "thread") {
        into.thread = ThreadName(TRY(read_text(name, value)));
        return {};
    }
    for (const TextField& field : text_fields) {
        if (name == field.name) {
            into.*field.member = TRY(read_text(name, value));
            return {};
        }
    }
    return read_other_field(name, value, into);
}

}  // namespace

bool is_field(std::string_view name) {
    constexpr auto others = std::to_array<std::string_view>({"customer",
                                                             "time",
                                                             "id",
                                                             "thread",
                                                             "sequence",
                                                             "score",
                                                             "value",
                                                             "duration",
                                                             "due",
                                                             "properties",
                                                             "time_clamped"});
    return std::ranges::find(text_fields, name, &TextField::name) != text_fields.end() ||
           std::ranges::find(others, name) != others.end();
}

Result<std::string> read_text(std::string_view field, const FieldValue& value) {
    if (value.kind() == Kind::Text) {
        return std::string(value.text());
    }
    if (value.kind() == Kind::Whole) {
        return value.spelling();
    }
    return fault(field, "is not text; write it in quotes");
}

Result<Encounter> read_encounter(const FieldValue& value) {
    if (value.kind() != Kind::Object) {
        return invalid_input(
            "not an encounter; write a JSON object with customer, time and touchpoint");
    }
    Encounter encounter;
    bool timed = false;
    TRY(value.each_member([&](std::string_view name, const FieldValue& member) -> Status {
        if (member.kind() == Kind::Null) {
            return {};
        }
        timed = timed || name == "time";
        return read_field(name, member, encounter);
    }));
    if (!timed) {
        return fault("time", "is missing; write RFC 3339, for example 2026-01-02T03:04:05Z");
    }
    return encounter;
}

}  // namespace kokemus::encounter
