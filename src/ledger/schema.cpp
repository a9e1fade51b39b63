#include "ledger/schema.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "duck/duck.h"

namespace kokemus::ledger {

namespace {

/// steps[i] leads from version i to i + 1. A step that has been released is never changed.
///
/// encounter: in order of commit, so that a range of numbers is a range of the file. The columns
/// touchpoint, channel, department, employee, scale and language are codes of the table name (0:
/// absent), which is what makes appending fast; `due` is a list of code:milliseconds. The view
/// encounters spells the codes out for people with a DuckDB shell. customer: everyone who was
/// named by an encounter or given traits. identity: one row, by which derived files know their
/// ledger.
constexpr std::array<std::string_view, 2> steps = {
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
    TRY(connection.execute("BEGIN"));
    if (Status done = run_steps(connection); !done) {
        (void)connection.execute("ROLLBACK").has_value();
        return done;
    }
    return connection.execute("COMMIT");
}

}  // namespace kokemus::ledger
