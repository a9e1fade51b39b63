#include "ledger/retention_rows.h"

#include <fmt/format.h>

#include "duck/appender.h"

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

Status tell_joined(duck::Connection& connection, const Retention& retention) {
    TRY(
        connection.execute("CREATE OR REPLACE TEMPORARY TABLE joined_name (name VARCHAR, whole "
                           "VARCHAR)"));
    auto rows = TRY(duck::Appender::open(connection, "joined_name"));
    for (const auto& [name, whole] : retention.joined) {
        rows.text(0, name.value());
        rows.text(1, whole.value());
        TRY(rows.end_row());
    }
    TRY(rows.finish());
    // The name they go by need not be one that anything was sent under.
    return connection.execute(
        "CREATE OR REPLACE TEMPORARY TABLE joined AS SELECT c.code AS customer, "
        "min(c.code) OVER (PARTITION BY coalesce(j.whole, c.name)) AS whole FROM customer c "
        "LEFT JOIN joined_name j USING (name) WHERE c.name IN (SELECT name FROM joined_name UNION "
        "SELECT whole FROM joined_name)");
}

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
    // Of whom there are no encounters, because they went before or never were, the newest change
    // of the traits counts.
    return fmt::format(
        "coalesce((SELECT any_value(whole) FROM joined j WHERE j.customer = t.customer), "
        "t.customer) NOT IN (SELECT coalesce(j.whole, e.customer) FROM encounter e LEFT JOIN "
        "joined j ON j.customer = e.customer GROUP BY ALL HAVING bool_and({}) UNION ALL "
        "SELECT coalesce(j.whole, c.customer) FROM trait_change c LEFT JOIN joined j ON "
        "j.customer = c.customer WHERE coalesce(j.whole, c.customer) NOT IN "
        "(SELECT coalesce(k.whole, e.customer) FROM encounter e LEFT JOIN joined k ON "
        "k.customer = e.customer) GROUP BY ALL HAVING max(c.time) < "
        "make_timestamp_ms({}::BIGINT))",
        older(retention.traits_before),
        retention.traits_before->time_since_epoch().count());
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
