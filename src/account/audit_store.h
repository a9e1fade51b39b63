#pragma once

#include <vector>

#include "account/audit.h"
#include "base/result.h"
#include "records/session.h"

/// Keeps the audit log. There is nothing here that changes or deletes an entry.
namespace kokemus::account {

/// Adds the entry (its number and digest are given here) in the transaction of what it tells of, so
/// that nothing happens without its entry and no entry without its happening.
Status add_audit(records::Session& session, AuditEntry entry);

/// Entries before that number, newest first.
Result<std::vector<AuditEntry>> audit_before(records::Session& session, std::int64_t number,
                                             std::size_t limit);

struct AuditState {
    std::int64_t entries = 0;
    std::string head;                          ///< digest of the last; keep it elsewhere to compare
    std::optional<std::int64_t> first_broken;  ///< none: every entry is as it was written
};

/// Follows the whole chain. What was cut off at the end shows only against a head noted before.
Result<AuditState> verify_audit(records::Session& session);

}  // namespace kokemus::account
