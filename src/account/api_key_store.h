#pragma once

#include <optional>
#include <vector>

#include "account/api_key.h"
#include "base/place_in_time.h"
#include "records/session.h"

/// Keeps API keys by id, with the digest of their secret.
namespace kokemus::account {

Status add_key(records::Session& session, const ApiKey& key);
Result<std::optional<ApiKey>> key_by_id(records::Session& session, std::string_view id);

/// Oldest first.
/// By when they were made, then by id, behind a place; at most `limit`.
Result<std::vector<ApiKey>> list_keys(records::Session& session,
                                      const std::optional<PlaceInTime>& after, std::size_t limit);
Result<std::int64_t> count_valid_keys(records::Session& session, std::string_view user,
                                      Instant now);

Status note_use(records::Session& session, std::string_view id, Instant now);

/// Of pages from which some key that holds may send encounters.
Result<std::vector<std::string>> origins_of_keys(records::Session& session, Instant now);

/// False when there is none, or it was revoked before.
Result<bool> revoke_key(records::Session& session, std::string_view id, Instant now);

}  // namespace kokemus::account
