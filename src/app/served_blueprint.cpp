#include "app/served_blueprint.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"

namespace kokemus::app {

ServedBlueprint::ServedBlueprint(Organisation& organisation,
                                 std::optional<std::filesystem::path> given,
                                 std::shared_ptr<records::Records> records, const Clock& clock)
    : organisation_(organisation),
      given_(std::move(given)),
      kept_(organisation.folder(), std::move(records), clock) {}

Status ServedBlueprint::reload() {
    if (given_) {
        const std::string toml = TRY(read_file(*given_, limits::blueprint_bytes_max));
        organisation_.bring_into_force({TRY(read_blueprint_text(toml, given_->string())), 0});
        return {};
    }
    organisation_.bring_into_force(TRY(kept_.look()));
    return {};
}

Result<InForce> ServedBlueprint::put(const KeptBlueprint::Wish& wish) {
    if (given_) {
        return Error{ErrorCode::Conflict,
                     fmt::format("this server was started with --blueprint {}; edit that file and "
                                 "send the server SIGHUP, or start it without --blueprint",
                                 given_->string())};
    }
    auto put = kept_.put(wish);
    if (put) {
        organisation_.bring_into_force(*put);
    } else if (put.error().code == ErrorCode::Conflict) {
        // Somebody else was faster, perhaps with an editor: what they wrote counts from now on.
        if (const Status reloaded = reload(); !reloaded) {
            log_warning("the blueprint stays as it is: {}", reloaded.error().message);
        }
    }
    return put;
}

}  // namespace kokemus::app
