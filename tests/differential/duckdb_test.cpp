#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "answer_lines.h"
#include "draw.h"
#include "duck/appender.h"
#include "duck/duck.h"
#include "question/format.h"
#include "question_sql.h"
#include "random_world.h"
#include "timeline/timeline_engine.h"
#include "world_timeline.h"

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

    /// Fails when the timeline's answer is not what the query says.
    void expect(const sql::Lines& actual, const std::string& query) {
        const auto expected = sql::lines_of(session(), query);
        if (!expected) {
            RC_FAIL(expected.error().message);
        }
        RC_LOG() << question::format(question_) << "\n";
        const std::string difference = sql::difference(actual, *expected);
        if (!difference.empty()) {
            RC_FAIL(difference);
        }
    }

    /// The drawn encounters on both sides, with units, range and filter as drawn: for SQL the table
    /// `lived`.
    void set_up() {
        World world = make_world(*draw_encounters());
        world.customers.clear();  // SQL here knows of no traits
        engine_ = std::make_unique<timeline::TimelineEngine>(timeline_of(world));
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
    const auto counts = engine_->flow(question_);
    RC_ASSERT(counts.has_value());
    const auto detail = *rc::gen::arbitrary<bool>() ? sql::Detail::Times : sql::Detail::Counts;
    expect(sql::lines_of(*counts, detail), sql::flow(detail));
}

RC_GTEST_FIXTURE_PROP(AgainstDuckDb, Funnel, ()) {
    set_up();
    Choices choices(*draw_choices());
    const auto drawn = make_question(question::Kind::Funnel, choices);
    question_.kind = question::Kind::Funnel;
    question_.steps = drawn.steps;
    question_.within = drawn.within;
    const auto counts = engine_->funnel(question_);
    RC_ASSERT(counts.has_value());
    expect(sql::lines_of(*counts), sql::funnel(question_));
}

RC_GTEST_FIXTURE_PROP(AgainstDuckDb, Breakdown, ()) {
    set_up();
    question_.kind = question::Kind::Breakdown;
    question_.metric = "nps";
    question_.by = question::Field{FieldOf::Encounter, "channel"};
    const auto counts = engine_->breakdown(question_);
    RC_ASSERT(counts.has_value());
    expect(sql::lines_of(*counts), sql::breakdown(question_, "nps"));
}

}  // namespace
}  // namespace kokemus::reference
