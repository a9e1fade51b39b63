#pragma once

#include <optional>

#include "account/session.h"
#include "records/session.h"

/// Keeps sessions by the digest of their secret.
namespace kokemus::account {

/// Ends what is over and, past `sessions_per_user_max`, the oldest ones of that user.
Status add_session(records::Session& records, const Session& session);

Result<std::optional<Session>> session_by_digest(records::Session& records,
                                                 std::string_view digest);
/// How many could be used now.
Result<std::int64_t> count_sessions(records::Session& records, Instant now);
Status note_seen(records::Session& records, std::string_view digest, Instant now);
Status end_session(records::Session& records, std::string_view digest);
Status end_sessions_of(records::Session& records, std::string_view user);

}  // namespace kokemus::account
