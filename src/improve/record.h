#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "improve/improvement.h"
#include "improve/look.h"

/// Everything that was ever said of improvements, as one chain: each entry holds the digest of
/// itself and of the one before, so that nothing can be changed, taken out or put between without
/// breaking what follows.
namespace kokemus::improve {

enum class EntryKind { Registered, Amended, Looked, Withdrawn };

/// "registered", "amended", "looked", "withdrawn"
std::string_view name_of(EntryKind kind);
Result<EntryKind> read_entry_kind(std::string_view name);

struct Entry {
    std::int64_t number = 0;       ///< from 1, without gaps, over all improvements
    std::int64_t improvement = 0;  ///< the number of the entry that registered it
    EntryKind kind = EntryKind::Registered;
    Instant at{};
    std::string actor;  ///< id of the user, "key:ID" or "operator"
    std::string body;   ///< JSON (improvement_json.h)
    std::string digest;

    friend bool operator==(const Entry&, const Entry&) = default;
};

/// What stands before the first entry.
inline constexpr std::string_view record_beginning = "kokemus improvements 1";

/// SHA-256 over the digest before and all fields, each with its length. The layout never changes;
/// it is in every store.
std::string entry_digest(std::string_view before, const Entry& entry);

/// Where the chain stands after some entries.
struct Chain {
    std::int64_t number = 0;
    std::string digest = std::string(record_beginning);
};

/// Follows the chain over the next entries. Gives the number of the first that is not the one that
/// was written there (one that is missing counts by its own number), or none.
std::optional<std::int64_t> first_broken(Chain& chain, std::span<const Entry> next);

struct Amendment {
    Instant at{};
    std::string actor;
    std::vector<std::string> members;  ///< what was changed
    bool after_start = false;          ///< a deviation from what was registered

    friend bool operator==(const Amendment&, const Amendment&) = default;
};

/// One improvement as its entries make it.
struct Improvement {
    std::int64_t id = 0;
    std::int64_t version = 0;  ///< the number of its last entry
    Instant registered_at{};
    std::string registered_by;
    bool late = false;          ///< it was registered after its start
    bool underpowered = false;  ///< and although the expected effect could not be seen
    Registration registration;
    Plan plan;
    std::string power;  ///< what was known before the start, as JSON
    std::vector<Amendment> amendments;
    std::vector<PastLook> looks;
    std::string last_look;  ///< as JSON; empty before the first
    std::optional<Instant> withdrawn;
    std::string why_withdrawn;

    stats::Verdict verdict() const {
        return looks.empty() ? stats::Verdict::NotYetKnown : looks.back().verdict;
    }
};

/// Of the entries of one improvement, in their order. Corrupt when they are none.
Result<Improvement> assembled(std::span<const Entry> entries);

}  // namespace kokemus::improve
