#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "base/test_moment.h"
#include "ledger/duck_ledger.h"
#include "ledger/erasure_rows.h"
#include "ledger/fresh_file.h"
#include "ledger/ledger_database.h"
#include "ledger/retention_rows.h"

namespace kokemus::ledger {

namespace {

using Time = std::chrono::steady_clock;

/// Of a transaction: whole row groups, so that DuckDB writes them straight to the file, and few
/// enough that a stop is heard soon.
constexpr std::uint64_t rows_at_once = 8ULL * bulk_batch_rows;

/// So many rows may be left for the time in which writers wait: a tenth of a second. The tables of
/// customers, which are copied then too, take more (erasing.h).
constexpr std::uint64_t rows_left_max = bulk_batch_rows;

double seconds_since(Time::time_point start) {
    return std::chrono::duration<double>(Time::now() - start).count();
}

Result<std::uint64_t> count_of(duck::Connection& connection, std::string_view table) {
    auto rows = TRY(connection.query(fmt::format("SELECT count(*) FROM {}", table)));
    return static_cast<std::uint64_t>(TRY(std::move(rows).one_number()).value_or(0));
}

/// The fresh file as `fresh` beside the ledger's own tables, until it is let go.
class Attached {
public:
    static Result<Attached> to(duck::Connection connection, const std::filesystem::path& file) {
        TRY(connection.execute(fmt::format("ATTACH {} AS fresh", duck::literal(file.string()))));
        return Attached(std::move(connection));
    }

    Attached(Attached&& other) noexcept
        : connection_(std::move(other.connection_)),
          is_attached_(std::exchange(other.is_attached_, false)) {}
    Attached& operator=(Attached&&) = delete;

    ~Attached() {
        if (is_attached_) {
            (void)connection_.execute("ROLLBACK").has_value();
            (void)connection_.execute("DETACH fresh").has_value();
        }
    }

    duck::Connection& connection() { return connection_; }

    /// Writes it wholly and closes it.
    Status let_go() {
        TRY(connection_.execute("CHECKPOINT fresh"));
        TRY(connection_.execute("DETACH fresh"));
        is_attached_ = false;
        return {};
    }

private:
    explicit Attached(duck::Connection connection) : connection_(std::move(connection)) {}

    duck::Connection connection_;
    bool is_attached_ = true;
};

/// The encounters above `from`, up to `to`, in the order in which they lie.
Status copy_encounters(duck::Connection& connection, const Retention& retention, std::uint64_t from,
                       std::uint64_t to) {
    const TestMoment moment("rewriting of the ledger");
    return connection.execute(fmt::format(
        "INSERT INTO fresh.encounter SELECT {} FROM encounter e WHERE e.number > {} AND "
        "e.number <= {} AND {}",
        kept_columns(retention),
        from,
        to,
        kept_encounters(retention)));
}

/// Every table but those that have a way of their own.
Status copy_other_tables(duck::Connection& connection) {
    auto rows = TRY(connection.query(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'fresh' AND NOT internal "
        "AND table_name NOT IN ('encounter', 'trait', 'erasure', 'schema_version') ORDER BY 1"));
    std::vector<std::string> tables;
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            tables.push_back(duck::identifier(chunk->column(0).text(row)));
        }
    }
    for (const std::string& table : tables) {
        TRY(connection.execute(
            fmt::format("DELETE FROM fresh.{0}; INSERT INTO fresh.{0} SELECT * FROM {0}", table)));
    }
    return {};
}

/// Gives the receipts their last fields and seals them onto the one before.
std::vector<Erasure> finish(std::vector<Erasure> all, std::uint64_t up_to,
                            const Rewriting& rewriting) {
    const Instant now = SystemClock().now();
    std::vector<Erasure> finished;
    std::string previous;
    for (Erasure& erasure : all) {
        if (!erasure.finished_at && erasure.number <= up_to) {
            erasure.finished_at = now;
            erasure.remains = rewriting.remains;
            erasure.previous = previous;
            erasure.seal = seal_of(erasure);
            finished.push_back(erasure);
        }
        previous = erasure.seal;
    }
    return finished;
}

/// What was erased meanwhile is taken out of the new file too; that erasure is finished by the next
/// rewriting, as its bytes were copied.
Status complete(duck::Connection& connection, const Retention& retention,
                const std::vector<Erasure>& finished) {
    TRY(connection.execute("BEGIN"));
    TRY(copy_other_tables(connection));
    TRY(copy_erasures(connection, "fresh", finished));
    TRY(connection.execute(fmt::format("INSERT INTO fresh.trait SELECT t.* FROM trait t WHERE {}",
                                       kept_traits(retention))));
    TRY(
        connection.execute("DELETE FROM fresh.trait_change WHERE customer NOT IN "
                           "(SELECT customer FROM fresh.trait)"));
    // The newest of them may be among what goes.
    TRY(connection.execute(
        "DELETE FROM fresh.reached; INSERT INTO fresh.reached "
        "SELECT max(number), max(trait), max(assertion) "
        "FROM (SELECT number, trait, assertion FROM reached "
        "UNION ALL SELECT max(number), 0, 0 FROM encounter "
        "UNION ALL SELECT 0, max(number), 0 FROM trait "
        "UNION ALL SELECT 0, 0, max(number) FROM assertion) HAVING count(number) > 0 "
        "AND count(trait) > 0"));
    TRY(
        connection.execute("DELETE FROM fresh.encounter WHERE customer IN "
                           "(SELECT code FROM customer WHERE name = '')"));
    TRY(connection.execute("COMMIT"));
    const std::string kept = "encounter e WHERE " + kept_encounters(retention);
    if (TRY(count_of(connection, kept)) != TRY(count_of(connection, "fresh.encounter"))) {
        return Error{ErrorCode::Internal,
                     "the ledger written anew does not hold what the old one does; the old one "
                     "stays"};
    }
    return {};
}

}  // namespace

