#include <algorithm>
#include <array>
#include <atomic>

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium.h>

#include "base/nearest.h"
#include "base/text.h"
#include "courier/bounds.h"
#include "courier/event.h"

namespace kokemus::courier {

namespace {

constexpr std::array<std::string_view, 11> types{"blueprint.changed",
                                                 "customer.erased",
                                                 "customers.joined",
                                                 "customers.parted",
                                                 "encounters.refused",
                                                 "key.made",
                                                 "key.revoked",
                                                 "target.disabled",
                                                 "user.added",
                                                 "user.changed",
                                                 "user.invited"};

bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
}

/// Words with single dots between them.
bool is_type(std::string_view text) {
    if (text.empty() || text.size() > bounds::type_bytes_max || !is_letter(text.front()) ||
        !is_letter(text.back()) || text.find("..") != std::string_view::npos) {
        return false;
    }
    return std::ranges::all_of(text,
                               [](char letter) { return is_letter(letter) || letter == '.'; });
}

bool names(std::string_view pattern, std::string_view type) {
    return pattern == "*" || pattern == type ||
           (pattern.ends_with(".*") && type.starts_with(pattern.substr(0, pattern.size() - 1)));
}

}  // namespace

Status check_event(const Event& event) {
    if (!is_type(event.type)) {
        return invalid_input(
            fmt::format("{} is no type of event; write words with dots between: case.opened",
                        quote(event.type)));
    }
    if (event.fields.size() > bounds::event_bytes_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("an event has {} bytes at most", bounds::event_bytes_max)};
    }
    boost::json::error_code fault;
    const boost::json::value fields = boost::json::parse(event.fields, fault);
    if (fault || !fields.is_object()) {
        return invalid_input("the fields of an event are a JSON object");
    }
    return {};
}

std::string event_body(const Event& event) {
    return fmt::format(R"({{"type":"{}","timestamp":"{}","data":{}}})",
                       event.type,
                       format_instant(event.time),
                       event.fields);
}

std::span<const std::string_view> known_types() {
    return types;
}

Status check_pattern(std::string_view pattern) {
    if (std::ranges::any_of(types, [pattern](auto type) { return names(pattern, type); })) {
        return {};
    }
    return invalid_input(
        fmt::format("events: {} names nothing that is sent{}; write a type, its beginning (user.*) "
                    "or * for all. The types: {}",
                    quote(pattern),
                    did_you_mean(pattern, types),
                    fmt::join(types, ", ")));
}

bool wants(std::span<const std::string> patterns, std::string_view type) {
    return std::ranges::any_of(patterns, [type](auto& pattern) { return names(pattern, type); });
}

std::string new_event_id(Instant now) {
    static std::atomic<std::uint32_t> made{0};
    const std::uint32_t random = randombytes_random();
    return fmt::format("msg_{:012x}{:08x}{:08x}",
                       static_cast<std::uint64_t>(now.time_since_epoch().count()),
                       made.fetch_add(1),
                       random);
}

}  // namespace kokemus::courier
