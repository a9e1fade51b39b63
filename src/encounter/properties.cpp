#include "encounter/properties.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "encounter/exact_json.h"

namespace kokemus::encounter {

namespace {

void write(std::string& out, const boost::json::value& value);

void write_object(std::string& out, const boost::json::object& object) {
    std::vector<const boost::json::key_value_pair*> members;
    members.reserve(object.size());
    for (const auto& member : object) {
        members.push_back(&member);
    }
    std::ranges::sort(
        members, {}, [](const auto* member) { return std::string_view(member->key()); });
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
        out += i == 0 ? "" : ",";
        out += boost::json::serialize(members[i]->key());
        out += ':';
        write(out, members[i]->value());
    }
    out += '}';
}

void write_array(std::string& out, const boost::json::array& array) {
    out += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
        out += i == 0 ? "" : ",";
        write(out, array[i]);
    }
    out += ']';
}

/// Depth is bounded by the parser of what was sent.
void write(std::string& out, const boost::json::value& value) {
    switch (value.kind()) {
        case boost::json::kind::object: return write_object(out, value.get_object());
        case boost::json::kind::array: return write_array(out, value.get_array());
        case boost::json::kind::double_: return append_json_number(out, value.get_double());
        case boost::json::kind::string:
        case boost::json::kind::int64:
        case boost::json::kind::uint64:
        case boost::json::kind::bool_:
        case boost::json::kind::null: out += boost::json::serialize(value); return;
    }
}

}  // namespace

/// Whole doubles are written without a fraction, so that 2 and 2.0 are one value.
void append_json_number(std::string& out, double number) {
    constexpr double whole_max =
        9007199254740992.0;  // 2^53: beyond it not every integer is a double
    if (std::trunc(number) == number && std::abs(number) < whole_max) {
        out += fmt::format("{}", static_cast<std::int64_t>(number));
        return;
    }
    out += fmt::format("{}", number);
}

/// As Boost.JSON writes texts.
void append_json_text(std::string& out, std::string_view text) {
    out += '"';
    for (const char letter : text) {
        switch (letter) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(letter) < 0x20) {
                    out += fmt::format("\\u{:04x}", static_cast<unsigned>(letter));
                } else {
                    out += letter;
                }
        }
    }
    out += '"';
}

std::string canonical_json(const boost::json::value& value) {
    std::string out;
    write(out, value);
    return out;
}

Result<std::string> canonical_properties(std::string_view json) {
    boost::json::error_code failure;
    ExactReading reading{.depth_max = properties_depth_max};
    const boost::json::value value = parse_exactly(json, failure, reading);
    if (!failure && reading.used < json.size()) {
        failure = boost::json::error::extra_data;
    }
    if (failure) {
        return invalid_input(fmt::format(
            "is not JSON ({}); write an object like {{\"plan\":\"gold\"}}", failure.message()));
    }
    if (!value.is_object()) {
        return invalid_input("is not a JSON object; write one like {\"plan\":\"gold\"}");
    }
    return value.get_object().empty() ? std::string() : canonical_json(value);
}

}  // namespace kokemus::encounter
