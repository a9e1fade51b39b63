#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sodium.h>

#include "base/check.h"
#include "base/text.h"
#include "improve/improvement_json.h"
#include "improve/record.h"

namespace kokemus::improve {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 4> kinds{"registered", "amended", "looked", "withdrawn"};

/// SHA-256 in hexadecimal digits.
std::string digest_of(std::string_view text) {
    static const int begun = sodium_init();
    CHECK(begun >= 0);
    std::array<unsigned char, crypto_hash_sha256_BYTES> bytes{};
    crypto_hash_sha256(
        bytes.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    std::string digits;
    for (const unsigned char byte : bytes) {
        digits += fmt::format("{:02x}", byte);
    }
    return digits;
}

void put(std::string& text, std::string_view field) {
    text += fmt::format("{}:", field.size());
    text += field;
    text += '\n';
}

Error broken(const Entry& entry, std::string_view what) {
    return Error{
        ErrorCode::Corrupt,
        fmt::format("entry {} of the record of improvements is damaged: {}", entry.number, what)};
}

Result<json::object> body_of(const Entry& entry) {
    json::error_code fault;
    json::value body = json::parse(entry.body, fault);
    if (fault || !body.is_object()) {
        return broken(entry, "no JSON");
    }
    return std::move(body.as_object());
}

Result<json::object> member(const Entry& entry, const json::object& body, std::string_view name) {
    const json::value* found = body.if_contains(json::string_view(name.data(), name.size()));
    if (found == nullptr || !found->is_object()) {
        return broken(entry, name);
    }
    return found->as_object();
}

bool flag(const json::object& body, const char* name) {
    const json::value* found = body.if_contains(name);
    return found != nullptr && found->is_bool() && found->as_bool();
}

/// Of a registration and of an amendment: what is registered now, and the plan for it.
Status take_registration(Improvement& is, const Entry& entry, const json::object& body) {
    const json::object kept = TRY(member(entry, body, "registration"));
    is.registration = TRY(read_kept_registration(kept));
    const json::object power = TRY(member(entry, body, "power"));
    is.plan = TRY(read_plan(power));
    is.power = json::serialize(power);
    return {};
}

Status take(Improvement& is, const Entry& entry) {
    const json::object body = TRY(body_of(entry));
    is.version = entry.number;
    switch (entry.kind) {
        case EntryKind::Registered:
            is.id = entry.number;
            is.registered_at = entry.at;
            is.registered_by = entry.actor;
            is.late = flag(body, "late");
            is.underpowered = flag(body, "underpowered");
            return take_registration(is, entry, body);
        case EntryKind::Amended:
            is.amendments.push_back(
                {entry.at, entry.actor, texts_of(body, "members"), flag(body, "after_start")});
            return take_registration(is, entry, body);
        case EntryKind::Looked:
            is.looks.push_back(TRY(read_past_look(body)));
            is.looks.back().number = entry.number;
            is.looks.back().at = entry.at;
            is.last_look = entry.body;
            return {};
        case EntryKind::Withdrawn:
            is.withdrawn = entry.at;
            is.why_withdrawn = text_of(body, "reason");
            return {};
    }
    return {};
}

}  // namespace

std::string_view name_of(EntryKind kind) {
    return kinds.at(static_cast<std::size_t>(kind));
}

Result<EntryKind> read_entry_kind(std::string_view name) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (kinds[i] == name) {
            return static_cast<EntryKind>(i);
        }
    }
    return Error{ErrorCode::Corrupt,
                 fmt::format("the record of improvements has an entry of kind {}", quote(name))};
}

std::string entry_digest(std::string_view before, const Entry& entry) {
    std::string text;
    put(text, before);
    put(text, std::to_string(entry.number));
    put(text, std::to_string(entry.improvement));
    put(text, name_of(entry.kind));
    put(text, std::to_string(entry.at.time_since_epoch().count()));
    put(text, entry.actor);
    put(text, entry.body);
    return digest_of(text);
}

std::optional<std::int64_t> first_broken(Chain& chain, std::span<const Entry> next) {
    for (const Entry& entry : next) {
        if (entry.number != chain.number + 1 || entry.digest != entry_digest(chain.digest, entry)) {
            return chain.number + 1;
        }
        chain = Chain{entry.number, entry.digest};
    }
    return std::nullopt;
}

Result<Improvement> assembled(std::span<const Entry> entries) {
    if (entries.empty() || entries.front().kind != EntryKind::Registered) {
        return Error{ErrorCode::Corrupt,
                     "the record of an improvement does not begin with its "
                     "registration"};
    }
    Improvement is;
    for (const Entry& entry : entries) {
        TRY(take(is, entry));
    }
    return is;
}

}  // namespace kokemus::improve
