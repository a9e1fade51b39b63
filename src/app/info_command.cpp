#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "app/organisation.h"
#include "app/version.h"
#include "base/limits.h"
#include "base/text.h"
#include "timeline/snapshot_folder.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

std::uintmax_t bytes_below(const std::filesystem::path& folder) {
    std::uintmax_t bytes = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
        if (entry.is_regular_file(error)) {
            bytes += entry.file_size(error);
        }
    }
    return bytes;
}

std::string time_or_none(const std::optional<Instant>& time) {
    return time ? format_instant(*time) : "none";
}

json::value time_or_null(const std::optional<Instant>& time) {
    return time ? json::value(format_instant(*time)) : json::value(nullptr);
}

using SnapshotRead = Result<std::optional<timeline::SnapshotFacts>>;

json::value snapshot_json(const SnapshotRead& snapshot) {
    if (!snapshot) {
        return json::object{{"fault", snapshot.error().message}};
    }
    if (!*snapshot) {
        return nullptr;
    }
    const timeline::SnapshotFacts& facts = **snapshot;
    return json::object{{"written", format_instant(facts.written_at)},
                        {"encounters", facts.encounters},
                        {"customers", facts.customers},
                        {"last_number", facts.last_number},
                        {"parts", facts.parts},
                        {"bytes", facts.bytes}};
}

std::string snapshot_text(const SnapshotRead& snapshot, const ledger::Totals& totals) {
    if (!snapshot) {
        return fmt::format("of no use: {}", snapshot.error().message);
    }
    if (!*snapshot) {
        return fmt::format("none; written from {} encounters on, to start faster",
                           thousands(limits::snapshot_encounters_min));
    }
    const timeline::SnapshotFacts& facts = **snapshot;
    const auto behind = totals.last_number - std::min(totals.last_number, facts.last_number);
    return fmt::format(
        "of {} encounters, written {} ({} MB in {}), {}",
        thousands(static_cast<std::int64_t>(facts.encounters)),
        format_instant(facts.written_at),
        facts.bytes / 1'000'000,
        count_of(facts.parts, "part", "parts"),
        behind == 0 ? "up to date"
                    : fmt::format("{} behind", thousands(static_cast<std::int64_t>(behind))));
}

}  // namespace

Result<Exit> info(const CommandSettings& settings, const InfoCommand& options) {
    const auto organisation =
        TRY(Organisation::open(settings.data, settings.blueprint, Organisation::Open::Existing));
    const ledger::Totals totals = TRY(organisation->ledger().totals());
    const auto blueprint = organisation->blueprint();
    const std::uintmax_t bytes = bytes_below(settings.data);
    const auto snapshot = timeline::SnapshotFolder(settings.data / "timeline").facts();
    if (options.json) {
        fmt::print("{}\n",
                   json::serialize(json::object{{"version", version},
                                                {"folder", settings.data.string()},
                                                {"organisation", blueprint->name},
                                                {"encounters", totals.encounters},
                                                {"customers", totals.customers},
                                                {"first", time_or_null(totals.first)},
                                                {"latest", time_or_null(totals.latest)},
                                                {"disk_bytes", bytes},
                                                {"snapshot", snapshot_json(snapshot)},
                                                {"blueprint", organisation->has_own_blueprint()},
                                                {"touchpoints", blueprint->touchpoints.size()},
                                                {"journeys", blueprint->journeys.size()},
                                                {"promises", blueprint->promises.size()}}));
        return Exit::Done;
    }
    fmt::print("folder       {} ({} MB on disk)\n", settings.data.string(), bytes / 1'000'000);
    fmt::print("encounters   {} of {}\n",
               thousands(static_cast<std::int64_t>(totals.encounters)),
               count_of(totals.customers, "customer", "customers"));
    fmt::print("time         {} to {}\n", time_or_none(totals.first), time_or_none(totals.latest));
    fmt::print("snapshot     {}\n", snapshot_text(snapshot, totals));
    if (organisation->has_own_blueprint() || settings.blueprint) {
        fmt::print("blueprint    {}: {}, {}, {}\n",
                   blueprint->name.empty() ? "without a name" : blueprint->name,
                   count_of(blueprint->touchpoints.size(), "touchpoint", "touchpoints"),
                   count_of(blueprint->journeys.size(), "journey", "journeys"),
                   count_of(blueprint->promises.size(), "promise", "promises"));
    } else {
        fmt::print("blueprint    none; write one to {} (docs/blueprint.md)\n",
                   (settings.data / "blueprint.toml").string());
    }
    return Exit::Done;
}

}  // namespace kokemus::app
