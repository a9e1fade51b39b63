#include "encounter/faults.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "consent/consent.h"
#include "encounter/properties.h"

namespace kokemus::encounter {

namespace {

enum class Controls { Refused, Allowed };

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Whether all bytes are printable ASCII, eight at a time: what nearly every name is, and nothing
/// else has to be looked at then.
bool is_plain(std::string_view text) {
    constexpr std::uint64_t high = 0x8080808080808080;
    constexpr std::uint64_t ones = 0x0101010101010101;
    const auto odd_bits = [](std::uint64_t word) {
        // Above 0x7f; below 0x20 (borrows only where a byte is); 0x7f itself.
        return (word | (word - ones * 0x20) | (word + ones)) & high;
    };
    std::uint64_t found = 0;
    std::uint64_t word = 0;
    for (; text.size() >= sizeof(word); text.remove_prefix(sizeof(word))) {
        std::memcpy(&word, text.data(), sizeof(word));
        found |= odd_bits(word);
    }
    word = ones * ' ';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        word = (word << 8U) | byte;
    }
    return (found | odd_bits(word)) == 0;
}

void check_text(std::vector<Fault>& faults, std::string_view field, std::string_view text,
                std::size_t bytes_max, Controls controls) {
    if (text.size() <= bytes_max && is_plain(text)) {
        return;
    }
    if (text.size() > bytes_max) {
        faults.push_back(
            {std::string(field),
             fmt::format("is {} bytes long; at most {} are kept", text.size(), bytes_max)});
        return;
    }
    if (!is_valid_utf8(text)) {
        faults.push_back(
            {std::string(field),
             "is not UTF-8; convert the source, for example with iconv -f latin1 -t utf-8"});
        return;
    }
    const auto bad = controls == Controls::Refused
                         ? std::find_if(text.begin(), text.end(), is_control)
                         : std::find(text.begin(), text.end(), '\0');
    if (bad != text.end()) {
        faults.push_back({std::string(field),
                          fmt::format("has a control character (0x{:02x}) at byte {}; remove it",
                                      static_cast<unsigned char>(*bad),
                                      bad - text.begin() + 1)});
    }
}

void check_name(std::vector<Fault>& faults, std::string_view field, std::string_view text) {
    check_text(faults, field, text, limits::name_bytes_max, Controls::Refused);
}

void check_number(std::vector<Fault>& faults, std::string_view field,
                  std::optional<double> number) {
    if (number && !std::isfinite(*number)) {
        faults.push_back(
            {std::string(field), "is not a finite number; leave it out where there is none"});
    }
}

void check_time(std::vector<Fault>& faults, std::string_view field, Instant time) {
    using std::chrono::January;
    constexpr Instant first = std::chrono::sys_days(std::chrono::year(1) / January / 1);
    constexpr Instant end = std::chrono::sys_days(std::chrono::year(10000) / January / 1);
    if (time < first || time >= end) {
        faults.push_back(
            {std::string(field), "is outside the years 1 to 9999; check the date's format"});
    }
}

void check_dues(std::vector<Fault>& faults, const Encounter& encounter) {
    if (encounter.due.size() > limits::dues_per_encounter_max) {
        faults.push_back({"due",
                          fmt::format("has {} promises; at most {} are kept",
                                      encounter.due.size(),
                                      limits::dues_per_encounter_max)});
    }
    for (const auto& [promise, due] : encounter.due) {
        if (promise.empty()) {
            faults.push_back({"due", "has a promise without a name; write due.<promise>"});
            continue;
        }
        std::vector<Fault> inner;
        check_name(inner, "due", promise);
        check_time(inner, "due", due);
        for (Fault& fault : inner) {
            fault.field = is_valid_utf8(promise) ? "due." + promise : "due";
            faults.push_back(std::move(fault));
        }
    }
}

void check_names(std::vector<Fault>& faults, const Encounter& encounter) {
    check_text(
        faults, "id", encounter.id.value(), limits::encounter_id_bytes_max, Controls::Refused);
    if (encounter.customer.value().empty()) {
        faults.push_back(
            {"customer", "is empty; every encounter needs the customer it happened to"});
    }
    check_name(faults, "customer", encounter.customer.value());
    if (encounter.touchpoint.empty()) {
        faults.push_back({"touchpoint", "is empty; write what kind of contact it was"});
    }
    check_name(faults, "touchpoint", encounter.touchpoint);
    check_name(faults, "channel", encounter.channel);
    check_name(faults, "department", encounter.department);
    check_name(faults, "employee", encounter.employee);
    check_name(faults, "thread", encounter.thread.value());
    check_name(faults, "scale", encounter.scale);
    check_name(faults, "language", encounter.language);
}

}  // namespace

