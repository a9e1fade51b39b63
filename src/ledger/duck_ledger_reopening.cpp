#include <utility>

#include "base/log.h"
#include "ledger/duck_ledger.h"
#include "ledger/ledger_database.h"
#include "ledger/log_damage.h"

namespace kokemus::ledger {

/// After the disk was full while DuckDB folded its log in and gave the database up: when there is
/// room, the file is opened anew. All that was acknowledged stands in it and in its log.
Status DuckLedger::go_on() {
    TRY(check_space(0, 0));
    TRY(reopen());
    if (const Status known = take_stock(); !known) {
        return stop(known.error());
    }
    waits_for_room_ = false;
    stopped_.with([](auto& stopped) { stopped.reset(); });
    log_info("there is room on the disk again: writing goes on");
    return {};
}

/// Nobody may read meanwhile: blocks that a reader of the former opening takes for whole would be
/// written over.
Status DuckLedger::reopen() {
    return reading_.with([&](auto& reading) -> Status {
        const bool is_read = reading.use_count() > 1 ||
                             database_.with([](const auto& held) { return held.use_count() > 1; });
        if (is_read) {
            return Error{ErrorCode::DiskFull,
                         "there is room on the disk again, and writing goes on when nobody reads "
                         "the ledger for a moment; send it again"};
        }
        TRY(mend_log(folder_ / "encounters.duckdb"));
        duck::Database database = TRY(open_database(folder_, Access::Writing));
        TRY(take_up(std::move(database)));
        // Whatever of the log is only in the system's memory is on disk now, in another place.
        TRY(writer_.execute("CHECKPOINT"));
        reading.reset();
        return {};
    });
}

/// What failed without anybody being told that it was kept may be on disk all the same.
Status DuckLedger::take_stock() {
    auto rows = TRY(
        writer_.query("SELECT (SELECT count(*) FROM name WHERE code > 0), (SELECT count(*) FROM "
                      "setting), (SELECT count(*) FROM customer), (SELECT count(*) FROM erased), "
                      "(SELECT ifnull(max(number), 0) FROM erasure)"));
    const auto chunk = TRY(rows.next());
    const auto number = [&](std::size_t column) {
        return chunk->column(column).number<std::uint64_t>(0);
    };
    if (number(3) != codes_.customers.refused().size() || number(4) != last_erasure_) {
        return Error{ErrorCode::Unavailable, "an erasure was under way when the disk was full"};
    }
    {
        const std::scoped_lock lock(codes_.mutex);
        codes_.saved({.names = static_cast<std::uint32_t>(number(0) + 1),
                      .settings = static_cast<std::uint32_t>(number(1)),
                      .customers = static_cast<std::uint32_t>(number(2) + 1)});
    }
    has_traits_.assign(codes_.customers.saved(), false);
    TRY(load_traits(writer_));
    TRY(load_keys(writer_, next_number_, {}));
    are_holders_stale_ = true;
    TRY(load_id());
    return load_totals();
}

}  // namespace kokemus::ledger
