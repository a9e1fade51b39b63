#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "draw.h"
#include "duck/appender.h"
#include "duck/duck.h"
#include "question/format.h"
#include "random_world.h"
#include "timeline/timeline_build.h"
#include "timeline/timeline_engine.h"

namespace kokemus::reference {
namespace {

using question::FieldOf;
using question::Question;

/// A filter, once as a condition and once as SQL.
struct Filter {
    question::ConditionPtr where;
    std::string sql;
};

Filter make_filter(int which) {
    const auto condition = [](auto is) {
        return std::make_shared<const question::Condition>(question::Condition{std::move(is)});
    };
    const question::Field channel{FieldOf::Encounter, "channel"};
    const question::Field score{FieldOf::Encounter, "score"};
    switch (which) {
        case 1:
            return {condition(question::TextCondition{channel, {"web", "phone"}, false}),
                    "channel IN ('web', 'phone')"};
        case 2: return {condition(question::TextCondition{channel, {""}, true}), "channel <> ''"};
        case 3:
            return {
                condition(question::NumberCondition{score, question::Comparison::LessOrEqual, 4}),
                "coalesce(score <= 4, false)"};
        case 4:
            return {condition(question::Touches{{"b", "d"}}),
                    "unit IN (SELECT unit FROM whole WHERE touchpoint IN ('b', 'd'))"};
        default: return {nullptr, "true"};
    }
}

std::string in_list(const std::vector<std::string>& texts) {
    std::string out;
    for (const auto& text : texts) {
        out += (out.empty() ? "" : ", ") + duck::literal(text);
    }
    return "(" + out + ")";
}

/// Small ledgers as tables of a database in memory, one after the other.
class AgainstDuckDb : public testing::Test {
protected:
    /// One database for all cases: opening takes longer than asking.
    static duck::Connection& session() {
        static duck::Database database = duck::Database::open({}, {}).value();
        static duck::Connection connection = database.connect().value();
        static const auto made = connection.execute(
            "PRAGMA disable_optimizer; "
            "CREATE TABLE sent (customer VARCHAR, time BIGINT, sequence BIGINT, id VARCHAR, "
            "touchpoint VARCHAR, channel VARCHAR, thread VARCHAR, score DOUBLE, scale VARCHAR)");
        return connection;
    }

    void execute(const std::string& sql) {
        const auto done = session().execute(sql);
        if (!done) {
            RC_FAIL(done.error().message);
        }
    }

    std::vector<std::string> lines(const std::string& sql) {
        auto rows = session().query(sql);
        if (!rows) {
            RC_FAIL(rows.error().message);
        }
        std::vector<std::string> out;
        while (auto chunk = rows->next().value()) {
            const auto column = chunk->column(0);
            for (std::size_t row = 0; row < chunk->size(); ++row) {
                out.emplace_back(column.text(row));
            }
        }
        return out;
    }

    /// The drawn encounters on both sides, with units, range and filter as drawn: for SQL the table
    /// `lived`.
    void set_up() {
        const World world = make_world(*draw_encounters());
        timeline::TimelineBuilder builder(
            std::make_shared<const blueprint::Blueprint>(world.blueprint));
        RC_ASSERT(builder.add(world.entries).has_value());
        engine_ = std::make_unique<timeline::TimelineEngine>(builder.finish());
        const bool per_thread = *rc::gen::arbitrary<bool>();
        question_ = Question{};
        question_.per.kind = per_thread ? question::UnitKind::Thread : question::UnitKind::Customer;
        if (*rc::gen::arbitrary<bool>()) {
            const auto day = std::chrono::sys_days(std::chrono::year(2026) / 3 / 20) +
                             std::chrono::days(*rc::gen::inRange(0, 5));
            question_.range = {day, day + std::chrono::days(*rc::gen::inRange(1, 40))};
        }
        const auto filter = make_filter(*rc::gen::inRange(0, 5));
        question_.where = filter.where;
        create_tables(world, per_thread, filter.sql);
    }

    /// Fills the table `sent`. By appending: to read a list of values takes DuckDB longer than all
    /// the rest.
    void send(const World& world) {
        execute("BEGIN; DELETE FROM sent");
        auto rows = duck::Appender::open(session(), "sent").value();
        for (const auto& entry : world.entries) {
            const auto& encounter = entry.encounter;
            rows.text(0, encounter.customer.value());
            rows.number<std::int64_t>(1, encounter.time.time_since_epoch().count());
            rows.number<std::int64_t>(2, static_cast<std::int64_t>(encounter.sequence));
            rows.text(3, encounter.id.value());
            rows.text(4, encounter.touchpoint);
            rows.text(5, encounter.channel);
            rows.text(6, encounter.thread.value());
            if (encounter.score) {
                rows.number<double>(7, *encounter.score);
            } else {
                rows.null(7);
            }
            rows.text(8, encounter.scale);
            RC_ASSERT(rows.end_row().has_value());
        }
        RC_ASSERT(rows.finish().has_value());
        execute("COMMIT");
    }

    void create_tables(const World& world, bool per_thread, const std::string& filter) {
        std::string kinds;
        for (const auto& touchpoint : world.blueprint.touchpoints) {
            kinds += fmt::format("{}({},{})",
                                 kinds.empty() ? "" : ", ",
                                 duck::literal(touchpoint.name),
                                 duck::literal(touchpoint.channel));
        }
        send(world);
        execute(fmt::format(
            R"(
            CREATE OR REPLACE VIEW whole AS
              SELECT * FROM (
                SELECT *, min(time) OVER (PARTITION BY unit) AS began
                FROM (SELECT s.* REPLACE (coalesce(nullif(s.channel, ''), k.channel, '') AS channel),
                             CASE WHEN {0} THEN customer || '/' || thread ELSE customer END AS unit
                      FROM sent s LEFT JOIN (VALUES {1}) AS k(touchpoint, channel)
                        USING (touchpoint))
                WHERE NOT {0} OR thread <> '')
              WHERE CASE WHEN {0} THEN began ELSE time END BETWEEN {2} AND {3} - 1;
            CREATE OR REPLACE VIEW lived AS
              SELECT *, row_number() OVER (PARTITION BY unit ORDER BY time, sequence, id) AS place
              FROM whole WHERE {4};)",
            per_thread,
            kinds,
            question_.range.from.time_since_epoch().count(),
            question_.range.to.time_since_epoch().count(),
            filter));
    }

