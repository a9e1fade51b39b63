#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.h"
#include "app/in_force.h"
#include "base/clock.h"
#include "base/result.h"
#include "blueprint/blueprint_difference.h"
#include "history/version.h"
#include "records/records.h"

namespace kokemus::app {

/// A text that might come into force, beside what is.
struct Proposal {
    std::shared_ptr<const blueprint::Blueprint> blueprint;
    std::vector<blueprint::Change> changes;
    std::vector<std::string> remarks;
    bool rebuilds_timeline = false;  ///< columns depend on what changed: it is built anew
};

Result<Proposal> propose(const blueprint::Blueprint& before, std::string_view toml,
                         std::string_view called);

/// Its changes and remarks, a line each; "nothing is otherwise" for none.
std::string to_text(const Proposal& proposal);

/// {"changes": [...], "remarks": [...], "rebuilds_timeline": false} (docs/openapi.yaml).
std::string to_json(const Proposal& proposal);

/// The blueprint.toml of a data folder, which is what is in force there, and its versions in the
/// records. A file that was edited becomes a version of its own as soon as somebody looks.
///
/// Thread safe as long as one process holds the folder.
class KeptBlueprint {
public:
    /// The clock must outlive this.
    KeptBlueprint(std::filesystem::path folder, std::shared_ptr<records::Records> records,
                  const Clock& clock);

    /// What the file says, with its number. A text that is not the newest version is kept as the
    /// next one, "edited on disk". A faulty file is an error, and nothing changes.
    Result<InForce> look();

    /// What somebody wants in force.
    struct Wish {
        std::string toml;
        std::string called;  ///< for faults: the name of the file
        std::string reason;
        std::string actor;          ///< for the audit log: "operator", the id of a user, "key:ID"
        std::string address;        ///< where from
        std::int64_t expected = 0;  ///< the version they saw in force
    };

    /// Keeps the text as the version after `expected`, writes the audit log, and puts it into the
    /// file; on disk when this returns. Killed at any moment, all three are so or none when
    /// somebody looks again; a full disk is an error before anything is kept. The text that is in
    /// force already changes nothing and gives the number it has. Conflict when another version is
    /// in force by now; InvalidInput with all faults.
    Result<InForce> put(const Wish& wish);

    /// The versions, as of history/version_store.h.
    Result<std::vector<history::VersionHead>> versions(std::int64_t before,
                                                       std::size_t limit) const;
    /// NotFound, with words, when there is none of that number.
    Result<history::Version> version(std::int64_t number) const;

private:
    Status finish_moving();
    Status move_into_place();
    Result<std::int64_t> keep_edited(const std::string& toml);
    Result<history::VersionHead> keep(const Wish& wish);

    const std::filesystem::path folder_;
    const std::shared_ptr<records::Records> records_;
    const Clock& clock_;
    std::mutex changing_;  ///< one change at a time: records and file go together
};

/// The text of a folder's blueprint.toml; empty where there is none.
Result<std::string> blueprint_text_in(const std::filesystem::path& folder);

/// The number that a folder's blueprint has, or would get when a server starts on it: for commands
/// that only ask; 0 for one named by --blueprint. Makes no records where there are none.
Result<std::int64_t> version_in_force(const CommandSettings& settings);

}  // namespace kokemus::app
