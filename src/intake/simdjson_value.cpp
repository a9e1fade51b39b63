#include "intake/simdjson_value.h"

#include <algorithm>
#include <bitset>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "encounter/properties.h"

namespace kokemus::intake {

namespace {

namespace dom = simdjson::dom;

void write(std::string& out, dom::element element);

/// Members by their keys; of equal ones the last.
void write_object(std::string& out, dom::object object) {
    std::vector<dom::key_value_pair> members(object.begin(), object.end());
    std::ranges::stable_sort(members, {}, &dom::key_value_pair::key);
    out += '{';
    bool is_first = true;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i + 1 < members.size() && members[i + 1].key == members[i].key) {
            continue;
        }
        out += is_first ? "" : ",";
        is_first = false;
        encounter::append_json_text(out, members[i].key);
        out += ':';
        write(out, members[i].value);
    }
    out += '}';
}

void write_array(std::string& out, dom::array array) {
    out += '[';
    bool is_first = true;
    for (const dom::element item : array) {
        out += is_first ? "" : ",";
        is_first = false;
        write(out, item);
    }
    out += ']';
}

/// Depth is bounded by the parser.
void write(std::string& out, dom::element element) {
    switch (element.type()) {
        case dom::element_type::OBJECT: return write_object(out, element.get_object());
        case dom::element_type::ARRAY: return write_array(out, element.get_array());
        case dom::element_type::DOUBLE:
            return encounter::append_json_number(out, element.get_double());
        case dom::element_type::STRING:
            return encounter::append_json_text(out, element.get_string().value());
        case dom::element_type::INT64:
            out += fmt::format("{}", element.get_int64().value());
            return;
        case dom::element_type::UINT64:
            out += fmt::format("{}", element.get_uint64().value());
            return;
        case dom::element_type::BOOL: out += element.get_bool().value() ? "true" : "false"; return;
        case dom::element_type::NULL_VALUE: out += "null"; return;
    }
}

/// Whether two members may be called alike: never wrong when it says no, and seldom when yes.
bool may_repeat(dom::object object) {
    constexpr std::size_t places = 256;
    std::bitset<places> seen;
    for (const dom::key_value_pair member : object) {
        const std::string_view key = member.key;
        const std::size_t place =
            key.empty() ? 0
                        : (key.size() * 37 + static_cast<unsigned char>(key.front()) * 5U +
                           static_cast<unsigned char>(key.back())) %
                              places;
        if (seen.test(place)) {
            return true;
        }
        seen.set(place);
    }
    return false;
}

/// As the other parser has it: of members with the same name only the last is there.
Status each_last(dom::object object, const encounter::FieldValue::TakeMember& take) {
    const std::vector<dom::key_value_pair> members(object.begin(), object.end());
    std::map<std::string_view, std::size_t> last;
    for (std::size_t i = 0; i < members.size(); ++i) {
        last[members[i].key] = i;
    }
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (last[members[i].key] == i) {
            TRY(take(members[i].key, SimdjsonValue(members[i].value)));
        }
    }
    return {};
}

}  // namespace

encounter::FieldValue::Kind SimdjsonValue::kind() const {
    switch (element_.type()) {
        case dom::element_type::OBJECT: return Kind::Object;
        case dom::element_type::ARRAY: return Kind::List;
        case dom::element_type::DOUBLE: return Kind::Real;
        case dom::element_type::STRING: return Kind::Text;
        case dom::element_type::INT64:
        case dom::element_type::UINT64: return Kind::Whole;
        case dom::element_type::BOOL: return Kind::Boolean;
        case dom::element_type::NULL_VALUE: return Kind::Null;
    }
    return Kind::Null;
}

std::string_view SimdjsonValue::text() const {
    return element_.get_string().value();
}

double SimdjsonValue::number() const {
    return element_.get_double().value();
}

bool SimdjsonValue::boolean() const {
    return element_.get_bool().value();
}

std::string SimdjsonValue::spelling() const {
    std::string out;
    write(out, element_);
    return out;
}

Status SimdjsonValue::each_member(const TakeMember& take) const {
    const dom::object object = element_.get_object().value();
    if (may_repeat(object)) {
        return each_last(object, take);
    }
    for (const dom::key_value_pair member : object) {
        TRY(take(member.key, SimdjsonValue(member.value)));
    }
    return {};
}

}  // namespace kokemus::intake
