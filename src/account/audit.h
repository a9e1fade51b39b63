#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.h"

/// Who did what, as a chain: each entry holds the digest of itself and of the one before, so that
/// nothing can be changed, taken out or put between without breaking what follows.
namespace kokemus::account {

/// One thing that was done. Holds ids only: no names, no e-mail addresses, no texts.
struct AuditEntry {
    std::int64_t number = 0;  ///< from 1, without gaps
    Instant at{};
    std::string actor;    ///< id of the user, "key:ID", or "nobody"
    std::string address;  ///< where from
    std::string action;   ///< "sign-in", "user.change" ...
    std::string subject;  ///< id of what it was done to
    std::string note;     ///< "role=analyst"; never what people wrote
    std::string digest;

    friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

/// What the subject of an entry begins with when it is a customer.
inline constexpr std::string_view customer_mark = "customer:";

/// A customer as the subject of an entry on its way to the log (Accounts::note, which makes it one
/// that nobody without the key can guess): a digest, so that no name goes that way.
std::string audited_customer(std::string_view customer);

/// What stands before the first entry.
inline constexpr std::string_view audit_beginning = "kokemus audit 1";

/// SHA-256 over the digest before and all fields, each with its length, so that no two entries are
/// written alike. The layout never changes; it is in every store.
std::string audit_digest(std::string_view before, const AuditEntry& entry);

/// Where the chain stands after some entries; for going on with the next ones.
struct AuditChain {
    std::int64_t number = 0;
    std::string digest = std::string(audit_beginning);
};

/// Follows the chain over the next entries. Gives the number of the first that is not the one that
/// was written there (one that is missing counts by its own number), or none.
std::optional<std::int64_t> first_broken(AuditChain& chain, std::span<const AuditEntry> next);

}  // namespace kokemus::account
