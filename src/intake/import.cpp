#include "intake/import.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "encounter/faults.h"
#include "encounter/identify.h"
#include "intake/batch_writer.h"
#include "intake/block_query.h"
#include "intake/door_rules.h"
#include "intake/import_plan.h"
#include "intake/row_builder.h"
#include "intake/row_problem.h"
#include "intake/stage.h"
#include "ledger/ledger.h"

namespace kokemus::intake {

namespace {

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
    Status write_encounters(Stage& stage);
    Status write_block(Stage& stage, const ImportPlan::Encounters& block, std::uint64_t number,
                       BatchWriter& writer);
    Status give(EncounterBatch& batch, encounter::Identifier& identifier, BatchWriter& writer);
    Status write_customers(Stage& stage, const BlockQuery& query);

    /// Customers with traits on their way, and the row of each.
    struct Customers {
        std::vector<encounter::Customer> list;
        std::vector<std::uint64_t> rows;
    };
    Status put_customers(Customers& customers, std::vector<RowProblem>& problems);
    Status put_part(const Customers& customers, std::size_t from, std::size_t to,
                    std::vector<RowProblem>& problems);
    Status take_counts(Stage& stage, const BlockQuery& query, BatchWriter& writer);
    Status tick(std::uint64_t rows);

    ledger::Ledger& ledger_;
    const ImportOptions& options_;
    ImportPlan plan_;
    RowErrors errors_;
    ImportReport report_;
    std::vector<encounter::Identifier> identifiers_;
    SteadyClock::time_point started_;
    SteadyClock::time_point writing_since_;
    SteadyClock::time_point last_tick_;
};

Status Import::tick(std::uint64_t rows) {
    report_.rows += rows;
    if (!options_.progress || seconds_since(last_tick_) < 0.2) {
        return {};
    }
    last_tick_ = SteadyClock::now();
    ImportProgress progress{.doing = options_.dry_run ? "trying" : "importing",
                            .rows = report_.rows,
                            .rows_total = plan_.rows_total()};
    const double seconds = seconds_since(writing_since_);
    if (plan_.rows_total() > 0) {
        progress.share = std::min(
            1.0, static_cast<double>(report_.rows) / static_cast<double>(plan_.rows_total()));
    }
    if (seconds > 0.1) {
        progress.rows_per_second = static_cast<double>(report_.rows) / seconds;
        if (plan_.rows_total() > report_.rows && progress.rows_per_second > 0) {
            progress.seconds_left =
                static_cast<double>(plan_.rows_total() - report_.rows) / progress.rows_per_second;
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
        report_.early += one.time < sent_time_min ? 1 : 0;
    }
    return writer.give(batch);
}

Status Import::take_counts(Stage& stage, const BlockQuery& query, BatchWriter& writer) {
    const Status finished = writer.finish();
    BatchWriter::Counts counts = writer.take_counts();
    report_.encounters += counts.accepted;
    report_.duplicates += counts.duplicates;
    report_.erased += counts.erased;
    TRY(finished);
    return say_problems(stage, query, std::move(counts.conflicts), errors_);
}

Status Import::write_block(Stage& stage, const ImportPlan::Encounters& block, std::uint64_t number,
                           BatchWriter& writer) {
    EncounterBuilder builder(block.query, number, options_.blueprint);
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
        ledger_.prepare_to_write(plan_.rows_total());
    }
    BatchWriter writer(options_.dry_run ? nullptr : &ledger_, options_.batch_encounters);
    for (std::size_t at = 0; at < plan_.encounters().size(); ++at) {
        const Status written = write_block(stage, plan_.encounters()[at], at, writer);
        if (!written) {
            // What was given before the failure is waited for, so that the counts say what is in.
            const Status finished = writer.finish();
            const BatchWriter::Counts counts = writer.take_counts();
            report_.encounters += counts.accepted;
            report_.duplicates += counts.duplicates;
            report_.erased += counts.erased;
            return finished ? written : finished;
        }
    }
    return {};
}

/// What is too large is halved until it is a row's.
Status Import::put_part(const Customers& customers, std::size_t from, std::size_t to,
                        std::vector<RowProblem>& problems) {
    if (from == to) {
        return {};
    }
    const Status put = ledger_.put_customers(std::span(customers.list).subspan(from, to - from));
    if (put || put.error().code != ErrorCode::TooLarge) {
        report_.customers += put ? to - from : 0;
        return put;
    }
    if (to - from == 1) {
        problems.push_back({.row = customers.rows[from],
                            .reason = "is refused: " + put.error().message,
                            .value = customers.list[from].name.value()});
        return {};
    }
    const std::size_t middle = from + (to - from) / 2;
    TRY(put_part(customers, from, middle, problems));
    return put_part(customers, middle, to, problems);
}

Status Import::put_customers(Customers& customers, std::vector<RowProblem>& problems) {
    if (options_.dry_run) {
        report_.customers += customers.list.size();
    } else {
        TRY(put_part(customers, 0, customers.list.size(), problems));
    }
    customers = {};
    return {};
}

Status Import::write_customers(Stage& stage, const BlockQuery& query) {
    CustomerBuilder builder(query);
    std::vector<RowProblem> problems;
    Customers customers;
    const Status streamed = each_chunk(stage, query.sql, [&](const duck::Chunk& chunk) -> Status {
        builder.take(chunk, customers.list, customers.rows, problems);
        if (customers.list.size() >= customers_per_batch) {
            TRY(put_customers(customers, problems));
        }
        return tick(0);
    });
    TRY(streamed);
    TRY(put_customers(customers, problems));
    std::ranges::stable_sort(problems, {}, &RowProblem::row);
    return say_problems(stage, query, std::move(problems), errors_);
}

Result<ImportReport> Import::run() {
    plan_ = TRY(ImportPlan::read(options_));
    Stage stage = TRY(Stage::open(
        {.temporary_root = options_.temporary_folder, .memory_bytes = options_.memory_bytes}));
    TRY(plan_.load(stage, options_, errors_, report_.notes));
    identifiers_.resize(plan_.identities());
    Status written = write_encounters(stage);
    for (auto query = plan_.customers().begin(); written && query != plan_.customers().end();
         ++query) {
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

Result<ImportReport> import_encounters(ledger::Ledger& ledger, const ImportOptions& options) {
    return Import(ledger, options).run();
}

}  // namespace kokemus::intake
