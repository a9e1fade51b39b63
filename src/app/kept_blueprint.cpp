#include "app/kept_blueprint.h"

#include <array>

#include <fmt/format.h>

#include "account/audit_store.h"
#include "account/user_store.h"
#include "app/kept_records.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "blueprint/blueprint_read.h"
#include "courier/event_store.h"
#include "history/version_store.h"
#include "records/steps.h"

namespace kokemus::app {

namespace {

/// Beside the file, while its next text is being kept.
constexpr std::string_view next_file = "blueprint.toml.next";

/// How a version names its author: people by their names, for there is no other note of who it was.
Result<std::string> author_of(records::Session& session, const std::string& actor) {
    if (const auto user = TRY(account::user_by_id(session, actor))) {
        return user->user.name;
    }
    return actor == "operator" ? std::string("command line") : actor;
}

}  // namespace

Result<std::shared_ptr<const blueprint::Blueprint>> read_blueprint_text(std::string_view toml,
                                                                        std::string_view called) {
    blueprint::Reading reading = blueprint::read_blueprint(toml);
    if (blueprint::has_errors(reading.faults)) {
        return invalid_input(fmt::format("{}:\n{}", called, blueprint::to_text(reading.faults)));
    }
    return std::make_shared<const blueprint::Blueprint>(std::move(reading.blueprint));
}

KeptBlueprint::KeptBlueprint(std::filesystem::path folder,
                             std::shared_ptr<records::Records> records, const Clock& clock)
    : folder_(std::move(folder)),
      records_(std::move(records)),
      clock_(clock) {}

Result<std::string> blueprint_text_in(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / blueprint_file;
    if (!std::filesystem::exists(file)) {
        return std::string();
    }
    return read_file(file, limits::blueprint_bytes_max);
}

Result<InForce> KeptBlueprint::look() {
    const std::scoped_lock lock(changing_);
    TRY(finish_moving());
    const std::string toml = TRY(blueprint_text_in(folder_));
    auto blueprint = TRY(read_blueprint_text(toml, (folder_ / blueprint_file).string()));
    return InForce{std::move(blueprint), TRY(keep_edited(toml))};
}

/// `changing_` is held. A version that was kept, and whose text is still beside the file since the
/// program ended then, gets into the file now.
Status KeptBlueprint::finish_moving() {
    const std::filesystem::path next = folder_ / next_file;
    if (!std::filesystem::exists(next)) {
        return {};
    }
    const auto is_version = [&](const std::string& toml, std::int64_t number) -> Result<bool> {
        const auto kept = TRY(records_->read(
            [&](records::Session& session) { return history::version(session, number); }));
        return kept ? kept->toml == toml : toml.empty() && number == 0;
    };
    const auto newest = TRY(
        records_->read([](records::Session& session) { return history::newest_version(session); }));
    const std::string text = TRY(read_file(next, limits::blueprint_bytes_max));
    const std::string present = TRY(blueprint_text_in(folder_));
    if (newest && TRY(is_version(text, newest->number)) &&
        TRY(is_version(present, newest->number - 1))) {
        return move_into_place();
    }
    std::error_code fault;
    std::filesystem::remove(next, fault);
    return fault ? Status(file_error("remove", next, fault.value())) : Status();
}

/// In one step, on disk when this returns.
Status KeptBlueprint::move_into_place() {
    std::error_code fault;
    std::filesystem::rename(folder_ / next_file, folder_ / blueprint_file, fault);
    if (fault) {
        return file_error("write", folder_ / blueprint_file, fault.value());
    }
    return sync_folder(folder_);
}

/// `changing_` is held. Gives the number of the text.
Result<std::int64_t> KeptBlueprint::keep_edited(const std::string& toml) {
    const auto newest = TRY(
        records_->read([](records::Session& session) { return history::newest_version(session); }));
    if (newest ? newest->digest == history::digest_of_text(toml) : toml.empty()) {
        return newest ? newest->number : 0;
    }
    const bool is_first = !newest;
    const Wish edited{.toml = toml,
                      .called = std::string(blueprint_file),
                      .reason = is_first ? "found in the data folder" : "edited on disk",
                      .actor = "file",
                      .address = "",
                      .expected = is_first ? 0 : newest->number};
    return TRY(keep(edited)).number;
}

Result<history::VersionHead> KeptBlueprint::keep(const Wish& wish) {
    const Instant now = clock_.now();
    return records_->change([&](records::Session& session) -> Result<history::VersionHead> {
        const std::string author = TRY(author_of(session, wish.actor));
        const auto head = TRY(
            history::add_version(session, {now, author, wish.reason, wish.toml}, wish.expected));
        account::AuditEntry entry;
        entry.at = now;
        entry.actor = wish.actor;
        entry.address = wish.address;
        entry.action = "blueprint.change";
        entry.subject = fmt::format("version {}", head.number);
        entry.note = "sha256=" + head.digest;
        TRY(account::add_audit(session, std::move(entry)));
        TRY(courier::keep_event(
            session,
            {"blueprint.changed",
             now,
             fmt::format(R"({{"version":{},"by":"{}"}})", head.number, wish.actor)}));
        return head;
    });
}

Result<InForce> KeptBlueprint::put(const Wish& wish) {
    if (wish.toml.size() > limits::blueprint_bytes_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("a blueprint has at most {} bytes", limits::blueprint_bytes_max)};
    }
    auto blueprint = TRY(read_blueprint_text(wish.toml, wish.called));
    const std::scoped_lock lock(changing_);
    TRY(finish_moving());
    const std::string present = TRY(blueprint_text_in(folder_));
    if (const auto read = read_blueprint_text(present, "it"); !read) {
        return Error{ErrorCode::Conflict,
                     fmt::format("{} was edited and has faults; mend it first, or put it aside: {}",
                                 (folder_ / blueprint_file).string(),
                                 read.error().message)};
    }
    // What was edited on disk meanwhile becomes a version, so that it is neither lost nor unseen.
    const std::int64_t number = TRY(keep_edited(present));
    if (number != wish.expected) {
        return Error{ErrorCode::Conflict,
                     fmt::format("version {} of the blueprint is in force by now, not {}; look at "
                                 "the difference to that one first",
                                 number,
                                 wish.expected)};
    }
    if (present == wish.toml) {
        return InForce{std::move(blueprint), number};
    }
    // Nothing is kept for which there is no room on disk; what remains then is to move it.
    TRY(write_file(folder_ / next_file, wish.toml));
    const auto kept = TRY(keep(wish));
    TRY(move_into_place());
    return InForce{std::move(blueprint), kept.number};
}