    std::unique_ptr<timeline::TimelineEngine> engine_;
    Question question_;
};

RC_GTEST_FIXTURE_PROP(AgainstDuckDb, Flow, ()) {
    set_up();
    const auto expected = lines(R"(
        WITH steps AS (
          SELECT unit, customer, lag(touchpoint, 1, 'START') OVER w AS source, touchpoint AS target,
                 time - lag(time) OVER w AS gap
          FROM lived WINDOW w AS (PARTITION BY unit ORDER BY place)
          UNION ALL
          SELECT unit, customer, arg_max(touchpoint, place), 'END', NULL FROM lived GROUP BY ALL)
        SELECT concat_ws(' ', source, target, count(*), count(DISTINCT unit),
                         count(DISTINCT customer), coalesce(sum(gap), 0),
                         coalesce(quantile_disc(gap, 0.5), 0))
        FROM steps GROUP BY source, target ORDER BY source, target)");
    const auto counts = engine_->flow(question_);
    RC_ASSERT(counts.has_value());
    RC_LOG() << question::format(question_) << "\n";
    RC_ASSERT(counts->edges.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto& edge = counts->edges[i];
        const std::size_t last = expected[i].rfind(' ');
        RC_ASSERT(fmt::format("{} {} {} {} {} {}",
                              edge.from,
                              edge.to,
                              edge.count,
                              edge.units,
                              edge.customers,
                              std::llround(edge.seconds_sum * 1000)) ==
                  expected[i].substr(0, last));
        const double median = std::stod(expected[i].substr(last));
        RC_ASSERT(std::abs(edge.milliseconds.quantile(0.5) - median) <= median / 100);
    }
}

RC_GTEST_FIXTURE_PROP(AgainstDuckDb, Funnel, ()) {
    set_up();
    Choices choices(*draw_choices());
    const auto drawn = make_question(question::Kind::Funnel, choices);
    question_.kind = question::Kind::Funnel;
    question_.steps = drawn.steps;
    question_.within = drawn.within;
    const auto window = drawn.within.value_or(std::chrono::hours(1'000'000)).count();
    // Every beginning, followed to the earliest encounter of each further step.
    std::string tables = fmt::format(
        "WITH step1 AS (SELECT unit, customer, time AS start, place AS began, place AS at_place "
        "FROM lived WHERE touchpoint IN {})",
        in_list(drawn.steps[0]));
    std::string counts_sql = "SELECT 1 AS step, unit, customer FROM step1";
    for (std::size_t step = 2; step <= drawn.steps.size(); ++step) {
        tables += fmt::format(
            ", step{0} AS (SELECT p.unit, p.customer, p.start, p.began, min(l.place) AS at_place "
            "FROM step{1} p JOIN lived l ON l.unit = p.unit AND l.place > p.at_place "
            "AND l.time - p.start <= {2} AND l.touchpoint IN {3} GROUP BY ALL)",
            step,
            step - 1,
            window,
            in_list(drawn.steps[step - 1]));
        counts_sql += fmt::format(" UNION ALL SELECT {0}, unit, customer FROM step{0}", step);
    }
    const auto expected = lines(fmt::format(
        "{} SELECT concat_ws(' ', step, count(DISTINCT unit), count(DISTINCT customer)) FROM ({}) "
        "GROUP BY step ORDER BY step",
        tables,
        counts_sql));
    const auto counts = engine_->funnel(question_);
    RC_ASSERT(counts.has_value());
    RC_LOG() << question::format(question_) << "\n";
    std::vector<std::string> actual;
    for (const auto& step : counts->steps) {
        if (step.units > 0) {
            actual.push_back(
                fmt::format("{} {} {}", actual.size() + 1, step.units, step.customers));
        }
    }
    RC_ASSERT(actual == expected);
}

RC_GTEST_FIXTURE_PROP(AgainstDuckDb, Breakdown, ()) {
    set_up();
    question_.kind = question::Kind::Breakdown;
    question_.metric = "nps";
    question_.by = question::Field{FieldOf::Encounter, "channel"};
    const auto expected = lines(R"(
        SELECT concat_ws(' ', channel, count(*), count(score) FILTER (scale = 'nps'),
                         (2 * coalesce(sum(score) FILTER (scale = 'nps'), 0))::BIGINT,
                         count(*) FILTER (scale = 'nps' AND score >= 9))
        FROM lived GROUP BY channel ORDER BY channel)");
    const auto counts = engine_->breakdown(question_);
    RC_ASSERT(counts.has_value());
    RC_LOG() << question::format(question_) << "\n";
    std::vector<std::string> actual;
    for (const auto& group : counts->groups) {
        std::uint64_t promoters = 0;
        for (const auto& [score, answers] : group.counts.levels) {
            promoters += score >= 9 ? answers : 0;
        }
        actual.push_back(fmt::format("{} {} {} {} {}",
                                     group.value,
                                     group.encounters,
                                     group.counts.scores.count(),
                                     std::llround(group.counts.scores.sum() * 2),
                                     promoters));
    }
    RC_ASSERT(actual == expected);
}

}  // namespace
}  // namespace kokemus::reference
