#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "history/version.h"
#include "records/migration.h"
#include "records/session.h"

/// Keeps the versions of the blueprint.
namespace kokemus::history {

const records::Schema& history_schema();

/// None before the first.
Result<std::optional<VersionHead>> newest_version(records::Session& session);

Result<std::optional<Version>> version(records::Session& session, std::int64_t number);

/// Those before `before` (0: all), the newest first; at most `limit`.
Result<std::vector<VersionHead>> versions(records::Session& session, std::int64_t before,
                                          std::size_t limit);

/// Keeps the version that follows `expected` (0: none). Conflict when another one is the newest,
/// TooLarge for an author or a reason beyond its bound. A text that is in force already is kept
/// again; whether that makes sense is the caller's to know.
Result<VersionHead> add_version(records::Session& session, const NewVersion& added,
                                std::int64_t expected);

}  // namespace kokemus::history
