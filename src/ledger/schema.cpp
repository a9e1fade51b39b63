#include "ledger/schema.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "base/test_moment.h"
#include "duck/duck.h"

namespace kokemus::ledger {

namespace {

/// steps[i] leads from version i to i + 1. A step that has been released is never changed.
///
/// encounter: in order of commit, so that a range of numbers is a range of the file. Fewer and
/// narrower columns are what makes appending fast: `customer` is a code of the table customer
/// (everyone who was named by an encounter or given traits), `setting` one of the table setting
/// (touchpoint, channel, department, scale, language, clamped: few come again and again),
/// `employee` and the names within `due`, a list of code:milliseconds, are codes of the table name
/// (0: absent). The keys of idempotency are made anew from customer and id. The view encounters
/// spells the codes out for people with a DuckDB shell.
///
/// erasure: a receipt a row; `names` (a JSON list) is what an unfinished one needs. A customer who
/// was erased keeps the code and has the name ''. reached: how far the numbers of encounters and
/// traits had come when some were removed, as the newest may be among them.
///
/// trait: of each customer what is known now. trait_change: each change of it, under the number
/// that the row in trait had then; "" is a trait that was removed. assertion: what is said of two
/// names, in order of commit. derived: by which traits evidence was looked for in all of
/// trait_change, as IdentityKeys say it (duck_ledger_evidence.cpp). Before version 5 evidence of
/// identity was kept as traits, and nobody noted when and by whom.
constexpr std::array<std::string_view, 5> steps = {
    R"(
CREATE TABLE name (code UINTEGER NOT NULL, text VARCHAR NOT NULL);
INSERT INTO name VALUES (0, '');
CREATE TABLE encounter (
    number UBIGINT NOT NULL, key UBIGINT NOT NULL, customer VARCHAR NOT NULL, time TIMESTAMP_MS NOT NULL,
    sequence UBIGINT NOT NULL, id VARCHAR NOT NULL, touchpoint UINTEGER NOT NULL, channel UINTEGER NOT NULL,
    department UINTEGER NOT NULL, employee UINTEGER NOT NULL, thread VARCHAR, score DOUBLE,
    scale UINTEGER NOT NULL, text VARCHAR, language UINTEGER NOT NULL, value DOUBLE, duration DOUBLE,
    due VARCHAR, properties VARCHAR, clamped BOOLEAN NOT NULL);
CREATE TABLE customer (number UBIGINT NOT NULL, name VARCHAR NOT NULL, traits MAP(VARCHAR, VARCHAR) NOT NULL);
CREATE VIEW encounters AS
    SELECT e.number, e.customer, e.time, e.sequence, e.id, t.text AS touchpoint, c.text AS channel,
           d.text AS department, p.text AS employee, e.thread, e.score, s.text AS scale, e.text,
           l.text AS language, e.value, e.duration, e.due, e.properties, e.clamped
    FROM encounter e JOIN name t ON t.code = e.touchpoint JOIN name c ON c.code = e.channel
         JOIN name d ON d.code = e.department JOIN name p ON p.code = e.employee
         JOIN name s ON s.code = e.scale JOIN name l ON l.code = e.language;
)",
    R"(
CREATE TABLE identity (id VARCHAR NOT NULL);
INSERT INTO identity VALUES (CAST(gen_random_uuid() AS VARCHAR));
)",
    R"(
DROP VIEW encounters;
ALTER TABLE encounter RENAME TO encounter_1;
ALTER TABLE customer RENAME TO customer_1;
CREATE TABLE customer (code UINTEGER NOT NULL, name VARCHAR NOT NULL);
INSERT INTO customer
    SELECT row_number() OVER (ORDER BY first, name), name
    FROM (SELECT name, min(number) AS first
          FROM (SELECT name, number FROM customer_1 UNION ALL SELECT customer, 1e18 FROM encounter_1)
          GROUP BY name)
    ORDER BY 1;
CREATE TABLE trait (number UINTEGER NOT NULL, customer UINTEGER NOT NULL,
    traits MAP(VARCHAR, VARCHAR) NOT NULL);
INSERT INTO trait
    SELECT row_number() OVER (ORDER BY c.code), c.code, o.traits
    FROM customer_1 o JOIN customer c USING (name)
    WHERE cardinality(o.traits) > 0 ORDER BY 1;
CREATE TABLE setting (code UINTEGER NOT NULL, touchpoint UINTEGER NOT NULL, channel UINTEGER NOT NULL,
    department UINTEGER NOT NULL, scale UINTEGER NOT NULL, language UINTEGER NOT NULL,
    clamped BOOLEAN NOT NULL);
INSERT INTO setting
    SELECT row_number() OVER (ORDER BY first) - 1, touchpoint, channel, department, scale, language, clamped
    FROM (SELECT min(number) AS first, touchpoint, channel, department, scale, language, clamped
          FROM encounter_1 GROUP BY ALL)
    ORDER BY 1;
CREATE TABLE encounter (
    number UBIGINT NOT NULL, customer UINTEGER NOT NULL, time TIMESTAMP_MS NOT NULL,
    sequence UBIGINT NOT NULL, id VARCHAR NOT NULL, setting UINTEGER NOT NULL, employee UINTEGER NOT NULL,
    thread VARCHAR, score DOUBLE, text VARCHAR, value DOUBLE, duration DOUBLE, due VARCHAR,
    properties VARCHAR);
INSERT INTO encounter
    SELECT e.number, c.code, e.time, e.sequence, e.id, s.code, e.employee, e.thread, e.score, e.text,
           e.value, e.duration, e.due, e.properties
    FROM encounter_1 e JOIN customer c ON c.name = e.customer
         JOIN setting s ON s.touchpoint = e.touchpoint AND s.channel = e.channel AND
              s.department = e.department AND s.scale = e.scale AND s.language = e.language AND
              s.clamped = e.clamped
    ORDER BY e.number;
DROP TABLE encounter_1;
DROP TABLE customer_1;
CREATE VIEW encounters AS
    SELECT e.number, u.name AS customer, e.time, e.sequence, e.id, t.text AS touchpoint,
           c.text AS channel, d.text AS department, p.text AS employee, e.thread, e.score,
           a.text AS scale, e.text, l.text AS language, e.value, e.duration, e.due, e.properties,
           s.clamped
    FROM encounter e JOIN customer u ON u.code = e.customer JOIN setting s ON s.code = e.setting
         JOIN name t ON t.code = s.touchpoint JOIN name c ON c.code = s.channel
         JOIN name d ON d.code = s.department JOIN name a ON a.code = s.scale
         JOIN name l ON l.code = s.language JOIN name p ON p.code = e.employee;
)",
    R"(
