#pragma once

#include <filesystem>
#include <optional>

#include "app/kept_blueprint.h"
#include "app/organisation.h"

namespace kokemus::app {

/// The blueprint of a server: what is in force can change while questions are asked. Thread safe;
/// the organisation must outlive it.
class ServedBlueprint {
public:
    /// `given`: the file that --blueprint names, which counts instead of the folder's own and has
    /// no versions.
    ServedBlueprint(Organisation& organisation, std::optional<std::filesystem::path> given,
                    std::shared_ptr<records::Records> records, const Clock& clock);

    /// Reads the file again and brings it into force: at the start, and when the server is told
    /// that somebody edited it. A faulty file is an error, and what is in force stays.
    Status reload();

    /// Keeps and brings into force what somebody wants; see KeptBlueprint::put. Conflict where the
    /// blueprint was named by --blueprint.
    Result<InForce> put(const KeptBlueprint::Wish& wish);

    Organisation& organisation() { return organisation_; }
    KeptBlueprint& kept() { return kept_; }

private:
    Organisation& organisation_;
    const std::optional<std::filesystem::path> given_;
    KeptBlueprint kept_;
};

}  // namespace kokemus::app
