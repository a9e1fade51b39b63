#include "app/retention.h"

#include <sys/stat.h>

#include <boost/json.hpp>

#include "app/organisation.h"
#include "identity/identities.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

std::optional<Instant> before(const std::optional<unsigned>& days, Instant now) {
    return days ? std::optional(now - std::chrono::hours(24) * *days) : std::nullopt;
}

json::value days_or_null(const std::optional<unsigned>& days) {
    return days ? json::value(*days) : json::value(nullptr);
}

}  // namespace

Result<ledger::Retention> rules_at(const RetentionDays& days, Organisation& organisation,
                                   Instant now) {
    ledger::Retention rules{.texts_before = before(days.texts, now),
                            .properties_before = before(days.properties, now),
                            .encounters_before = before(days.encounters, now),
                            .traits_before = before(days.traits, now)};
    if (rules.traits_before) {
        rules.joined = TRY(organisation.refresh())->identities->joined();
    }
    return rules;
}

std::filesystem::path too_old_list(const RetentionDays& days, const std::filesystem::path& folder,
                                   Instant now) {
    const std::filesystem::path list = folder / "refused.csv";
    struct stat seen {};
    const auto limit = before(days.refused, now);
    if (!limit || ::stat(list.c_str(), &seen) != 0) {
        return {};
    }
    const Instant written(std::chrono::seconds(seen.st_mtime));
    return written < *limit ? list : std::filesystem::path();
}

Result<std::string> retention_json(const RetentionDays& days, Organisation& organisation,
                                   Instant now) {
    const ledger::Retention rules = TRY(rules_at(days, organisation, now));
    const ledger::TooOld old = TRY(ledger::erasing_of(organisation.ledger()).too_old(rules));
    return json::serialize(json::object{
        {"days",
         json::object{{"texts", days_or_null(days.texts)},
                      {"properties", days_or_null(days.properties)},
                      {"encounters", days_or_null(days.encounters)},
                      {"traits", days_or_null(days.traits)},
                      {"refused", days_or_null(days.refused)}}},
        {"too_old",
         json::object{
             {"texts", old.texts},
             {"properties", old.properties},
             {"encounters", old.encounters},
             {"traits", old.traits},
             {"refused_lists", too_old_list(days, organisation.folder(), now).empty() ? 0 : 1}}}});
}

}  // namespace kokemus::app
