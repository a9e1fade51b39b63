#include <exception>
#include <limits>
#include <system_error>

#include <fmt/format.h>

#include "base/log.h"
#include "base/test_moment.h"
#include "ledger/duck_ledger.h"

namespace kokemus::ledger {

namespace {

/// Numbers are kept in 32 bits in memory.
constexpr std::uint64_t number_max = std::numeric_limits<std::uint32_t>::max();

/// What a row may take on disk before it is compressed, for the check of free space; long texts
/// come on top.
constexpr std::uint64_t row_bytes = 200;

Status only_status(const Result<duck::Rows>& rows) {
    return rows ? Status() : Status(rows.error());
}

}  // namespace

/// `write_mutex_` is held.
Status DuckLedger::ready_to_write() {
    prepare_to_write(0);
    if (const Status& loaded = loaded_.get(); !loaded) {
        return loaded.error();
    }
    if (auto why = stopped()) {
        return waits_for_room_ ? go_on() : Status(std::move(*why));
    }
    return {};
}

/// With any commit DuckDB may fold its log in, and gives the database up when that meets a full
/// disk: there must be room for all of the log once more, and for the batch in both.
Status DuckLedger::check_space(std::size_t rows, std::size_t text_bytes) const {
    std::error_code ignored;
    const auto log_bytes = std::filesystem::file_size(folder_ / "encounters.duckdb.wal", ignored);
    const std::uint64_t batch_bytes = rows * row_bytes + text_bytes;
    const std::uint64_t needed =
        options_.free_bytes_min + 2 * batch_bytes + (ignored ? 0 : log_bytes);
    const auto space = std::filesystem::space(folder_, ignored);
    if (!ignored && space.available < needed) {
        return Error{ErrorCode::DiskFull,
                     fmt::format("only {} MiB are free in {} and {} MiB are needed; nothing was "
                                 "accepted, free some space and send it again",
                                 space.available >> 20U,
                                 folder_.string(),
                                 (needed >> 20U) + 1)};
    }
    if (next_number_ + rows > number_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("a ledger holds at most {} encounters", number_max)};
    }
    return {};
}

/// Exceptions (memory) end here, so that no transaction stays open for the next one to fall over.
Status DuckLedger::run_in_transaction(const Codes::Mark& mark,
                                      const std::function<Status()>& body) {
    try {
        TRY(only_status(prepared_.begin.run()));
        {
            const std::scoped_lock lock(codes_.mutex);
            TRY(codes_.save(writer_, mark));
        }
        return body();
    } catch (const std::exception& failure) {
        return Error{ErrorCode::Unavailable,
                     fmt::format("nothing was written: {}", failure.what())};
    }
}

/// An exception (memory) says nothing of what is on disk.
Status DuckLedger::commit_transaction() {
    try {
        return only_status(prepared_.commit.run());
    } catch (const std::exception& failure) {
        return stop(internal_error(failure.what()));
    }
}

/// Once it is on disk: an exception now leaves memory behind the disk.
Status DuckLedger::settle_commit(const Codes::Mark& mark) {
    try {
        codes_.saved(mark);
        return log_name_->settle();
    } catch (const std::exception& failure) {
        return internal_error(failure.what());
    }
}

/// Runs `body` and commits. When the commit fails and what is on disk cannot be told, stops all
/// writing: to try again could double what was written, and a sync that failed once says nothing
/// when repeated.
Status DuckLedger::transaction(const Codes::Mark& mark, const std::function<Status()>& body) {
    Status done = run_in_transaction(mark, body);
    if (done) {
        const TestMoment moment("commit");
        done = commit_transaction();
    }
    if (done) {
        done = settle_commit(mark);
        return done ? done : Status(stop(done.error()));
    }
    (void)writer_.execute("ROLLBACK").has_value();
    log_error("the ledger did not write: {}",
              done.error().detail.empty() ? done.error().message : done.error().detail);
    return is_untouched() ? done : stop(done.error(), Outlook::UntilThereIsRoom);
}

/// Nothing is written any more; gives what every writer is told from now on. A full disk is nothing
/// that a new start mends, unless the file itself is another one then.
Error DuckLedger::stop(const Error& cause, Outlook outlook) {
    read_on();
    waits_for_room_ = outlook == Outlook::UntilThereIsRoom && cause.code == ErrorCode::DiskFull;
    Error why{cause.code,
              fmt::format("writing has stopped after an error ({}); reading goes on. {}",
                          cause.message,
                          waits_for_room_ ? "It goes on by itself when there is room again"
                                          : "Look at the disk, then start the program again")};
    stopped_.with([&](auto& stopped) { stopped = why; });
    return why;
}

std::optional<Error> DuckLedger::stopped() const {
    return stopped_.with([](const auto& stopped) { return stopped; });
}

/// Whether the database still answers and holds what it held before the failed transaction.
bool DuckLedger::is_untouched() {
    const auto holds = [&](const char* sql, std::uint64_t next) {
        auto rows = writer_.query(sql);
        if (!rows) {
            return false;
        }
        const auto highest = std::move(*rows).one_number();
        return highest && static_cast<std::uint64_t>(highest->value_or(0)) + 1 == next;
    };
    return holds(
               "SELECT greatest(max(number), (SELECT max(number) FROM reached)) "
               "FROM encounter",
               next_number_) &&
           holds("SELECT max(code)::UBIGINT FROM customer", codes_.customers.saved());
}

}  // namespace kokemus::ledger
