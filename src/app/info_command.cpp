#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "app/organisation.h"
#include "app/version.h"
#include "base/text.h"

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

}  // namespace

Result<Exit> info(const CommandSettings& settings, const InfoCommand& options) {
    const auto organisation =
        TRY(Organisation::open(settings.data, settings.blueprint, Organisation::Open::Existing));
    const ledger::Totals totals = TRY(organisation->ledger().totals());
    const auto blueprint = organisation->blueprint();
    const std::uintmax_t bytes = bytes_below(settings.data);
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