Result<Rewritten> DuckLedger::rewrite(const Rewriting& rewriting, const std::stop_token& stop) {
    const std::scoped_lock one(rewriting_mutex_);
    const auto start = Time::now();
    std::uint64_t erasures = 0;
    std::uint64_t to = 0;
    {
        const std::scoped_lock lock(write_mutex_);
        TRY(ready_to_write());
        erasures = std::min(last_erasure(), rewriting.up_to.value_or(last_erasure()));
        to = next_number_ - 1;
    }
    FreshFile fresh = TRY(FreshFile::make(folder_));
    duck::Connection own = TRY(connect());
    Attached attached = TRY(Attached::to(std::move(own), fresh.path()));
    duck::Connection& connection = attached.connection();
    TRY(tell_joined(connection, rewriting.retention));
    std::uint64_t copied = 0;
    while (to > copied + rows_left_max) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "the ledger is being closed"};
        }
        const std::uint64_t end = std::min(to, copied + rows_at_once);
        TRY(copy_encounters(connection, rewriting.retention, copied, end));
        copied = end;
        to = copied < to ? to : TRY(last_number());
    }

    const std::scoped_lock lock(write_mutex_);
    const auto waiting = Time::now();
    TRY(ready_to_write());
    TRY(copy_encounters(connection, rewriting.retention, copied, next_number_ - 1));
    Rewritten done;
    if (rewriting.retention != Retention{}) {
        done.changed = TRY(names_of(connection, changed_customers(rewriting.retention)));
    }
    done.finished = finish(TRY(read_erasures(connection)), erasures, rewriting);
    TRY(complete(connection, rewriting.retention, done.finished));
    TRY(attached.let_go());
    TRY(swap_in(fresh));
    TRY(load_totals());
    done.encounters = TRY(totals()).encounters;
    done.seconds = seconds_since(start);
    done.writers_waited_seconds = seconds_since(waiting);
    return done;
}

Result<TooOld> DuckLedger::too_old(const Retention& retention) const {
    auto connection = TRY(connect());
    TRY(tell_joined(connection, retention));
    auto rows = TRY(connection.query(count_too_old(retention)));
    const auto chunk = TRY(rows.next());
    const auto number = [&](std::size_t column) {
        return chunk->column(column).number<std::uint64_t>(0);
    };
    return TooOld{number(0), number(1), number(2), number(3)};
}

/// The names of the customers whose codes a query gives.
Result<std::vector<encounter::CustomerName>> DuckLedger::names_of(duck::Connection& connection,
                                                                  const std::string& codes) const {
    TRY(wait_for_customers());
    auto rows = TRY(connection.query(codes));
    std::vector<encounter::CustomerName> list;
    const CustomerNames::Reader names(codes_.customers);
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const auto name = names.name(chunk->column(0).number<std::uint32_t>(row));
            if (!name.empty()) {
                list.emplace_back(std::string(name));
            }
        }
    }
    return list;
}

/// What is at hand is a copy of the old file's rows, and made anew from the new one.
Status DuckLedger::swap_in(FreshFile& fresh) {
    // Before receipts say that everything is gone.
    const Status removed = at_hand_ == nullptr ? RowsAtHand::remove(folder_) : at_hand_->pause();
    const Status swapped = removed ? take_over(fresh) : removed;
    if (at_hand_ != nullptr) {
        at_hand_->resume();
    }
    return swapped;
}

/// From the moment on in which the new file is the next one nothing may be written into the old:
/// what fails then stops all writing until the next start, which finds the new file.
Status DuckLedger::take_over(FreshFile& fresh) {
    if (Status placed = fresh.take_place(); !placed) {
        return fresh.is_next() ? Status(stop(placed.error())) : placed;
    }
    auto database = open_database(folder_, Access::Writing);
    if (!database) {
        return stop(database.error());
    }
    Status taken = take_up(std::move(*database));
    return taken ? taken : Status(stop(taken.error()));
}

/// Writes to and reads from another database from now on, which holds the same.
Status DuckLedger::take_up(duck::Database database) {
    duck::Connection writer = TRY(connect_to_write(database));
    TRY(leave_log_at_close(writer));
    Prepared prepared = TRY(Prepared::on(writer));
    {
        const std::scoped_lock codes_lock(codes_.mutex);
        TRY(codes_.customers.prepare_to_save(writer));
    }
    prepared_ = std::move(prepared);
    writer_ = std::move(writer);
    log_name_.emplace(folder_ / "encounters.duckdb");
    source_.reset();
    auto shared = std::make_shared<const duck::Database>(std::move(database));
    database_.with([&](auto& held) { held = std::move(shared); });
    return {};
}

}  // namespace kokemus::ledger
