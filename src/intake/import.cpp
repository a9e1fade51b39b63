#include "intake/import.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "encounter/faults.h"
#include "encounter/identify.h"
#include "intake/batch_writer.h"
#include "intake/block_query.h"
#include "intake/implied_map.h"
#include "intake/import_map.h"
#include "intake/row_builder.h"
#include "intake/row_problem.h"
#include "intake/stage.h"
#include "ledger/ledger.h"

namespace kokemus::intake {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t problems_kept_max =
    200'000;  ///< then their places are looked up before going on
constexpr std::size_t customers_per_batch = 20'000;

using SteadyClock = std::chrono::steady_clock;

double seconds_since(SteadyClock::time_point start) {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

/// Streams the rows of a query. The connection is free again when this returns.
Status each_chunk(Stage& stage, const std::string& sql,
                  const std::function<Status(const duck::Chunk&)>& take) {
    duck::Statement statement = TRY(stage.connection().prepare(sql));
    duck::Rows rows = TRY(statement.stream());
    while (auto chunk = TRY(rows.next())) {
        TRY(take(*chunk));
    }
    return {};
}

Error too_many_problems(const BlockQuery& query, const RowProblem& first) {
    return invalid_input(
        fmt::format("{}: more than {} rows cannot be taken; the first of them is row {}{}. Look at "
                    "the map before importing such a file",
                    query.table->file_name,
                    problems_kept_max,
                    first.row,
                    first.reason.empty() ? "" : ": " + first.reason));
}

/// One import from its beginning to its end.
class Import {
public:
    Import(ledger::Ledger& ledger, const ImportOptions& options)
        : ledger_(ledger),
          options_(options),
          errors_(options.errors_file),
          started_(SteadyClock::now()) {
        report_.dry_run = options.dry_run;
    }

    Result<ImportReport> run();

private:
    struct BoundEncounters {
        BlockQuery query;
        std::size_t identity = 0;  ///< which Identifier gives its ids
    };

    Status read_plan();
    Status load_sources(Stage& stage);
    Status imply_blocks(Stage& stage, const std::string& source, const fs::path& file);
    Status bind(Stage& stage);
    Status write_encounters(Stage& stage);
    Status write_block(Stage& stage, const BoundEncounters& block, std::uint64_t number,
                       BatchWriter& writer);
    Status give(EncounterBatch& batch, encounter::Identifier& identifier, BatchWriter& writer);
    Status write_customers(Stage& stage, const BlockQuery& query);
    Status put_customers(std::vector<encounter::Customer>& customers);
    Status take_counts(Stage& stage, const BlockQuery& query, BatchWriter& writer);
    Status tick(std::uint64_t rows);
    StageProgress stage_progress();

    ledger::Ledger& ledger_;
    const ImportOptions& options_;
    ImportMap map_;
    std::vector<std::pair<std::string, fs::path>> files_;  ///< source -> its file
    bool implied_ = false;
    RowErrors errors_;
    ImportReport report_;
    std::vector<BoundEncounters> encounters_;
    std::vector<BlockQuery> customers_;
    std::vector<encounter::Identifier> identifiers_;
    std::uint64_t rows_total_ = 0;
    SteadyClock::time_point started_;
    SteadyClock::time_point writing_since_;
    SteadyClock::time_point last_tick_;
};

StageProgress Import::stage_progress() {
    if (!options_.progress) {
        return {};
    }
    return [this](std::string_view doing, double share) {
        return options_.progress(
            ImportProgress{.doing = fmt::format("reading {}", doing), .share = share});
    };
}

/// Reads the map, or makes a source of each file.
Status Import::read_plan() {
    if (options_.map) {
        if (!options_.files.empty()) {
            return invalid_input(
                "give either files or a map, not both; the map names its files itself");
        }
        const std::string text = TRY(read_file(*options_.map, limits::blueprint_bytes_max));
        map_ = TRY(read_map(text, options_.map->filename().string()));
        return {};
    }
    if (options_.files.empty()) {
        return invalid_input("there is nothing to import; name a file, or a map with --map");
    }
    implied_ = true;
    map_.title = "import";
    for (const fs::path& file : options_.files) {
        Source source;
        source.name =
            options_.files.size() == 1 ? "file" : fmt::format("file {}", map_.sources.size() + 1);
        source.file = fs::absolute(file).string();
        map_.sources.push_back(std::move(source));
    }
    return {};
}

Status Import::load_sources(Stage& stage) {
    const fs::path folder = !options_.from.empty() ? options_.from
                            : options_.map         ? options_.map->parent_path()
                                                   : fs::path();
    for (const Source& source : map_.sources) {
        if (source.file.empty()) {
            continue;
        }
        const fs::path file =
            fs::path(source.file).is_absolute() ? fs::path(source.file) : folder / source.file;
        std::error_code ignored;
        if (!fs::exists(file, ignored)) {
            const std::string where =
                implied_ ? ""
                         : fmt::format(
                               "{} line {}: source `{}`: ", map_.title, source.line, source.name);
            return not_found(fmt::format(
                "{}there is no file {}{}",
                where,
                file.string(),
                implied_ || !options_.from.empty() ? "" : "; say where it is with --from FOLDER"));
        }
        TRY(stage.load(source, file, errors_, stage_progress()));
        files_.emplace_back(source.name, file);
        if (stage.table(source.name)->rows == 0) {
            report_.notes.push_back(fmt::format("{} has no rows", file.filename().string()));
        }
    }
    return {};
}

Status Import::imply_blocks(Stage& stage, const std::string& source, const fs::path& file) {
    const StagedTable& table = *stage.table(source);
    if (table.places == Places::Stored) {
        return imply_xes_blocks(stage, table, file, map_, report_.notes);
    }
    return imply_table_blocks(table, map_, report_.notes);
}

Status Import::bind(Stage& stage) {
    for (const Source& source : map_.sources) {
        if (!source.file.empty()) {
            continue;
        }
        TRY(stage.run_query(source, map_.title, errors_, stage_progress()));
    }
    std::string faults;
    const auto note = [&](const Error& error) {
        faults += (faults.empty() ? "" : "\n") + error.message;
    };
    for (const EncounterBlock& block : map_.encounters) {
        auto bound =
            bind_block(stage, map_, *stage.table(block.from), block.where, slots_of(block));
        if (!bound) {
            note(bound.error());
            continue;
        }
        // The rows of one file, or of all sources of one map, are numbered together where they are
        // equal.
        if (implied_ || identifiers_.empty()) {
            identifiers_.emplace_back();
        }
        rows_total_ += bound->table->rows;
        encounters_.push_back(BoundEncounters{std::move(*bound), identifiers_.size() - 1});
    }
    for (const CustomerBlock& block : map_.customers) {
        auto bound =
            bind_block(stage, map_, *stage.table(block.from), block.where, slots_of(block));
        if (!bound) {
            note(bound.error());
            continue;
        }
        customers_.push_back(std::move(*bound));
    }
    return faults.empty() ? Status() : Status(invalid_input(faults));
}

Status Import::tick(std::uint64_t rows) {
    report_.rows += rows;
    if (!options_.progress || seconds_since(last_tick_) < 0.2) {
        return {};
    }
    last_tick_ = SteadyClock::now();
    ImportProgress progress{.doing = options_.dry_run ? "trying" : "importing",
                            .rows = report_.rows,
                            .rows_total = rows_total_};
    const double seconds = seconds_since(writing_since_);
    if (rows_total_ > 0) {
        progress.share =
            std::min(1.0, static_cast<double>(report_.rows) / static_cast<double>(rows_total_));
    }
    if (seconds > 0.1) {
        progress.rows_per_second = static_cast<double>(report_.rows) / seconds;
        if (rows_total_ > report_.rows && progress.rows_per_second > 0) {
            progress.seconds_left =
                static_cast<double>(rows_total_ - report_.rows) / progress.rows_per_second;
        }
    }
    return options_.progress(progress) ? Status() : Status(Error{ErrorCode::Cancelled, "stopped"});
}

Status Import::give(EncounterBatch& batch, encounter::Identifier& identifier, BatchWriter& writer) {
    static const SystemClock machine;
    const Instant now = (options_.clock != nullptr ? *options_.clock : machine).now();
    for (encounter::Encounter& one : batch.encounters) {
        identifier.identify(one);
        report_.clamped += encounter::clamp_time(one, now) ? 1 : 0;
    }
    return writer.give(batch);
}

Status Import::take_counts(Stage& stage, const BlockQuery& query, BatchWriter& writer) {
    const Status finished = writer.finish();
    BatchWriter::Counts counts = writer.take_counts();
    report_.encounters += counts.accepted;
    report_.duplicates += counts.duplicates;
    TRY(finished);
    return say_problems(stage, query, std::move(counts.conflicts), errors_);
}

Status Import::write_block(Stage& stage, const BoundEncounters& block, std::uint64_t number,
                           BatchWriter& writer) {
    EncounterBuilder builder(block.query, number);
    encounter::Identifier& identifier = identifiers_[block.identity];
    std::vector<RowProblem> problems;
    EncounterBatch batch;
    const Status streamed =
        each_chunk(stage, block.query.sql, [&](const duck::Chunk& chunk) -> Status {
            for (std::size_t first = 0; first < chunk.size(); first += EncounterBuilder::rows_max) {
                builder.take(chunk, first, batch, problems);
                if (problems.size() > problems_kept_max) {
                    return too_many_problems(block.query, problems.front());
                }
                TRY(give(batch, identifier, writer));
            }
            return tick(chunk.size());
        });
    TRY(streamed);
    TRY(take_counts(stage, block.query, writer));
    return say_problems(stage, block.query, std::move(problems), errors_);
}

Status Import::write_encounters(Stage& stage) {
    writing_since_ = SteadyClock::now();
    if (!options_.dry_run) {
        ledger_.prepare_to_write(rows_total_);
    }
    BatchWriter writer(options_.dry_run ? nullptr : &ledger_, options_.batch_encounters);
    for (std::size_t at = 0; at < encounters_.size(); ++at) {
        const Status written = write_block(stage, encounters_[at], at, writer);
        if (!written) {
            // What was given before the failure is waited for, so that the counts say what is in.
            const Status finished = writer.finish();
            const BatchWriter::Counts counts = writer.take_counts();
            report_.encounters += counts.accepted;
            report_.duplicates += counts.duplicates;
            return finished ? written : finished;
        }
    }
    return {};
}

Status Import::put_customers(std::vector<encounter::Customer>& customers) {
    if (!options_.dry_run && !customers.empty()) {
        TRY(ledger_.put_customers(customers));
    }
    report_.customers += customers.size();
    customers.clear();
    return {};
}

Status Import::write_customers(Stage& stage, const BlockQuery& query) {
    CustomerBuilder builder(query);
    std::vector<RowProblem> problems;
    std::vector<encounter::Customer> customers;
    std::vector<std::uint64_t> row_numbers;
    const Status streamed = each_chunk(stage, query.sql, [&](const duck::Chunk& chunk) -> Status {
        builder.take(chunk, customers, row_numbers, problems);
        if (customers.size() >= customers_per_batch) {
            TRY(put_customers(customers));
        }
        return tick(0);
    });
    TRY(streamed);
    TRY(put_customers(customers));
    return say_problems(stage, query, std::move(problems), errors_);
}

Result<ImportReport> Import::run() {
    TRY(read_plan());
    Stage stage = TRY(Stage::open(
        {.temporary_root = options_.temporary_folder, .memory_bytes = options_.memory_bytes}));
    TRY(load_sources(stage));
    for (auto file = files_.begin(); implied_ && file != files_.end(); ++file) {
        TRY(imply_blocks(stage, file->first, file->second));
    }
    TRY(stage.lock(map_.time_zone));
    TRY(bind(stage));
    Status written = write_encounters(stage);
    for (auto query = customers_.begin(); written && query != customers_.end(); ++query) {
        written = write_customers(stage, *query);
    }
    TRY(errors_.finish());
    if (!written) {
        Error error = written.error();
        if (report_.encounters + report_.duplicates > 0 && !options_.dry_run) {
            error.message += fmt::format(
                "; {} are safely in, and the same import continues behind them",
                count_of(report_.encounters + report_.duplicates, "encounter", "encounters"));
        }
        return error;
    }
    report_.refused = errors_.count();
    report_.examples = errors_.examples();
    report_.refused_by_reason = errors_.by_reason();
    report_.errors_file = errors_.written_to();
    report_.seconds = seconds_since(started_);
    return std::move(report_);
}

}  // namespace

std::vector<std::string> ImportReport::sentences() const {
    std::vector<std::string> out;
    const std::string made = count_of(encounters, "encounter", "encounters");
    if (encounters + duplicates == 0 && customers > 0) {
        // A file of traits: of encounters there is nothing to say.
    } else if (dry_run) {
        out.push_back(fmt::format("{} would be imported; nothing was written", made));
    } else if (encounters == 0 && duplicates > 0) {
        out.push_back(fmt::format("{} were already here; nothing changed",
                                  count_of(duplicates, "encounter", "encounters")));
    } else {
        out.push_back(fmt::format("{} imported in {:.1f} s", made, seconds));
        if (duplicates > 0) {
            out.push_back(fmt::format("{} were already here",
                                      count_of(duplicates, "encounter", "encounters")));
        }
    }
    if (customers > 0) {
        out.push_back(fmt::format("traits {} from {}",
                                  dry_run ? "would be set" : "set",
                                  count_of(customers, "row", "rows")));
    }
    if (clamped > 0) {
        out.push_back(fmt::format("{} had a time in the future, which was set to now",
                                  count_of(clamped, "encounter", "encounters")));
    }
    if (refused > 0) {
        out.push_back(fmt::format(
            "{} refused{}",
            count_of(refused, "row was", "rows were"),
            errors_file ? fmt::format("; all of them are in {}", errors_file->string()) : ""));
    }
    out.insert(out.end(), notes.begin(), notes.end());
    return out;
}

Result<ImportReport> import_encounters(ledger::Ledger& ledger, const ImportOptions& options) {
    return Import(ledger, options).run();
}

}  // namespace kokemus::intake
