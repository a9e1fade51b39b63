#include <chrono>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/backup_report.h"
#include "app/command.h"
#include "app/progress_line.h"
#include "app/server_asking.h"
#include "backup/restore.h"
#include "base/text.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

std::string megabytes(std::uint64_t bytes) {
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

/// The report of the backup, made here or, when a server holds the folder, by that.
Result<std::string> make(const CommandSettings& settings, const std::filesystem::path& folder,
                         ProgressLine& progress) {
    if (!exists(settings.data / "ledger")) {
        return not_found(fmt::format("there is nothing in {} to back up", settings.data.string()));
    }
    const auto ledger = ledger::Ledger::open(settings.data);
    if (ledger) {
        return back_up(
            **ledger, settings.data, folder, [&](std::string_view what) { progress.show(what); });
    }
    const auto server = ServerNote::read(settings.data);
    if (ledger.error().code != ErrorCode::Conflict || !server) {
        return ledger.error();
    }
    progress.show(fmt::format("the server (process {}) makes the backup", server->pid));
    return ask_server(*server,
                      http::Method::Post,
                      "/api/backups",
                      json::serialize(json::object{{"folder", folder.string()},
                                                   {"data", absolute(settings.data).string()}}));
}

}  // namespace

Result<Exit> backup_data(const CommandSettings& settings, const BackupCommand& options) {
    std::string report;
    {
        ProgressLine progress(!settings.quiet);
        report = TRY(make(settings, absolute(options.folder).lexically_normal(), progress));
    }
    if (options.json) {
        fmt::print("{}\n", report);
        return Exit::Done;
    }
    const json::value said = json::parse(report);
    fmt::print(
        "{} of {} are in {}: {} in {:.1f} s; appends waited {:.2f} s\n",
        count_of(said.at("encounters").to_number<std::uint64_t>(), "encounter", "encounters"),
        count_of(said.at("customers").to_number<std::uint64_t>(), "customer", "customers"),
        std::string_view(said.at("folder").as_string()),
        megabytes(said.at("bytes").to_number<std::uint64_t>()),
        said.at("seconds").to_number<double>(),
        said.at("appends_waited_seconds").to_number<double>());
    return Exit::Done;
}

Result<Exit> restore_data(const CommandSettings& settings, const RestoreCommand& options) {
    const auto start = std::chrono::steady_clock::now();
    backup::RestoredFolder restored;
    {
        ProgressLine progress(!settings.quiet);
        restored = TRY(backup::restore_backup(
            options.folder,
            settings.data,
            options.replace ? backup::Existing::MoveAside : backup::Existing::Refuse,
            SystemClock(),
            [&](std::string_view what) { progress.show(what); }));
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const backup::Manifest& manifest = restored.manifest;
    if (options.json) {
        fmt::print("{}\n",
                   json::serialize(json::object{
                       {"folder", settings.data.string()},
                       {"backup_made_at", format_instant(manifest.made_at)},
                       {"encounters", manifest.encounters},
                       {"customers", manifest.customers},
                       {"last_number", manifest.last_number},
                       {"bytes", manifest.bytes()},
                       {"moved_to",
                        restored.moved_to.empty() ? json::value(nullptr)
                                                  : json::value(restored.moved_to.string())},
                       {"seconds", took.count()}}));
        return Exit::Done;
    }
    fmt::print("{} of {}, as of {}, are in {} ({} in {:.1f} s)\n",
               count_of(manifest.encounters, "encounter", "encounters"),
               count_of(manifest.customers, "customer", "customers"),
               format_instant(manifest.made_at),
               settings.data.string(),
               megabytes(manifest.bytes()),
               took.count());
    if (!restored.moved_to.empty()) {
        fmt::print("what was there lies in {}; remove it when you no longer need it\n",
                   restored.moved_to.string());
    }
    return Exit::Done;
}

}  // namespace kokemus::app