std::vector<Fault> check(const Encounter& encounter) {
    std::vector<Fault> faults;
    check_names(faults, encounter);
    check_time(faults, "time", encounter.time);
    check_number(faults, "score", encounter.score);
    if (encounter.score && encounter.scale.empty()) {
        faults.push_back(
            {"scale", "is empty; a score needs the scale it is on, for example nps or csat5"});
    }
    check_text(faults, "text", encounter.text, limits::text_bytes_max, Controls::Allowed);
    check_number(faults, "value", encounter.value);
    check_number(faults, "duration", encounter.duration_seconds);
    if (encounter.duration_seconds && *encounter.duration_seconds < 0) {
        faults.push_back({"duration", "is negative; write the seconds it took the customer"});
    }
    check_dues(faults, encounter);
    if (!encounter.properties.empty()) {
        const std::size_t before = faults.size();
        check_text(faults,
                   "properties",
                   encounter.properties,
                   limits::properties_bytes_max,
                   Controls::Refused);
        if (faults.size() == before) {
            if (const auto canonical = canonical_properties(encounter.properties); !canonical) {
                faults.push_back({"properties", canonical.error().message});
            }
        }
    }
    return faults;
}

std::vector<Fault> check(const Customer& customer) {
    std::vector<Fault> faults;
    if (customer.name.value().empty()) {
        faults.push_back({"customer", "is empty; traits need the customer they describe"});
    }
    check_name(faults, "customer", customer.name.value());
    for (const auto& [trait, value] : customer.traits) {
        if (trait.empty()) {
            faults.push_back({"traits", "has a trait without a name"});
            continue;
        }
        std::vector<Fault> inner;
        check_name(inner, "", trait);
        check_text(inner, "", value, limits::text_bytes_max, Controls::Allowed);
        if (std::string fault = consent::fault_of(trait, value); !fault.empty()) {
            inner.push_back({"", std::move(fault)});
        }
        for (Fault& fault : inner) {
            fault.field = is_valid_utf8(trait) ? "traits." + trait : "traits";
            faults.push_back(std::move(fault));
        }
    }
    return faults;
}

std::vector<Fault> check(const Assertion& assertion) {
    std::vector<Fault> faults;
    for (const auto& [field, name] :
         {std::pair("name", &assertion.name), std::pair("other", &assertion.other)}) {
        if (name->value().empty()) {
            faults.push_back({field, "is empty; name the two that are meant"});
        }
        check_name(faults, field, name->value());
    }
    check_name(faults, "source", assertion.source);
    check_name(faults, "person", assertion.person);
    check_text(faults, "text", assertion.text, limits::name_bytes_max, Controls::Allowed);
    const bool is_one = assertion.name == assertion.other;
    if (is_one != is_of_one(assertion.evidence)) {
        faults.push_back({"other", "is the same name; name another one"});
    }
    return faults;
}

Error to_error(const std::vector<Fault>& faults) {
    std::string message;
    for (const Fault& fault : faults) {
        message += fmt::format("{}`{}` {}", message.empty() ? "" : "; ", fault.field, fault.reason);
    }
    return invalid_input(std::move(message));
}

}  // namespace kokemus::encounter