Result<std::vector<history::VersionHead>> KeptBlueprint::versions(std::int64_t before,
                                                                  std::size_t limit) const {
    return records_->read(
        [&](records::Session& session) { return history::versions(session, before, limit); });
}

Result<history::Version> KeptBlueprint::version(std::int64_t number) const {
    auto found = TRY(records_->read(
        [&](records::Session& session) { return history::version(session, number); }));
    if (!found) {
        return not_found(fmt::format("there is no version {} of the blueprint", number));
    }
    return std::move(*found);
}

Result<std::int64_t> version_in_force(const CommandSettings& settings) {
    if (settings.blueprint) {
        return 0;
    }
    const Configuration configuration =
        TRY(read_configuration(settings.configuration, settings.data));
    const records::Address address =
        TRY(records::read_address(configuration.records, settings.data));
    const std::string toml = TRY(blueprint_text_in(settings.data));
    std::optional<history::VersionHead> newest;
    if (address.dialect != records::Dialect::Sqlite || std::filesystem::exists(address.file)) {
        // Beside a server that may be an older program: its tables are its own.
        const std::array schemas{history::history_schema()};
        if (TRY(records::steps_to_come(address, schemas)) > 0) {
            return Error{ErrorCode::Conflict,
                         "the records were made by an older version of the program; start the "
                         "server anew, which brings them up"};
        }
        const auto records = TRY(records::Records::open(address, schemas));
        newest = TRY(records->read(
            [](records::Session& session) { return history::newest_version(session); }));
    }
    if (!newest) {
        return toml.empty() ? 0 : 1;
    }
    return newest->number + (newest->digest == history::digest_of_text(toml) ? 0 : 1);
}

}  // namespace kokemus::app
