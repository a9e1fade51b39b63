#include "records/migration.h"

#include <map>

#include <fmt/format.h>

#include "base/hash.h"
#include "records/steps.h"

namespace kokemus::records {
namespace {

constexpr std::string_view create_table =
    "CREATE TABLE IF NOT EXISTS schema_step (noun TEXT NOT NULL, version BIGINT NOT NULL, "
    "checksum TEXT NOT NULL, PRIMARY KEY (noun, version))";

std::string checksum_of(const std::vector<std::string>& statements) {
    std::string all;
    for (const std::string& statement : statements) {
        all += statement;
        all += '\n';
    }
    return fmt::format("{:016x}", hash64(all));
}

Status hold_against(const Schema& schema, const std::map<std::int64_t, std::string>& done) {
    if (done.size() > schema.steps.size()) {
        return Error{ErrorCode::Conflict,
                     fmt::format("records: the tables of {} are of version {}, and this program "
                                 "knows version {}. Start the newer program, or restore a backup.",
                                 schema.noun,
                                 done.size(),
                                 schema.steps.size())};
    }
    for (const auto& [version, checksum] : done) {
        if (checksum != checksum_of(schema.steps[static_cast<std::size_t>(version) - 1])) {
            return Error{ErrorCode::Corrupt,
                         fmt::format("records: step {} of the tables of {} was another one when "
                                     "it was carried out. Start the program that made them.",
                                     version,
                                     schema.noun)};
        }
    }
    return {};
}

using Done = std::map<std::string, std::map<std::int64_t, std::string>>;  ///< checksums

Result<Done> steps_done_in(Session& session) {
    Done done;
    for (auto& [noun, version, checksum] :
         TRY((session.rows<std::string, std::int64_t, std::string>(
             "SELECT noun, version, checksum FROM schema_step")))) {
        done[noun][version] = checksum;
    }
    return done;
}

}  // namespace

Result<std::size_t> steps_to_come(Session& session, Dialect dialect,
                                  std::span<const Schema> schemas) {
    const auto tables = TRY(session.row<std::int64_t>(
        dialect == Dialect::Sqlite
            ? "SELECT count(*) FROM sqlite_master WHERE name = 'schema_step'"
            : "SELECT count(*) FROM information_schema.tables WHERE table_name = 'schema_step' "
              "AND table_schema = current_schema()"));
    const bool is_new = !tables || std::get<0>(*tables) == 0;
    auto done = is_new ? Done() : TRY(steps_done_in(session));
    std::size_t steps = 0;
    for (const Schema& schema : schemas) {
        TRY(hold_against(schema, done[schema.noun]));
        steps += schema.steps.size() - done[schema.noun].size();
    }
    return steps;
}

Status migrate(Session& session, std::span<const Schema> schemas) {
    TRY(session.run(create_table));
    auto done = TRY(steps_done_in(session));
    for (const Schema& schema : schemas) {
        const auto& steps_done = done[schema.noun];
        TRY(hold_against(schema, steps_done));
        for (std::size_t step = steps_done.size(); step < schema.steps.size(); ++step) {
            for (const std::string& statement : schema.steps[step]) {
                TRY(session.run(statement));
            }
            TRY(session.run("INSERT INTO schema_step VALUES (:noun, :version, :checksum)",
                            {schema.noun, step + 1, checksum_of(schema.steps[step])}));
        }
    }
    return {};
}

}  // namespace kokemus::records
