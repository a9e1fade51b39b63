#include "sample_sql.h"

#include <chrono>

#include <fmt/format.h>

#include "base/instant.h"
#include "duck/duck.h"

namespace kokemus::bench {

std::string variants_sql(std::size_t limit) {
    return fmt::format(R"(
        WITH paths AS (SELECT list(touchpoint ORDER BY place) AS path FROM lived GROUP BY unit),
             variants AS (SELECT path, count(*) AS times FROM paths GROUP BY path),
             first_ones AS (SELECT *, row_number() OVER (ORDER BY times DESC, path) AS place
                            FROM variants ORDER BY times DESC, path LIMIT {})
        SELECT line FROM (
          SELECT concat_ws(' ', count(*), sum(times)) AS line, 0 AS place FROM variants
          UNION ALL
          SELECT concat_ws(' ', times, array_to_string(path::VARCHAR[], '>')), place
          FROM first_ones) ORDER BY place)",
                       limit);
}

std::string trend_sql(const std::string& time_zone, const std::string& scale) {
    return fmt::format(R"(
        WITH hours AS (
          SELECT time // 3600000 AS hour, count(*) AS encounters,
                 count(score) FILTER (scale = {0}) AS answers,
                 coalesce(sum(score) FILTER (scale = {0}), 0) AS total,
                 count(*) FILTER (scale = {0} AND score >= 9) AS promoters
          FROM lived GROUP BY hour),
        weeks AS (
          SELECT date_trunc('week', make_timestamp(hour * 3600000000) AT TIME ZONE 'UTC'
                                    AT TIME ZONE {1}) AS week, *
          FROM hours)
        SELECT concat_ws(' ', strftime(week, '%Y-%m-%d'), sum(encounters), sum(answers),
                         (2 * sum(total))::BIGINT, sum(promoters))
        FROM weeks GROUP BY week ORDER BY week)",
                       duck::literal(scale),
                       duck::literal(time_zone));
}

std::string promises_sql(const blueprint::Blueprint& blueprint, std::int64_t now,
                         const std::string& filter) {
    std::string risks;
    for (const auto& promise : blueprint.promises) {
        risks += fmt::format("{}({}, {})",
                             risks.empty() ? "" : ", ",
                             duck::literal(promise.name),
                             promise.at_risk.value_or(std::chrono::hours(24)).count());
    }
    return fmt::format(R"(
        WITH risks(promise, at_risk) AS (VALUES {0}),
        kept AS (
          SELECT e.customer, e.thread, k.promise, e.place, e.time AS actual
          FROM encounters e JOIN keeps k USING (touchpoint)),
        judged AS (
          SELECT p.promise, p.customer, p.due, k.actual, r.at_risk
          FROM (SELECT * FROM promised WHERE {2}) p
          JOIN risks r ON r.promise = p.promise::VARCHAR
          ASOF LEFT JOIN kept k ON p.customer = k.customer AND p.thread = k.thread
            AND p.promise = k.promise AND p.place < k.place)
        SELECT concat_ws(' ', promise, count(*),
          count(*) FILTER (actual <= due), count(*) FILTER (actual > due),
          count(*) FILTER (actual IS NULL AND due < {1}),
          count(*) FILTER (actual IS NULL AND due >= {1}),
          count(*) FILTER (actual IS NULL AND due >= {1} AND due - {1} <= at_risk),
          count(DISTINCT customer), coalesce(sum(due - actual), 0),
          '~' || coalesce(quantile_disc(due - actual, 0.5) FILTER (actual <= due), 0),
          '~' || coalesce(quantile_disc(actual - due, 0.5) FILTER (actual > due), 0))
        FROM judged GROUP BY promise ORDER BY promise::VARCHAR)",
                       risks,
                       now,
                       filter.empty() ? "true" : filter);
}

std::string switches_sql(std::int64_t now, const std::string& filter) {
    return fmt::format(R"(
        WITH steps AS (
          SELECT unit, customer, lag(channel) OVER w AS source, channel AS target,
                 lag(kind) OVER w IN ('self-service', 'bot') AND kind = 'human'
                   AND time - lag(time) OVER w <= 86400000
                   AND ((thread <> 0 AND lag(thread) OVER w = thread) OR lag(topic) OVER w = topic)
                   AS forced
          FROM lived WINDOW w AS (PARTITION BY unit ORDER BY place)),
        switches AS (
          SELECT source, target, count(*) AS times, count(DISTINCT unit) AS units,
                 count(DISTINCT customer) AS customers, count(*) FILTER (forced) AS forced
          FROM steps WHERE source <> target AND source <> '' AND target <> ''
          GROUP BY source, target),
        contacts AS (
          SELECT topic, time, {1} AS counts,
                 lag(time) OVER w AS before, lead(time) OVER w AS next
          FROM encounters WHERE contact WINDOW w AS (PARTITION BY customer, topic ORDER BY place)),
        topics AS (
          SELECT topic, count(*) AS contacts, count(*) FILTER (next - time <= {2}) AS repeats,
                 count(*) FILTER (coalesce(next - time > {2}, true) AND {0} - time < {2})
                   AS censored
          FROM contacts WHERE counts AND coalesce(time - before > {2}, true) GROUP BY topic)
        SELECT line FROM (
          SELECT 0 AS part, source::VARCHAR AS first, target::VARCHAR AS second,
                 concat_ws(' ', source, target, times, units, customers, forced) AS line
          FROM switches
          UNION ALL
          SELECT 1, topic::VARCHAR, '', concat_ws(' ', topic, contacts, repeats, censored)
          FROM topics) ORDER BY part, first, second)",
                       now,
                       filter.empty() ? "true" : filter,
                       std::chrono::milliseconds(std::chrono::hours(24 * 7)).count());
}

}  // namespace kokemus::bench
