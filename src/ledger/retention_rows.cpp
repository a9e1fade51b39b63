#include "ledger/retention_rows.h"

#include <fmt/format.h>

namespace kokemus::ledger {

namespace {

/// A condition that a row of encounter is older; false where there is no rule.
std::string older(const std::optional<Instant>& before) {
    return before ? fmt::format("e.time < make_timestamp_ms({}::BIGINT)",
                                before->time_since_epoch().count())
                  : std::string("false");
}

std::string unless(const std::optional<Instant>& before, const char* column) {
    return before ? fmt::format("CASE WHEN {} THEN NULL ELSE e.{} END", older(before), column)
                  : fmt::format("e.{}", column);
}

}  // namespace

std::string kept_columns(const Retention& retention) {
    return fmt::format(
        "e.number, e.customer, e.time, e.sequence, e.id, e.setting, e.employee, e.thread, e.score, "
        "{}, e.value, e.duration, e.due, {}",
        unless(retention.texts_before, "text"),
        unless(retention.properties_before, "properties"));
}

std::string kept_encounters(const Retention& retention) {
    return fmt::format("NOT ({})", older(retention.encounters_before));
}

std::string kept_traits(const Retention& retention) {
    if (!retention.traits_before) {
        return "true";
    }
    return fmt::format(
        "t.customer NOT IN (SELECT e.customer FROM encounter e GROUP BY e.customer "
        "HAVING bool_and({}))",
        older(retention.traits_before));
}

std::string changed_customers(const Retention& retention) {
    return fmt::format(
        "SELECT e.customer FROM encounter e WHERE {} OR ({} AND e.properties IS NOT NULL) "
        "UNION SELECT t.customer FROM trait t WHERE NOT ({})",
        older(retention.encounters_before),
        older(retention.properties_before),
        kept_traits(retention));
}

std::string count_too_old(const Retention& retention) {
    return fmt::format(
        "SELECT count(*) FILTER ({0} AND e.text IS NOT NULL AND NOT {2}), "
        "count(*) FILTER ({1} AND e.properties IS NOT NULL AND NOT {2}), count(*) FILTER ({2}), "
        "(SELECT count(*) FROM trait t WHERE NOT ({3})) FROM encounter e",
        older(retention.texts_before),
        older(retention.properties_before),
        older(retention.encounters_before),
        kept_traits(retention));
}

}  // namespace kokemus::ledger
