#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "account/audit.h"
#include "base/result.h"
#include "records/session.h"

/// Keeps the audit log. There is nothing here that changes or deletes an entry.
namespace kokemus::account {

/// Adds the entry (its number and digest are given here) in the transaction of what it tells of, so
/// that nothing happens without its entry and no entry without its happening.
Status add_audit(records::Session& session, AuditEntry entry);

/// Which entries are looked for; what is empty or absent lets all through.
struct AuditSought {
    std::int64_t before = std::numeric_limits<std::int64_t>::max();  ///< a number
    std::string actor = {};                  ///< exactly this one; "key:" are all keys
    std::vector<std::string> subjects = {};  ///< one of these; none: any
    std::string action = {};  ///< exactly this, or with a dot at its end all that begin with it
    std::optional<Instant> from = {};
    std::optional<Instant> to = {};  ///< not counted
};

/// Those entries, newest first.
Result<std::vector<AuditEntry>> audit_before(records::Session& session, const AuditSought& sought,
                                             std::size_t limit);

struct AuditState {
    std::int64_t entries = 0;
    std::string head;                          ///< digest of the last; keep it elsewhere to compare
    std::optional<std::int64_t> first_broken;  ///< none: every entry is as it was written
};

/// Follows the whole chain. What was cut off at the end shows only against a head noted before.
Result<AuditState> verify_audit(records::Session& session);

}  // namespace kokemus::account
