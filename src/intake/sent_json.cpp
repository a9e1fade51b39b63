#include "intake/sent_json.h"

#include <algorithm>

#include <fmt/format.h>

#include "encounter/exact_json.h"

namespace kokemus::intake {

namespace {

namespace json = boost::json;

Error not_json(std::string_view text, std::size_t at, std::string_view reason) {
    const std::string_view before = text.substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t line_start = before.rfind('\n') + 1;
    return invalid_input(fmt::format(
        "not JSON at line {}, byte {}: {}", line, before.size() - line_start + 1, reason));
}

}  // namespace

Result<json::value> read_sent_json(std::string_view text, std::size_t items_max) {
    encounter::ExactReading reading{.items_max = items_max, .values_max = json_values_max};
    json::error_code failure;
    json::value value = encounter::parse_exactly(text, failure, reading);
    if (reading.has_too_many) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("too much at once: a list may have {} items, and all of it {} "
                                 "values; send it in several requests",
                                 items_max,
                                 json_values_max)};
    }
    if (failure) {
        return not_json(text, reading.used, failure.message());
    }
    if (reading.used < text.size()) {
        return not_json(text, reading.used, "something follows after the end");
    }
    return value;
}

Result<json::object> read_sent_object(std::string_view body) {
    auto value = read_sent_json(body);
    if (!value) {
        return Error{value.error().code, fmt::format("the body is {}", value.error().message)};
    }
    if (!value->is_object()) {
        return invalid_input("the body is no JSON object");
    }
    return std::move(value->get_object());
}

}  // namespace kokemus::intake