CREATE TABLE salt (text VARCHAR NOT NULL);
INSERT INTO salt VALUES (replace(CAST(gen_random_uuid() AS VARCHAR) ||
    CAST(gen_random_uuid() AS VARCHAR), '-', ''));
CREATE TABLE erasure (
    number UBIGINT NOT NULL, ordered_at TIMESTAMP_MS NOT NULL, ordered_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL, digests VARCHAR NOT NULL, encounters UBIGINT NOT NULL,
    texts UBIGINT NOT NULL, traits UBIGINT NOT NULL, finished_at TIMESTAMP_MS,
    remains VARCHAR NOT NULL, previous VARCHAR NOT NULL, seal VARCHAR NOT NULL, names VARCHAR);
CREATE TABLE reached (number UBIGINT NOT NULL, trait UINTEGER NOT NULL);
CREATE TABLE erased (digest VARCHAR NOT NULL);
)",
    R"(
ALTER TABLE reached ADD COLUMN assertion UINTEGER;
CREATE TABLE assertion (
    number UINTEGER NOT NULL, time TIMESTAMP_MS NOT NULL, name VARCHAR NOT NULL,
    other VARCHAR NOT NULL, evidence UTINYINT NOT NULL, source VARCHAR NOT NULL,
    person VARCHAR NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE trait_change (
    number UINTEGER NOT NULL, customer UINTEGER NOT NULL, time TIMESTAMP_MS NOT NULL,
    source VARCHAR NOT NULL, traits MAP(VARCHAR, VARCHAR) NOT NULL);
CREATE TABLE derived (keys VARCHAR NOT NULL);
CREATE TEMPORARY TABLE one AS
    SELECT number, customer, unnest(map_keys(traits)) AS key, unnest(map_values(traits)) AS value
    FROM trait;
INSERT INTO assertion
    SELECT row_number() OVER (ORDER BY o.number, o.key), TIMESTAMP_MS '1970-01-01', c.name,
           substr(o.key, 10), CASE o.value WHEN 'alias' THEN 2 WHEN 'member' THEN 9 ELSE 1 END,
           '', '', ''
    FROM one o JOIN customer c ON c.code = o.customer
    WHERE starts_with(o.key, 'identity:') AND c.name <> substr(o.key, 10) AND len(o.key) > 9
    ORDER BY 1;
UPDATE trait SET traits = kept.traits
    FROM (SELECT number,
                 map(ifnull(list(key) FILTER (NOT starts_with(key, 'identity:')), []::VARCHAR[]),
                     ifnull(list(value) FILTER (NOT starts_with(key, 'identity:')), []::VARCHAR[]))
                 AS traits
          FROM one GROUP BY number HAVING bool_or(starts_with(key, 'identity:'))) kept
    WHERE kept.number = trait.number;
DROP TABLE one;
INSERT INTO trait_change
    SELECT number, customer, TIMESTAMP_MS '1970-01-01', '', traits FROM trait
    WHERE cardinality(traits) > 0 ORDER BY number;
)",
};

Result<int> version_of(duck::Connection& connection) {
    TRY(connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)"));
    auto rows = TRY(connection.query("SELECT max(version) FROM schema_version"));
    const auto version = TRY(std::move(rows).one_number());
    return static_cast<int>(version.value_or(0));
}

Status run_steps(duck::Connection& connection) {
    const int found = TRY(version_of(connection));
    if (found > schema_version()) {
        return Error{ErrorCode::Conflict,
                     fmt::format("the ledger was written by a newer kokemus (its version is {}, "
                                 "this program knows {}); "
                                 "install the newer program, nothing was changed",
                                 found,
                                 schema_version())};
    }
    for (int version = found; version < schema_version(); ++version) {
        TRY(connection.execute(steps[static_cast<std::size_t>(version)]));
        TRY(connection.execute(fmt::format("INSERT INTO schema_version VALUES ({})", version + 1)));
    }
    return {};
}

}  // namespace

int schema_version() {
    return static_cast<int>(steps.size());
}

Status migrate(duck::Connection& connection) {
    const TestMoment moment("migration");
    TRY(connection.execute("BEGIN"));
    if (Status done = run_steps(connection); !done) {
        (void)connection.execute("ROLLBACK").has_value();
        return done;
    }
    return connection.execute("COMMIT");
}

}  // namespace kokemus::ledger
