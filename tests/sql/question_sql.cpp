#include "question_sql.h"

#include <fmt/format.h>

#include "duck/duck.h"

namespace kokemus::sql {

std::string flow(Detail detail, const std::string& touchpoint_type) {
    const bool times = detail == Detail::Times;
    return fmt::format(
        R"(
        WITH steps AS (
          SELECT unit, customer, lag(touchpoint, 1, 'START'::{0}) OVER w AS source,
                 touchpoint AS target, {1} AS gap
          FROM lived WINDOW w AS (PARTITION BY unit ORDER BY place)
          UNION ALL
          SELECT unit, customer, arg_max(touchpoint, place), 'END'::{0}, NULL
          FROM lived GROUP BY ALL)
        SELECT concat_ws(' ', source, target, count(*){2})
        FROM steps GROUP BY source, target ORDER BY source::VARCHAR, target::VARCHAR)",
        touchpoint_type,
        times ? "time - lag(time) OVER w" : "NULL",
        times ? ", count(DISTINCT unit), count(DISTINCT customer), coalesce(sum(gap), 0), "
                "'~' || coalesce(quantile_disc(gap, 0.5), 0)"
              : "");
}

std::string funnel(const question::Question& question) {
    const auto window = question.within.value_or(std::chrono::hours(1'000'000)).count();
    std::string tables = fmt::format(
        "WITH step1 AS (SELECT unit, customer, time AS start, place AS began, place AS at_place "
        "FROM lived WHERE touchpoint IN {})",
        in_list(question.steps[0]));
    std::string counts = "SELECT 1 AS step, unit, customer FROM step1";
    for (std::size_t step = 2; step <= question.steps.size(); ++step) {
        tables += fmt::format(
            ", step{0} AS (SELECT p.unit, p.customer, p.start, p.began, min(l.place) AS at_place "
            "FROM step{1} p JOIN lived l ON l.unit = p.unit AND l.place > p.at_place "
            "AND l.time - p.start <= {2} AND l.touchpoint IN {3} GROUP BY ALL)",
            step,
            step - 1,
            window,
            in_list(question.steps[step - 1]));
        counts += fmt::format(" UNION ALL SELECT {0}, unit, customer FROM step{0}", step);
    }
    return fmt::format(
        "{} SELECT concat_ws(' ', step, count(DISTINCT unit), count(DISTINCT customer)) FROM ({}) "
        "GROUP BY step ORDER BY step",
        tables,
        counts);
}

std::string breakdown(const question::Question& question, const std::string& scale) {
    return fmt::format(
        R"(
        SELECT concat_ws(' ', {0}, count(*), count(score) FILTER (scale = {1}),
                         (2 * coalesce(sum(score) FILTER (scale = {1}), 0))::BIGINT,
                         count(*) FILTER (scale = {1} AND score >= 9))
        FROM lived GROUP BY {0} ORDER BY {0}::VARCHAR)",
        question.by->name,
        duck::literal(scale));
}

std::string in_list(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) {
        out += (out.empty() ? "" : ", ") + duck::literal(text);
    }
    return "(" + out + ")";
}

}  // namespace kokemus::sql
