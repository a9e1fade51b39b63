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

/// What a row may take on disk before it is compressed, for the check of free space; texts come on
/// top.
constexpr std::uint64_t row_bytes = 200;

Status only_status(const Result<duck::Rows>& rows) {
    return rows ? Status() : Status(rows.error());
}

}  // namespace

Status DuckLedger::ready_to_write() {
    if (auto why = stopped()) {
        return std::move(*why);
    }
    prepare_to_write(0);
    if (const Status& loaded = loaded_.get(); !loaded) {
        return loaded.error();
    }
    return {};
}

Status DuckLedger::check_space(std::size_t rows) const {
    std::error_code ignored;
    const auto space = std::filesystem::space(folder_, ignored);
    if (!ignored && space.available < options_.free_bytes_min + rows * row_bytes) {
        return Error{ErrorCode::DiskFull,
                     fmt::format("only {} MiB are free in {}; nothing was accepted, free some "
                                 "space and send it again",
                                 space.available >> 20U,
                                 folder_.string())};
    }
    if (next_number_ + rows > number_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("a ledger holds at most {} encounters", number_max)};
    }
    return {};
}

/// Runs `body` and commits. When the commit fails and what is on disk cannot be told, stops all
/// writing: to try again could double what was written, and a sync that failed once says nothing
/// when repeated.
Status DuckLedger::transaction(const Codes::Mark& mark, const std::function<Status()>& body) {
    Status done = only_status(prepared_.begin.run());
    if (done) {
        const std::scoped_lock lock(codes_.mutex);
        done = codes_.save(writer_, mark);
    }
    if (done) {
        done = body();
    }
    if (done) {
        const TestMoment moment("commit");
        done = only_status(prepared_.commit.run());
    }
    if (done) {
        codes_.saved(mark);
        if (Status named = log_name_->settle(); !named) {
            return stop(named.error());
        }
        return done;
    }
    (void)writer_.execute("ROLLBACK").has_value();
    log_error("the ledger did not write: {}",
              done.error().detail.empty() ? done.error().message : done.error().detail);
    return is_untouched() ? done : stop(done.error());
}

/// Nothing is written any more; gives what every writer is told from now on.
Error DuckLedger::stop(const Error& cause) {
    read_on();
    Error why{cause.code,
              fmt::format("writing has stopped after an error ({}); reading goes on. Look at "
                          "the disk, then start the program again",
                          cause.message)};
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
