#include <algorithm>
#include <chrono>
#include <mutex>

#include <fmt/format.h>

#include "base/log.h"
#include "ledger/customer_change.h"
#include "ledger/duck_ledger.h"
#include "ledger/duck_ledger_telling.h"
#include "ledger/rows.h"

namespace kokemus::ledger {

namespace {

/// Whoever follows the ledger brings what is new; what nobody brings is looked for so often.
constexpr auto look_every = std::chrono::milliseconds(100);

/// Of one reading of the table: so that no reading is long, beside which the log could not be
/// folded in.
constexpr std::uint64_t numbers_at_once = 250'000;

/// Of those that are given to a reader together.
constexpr std::size_t entries_at_once = 2048;

}  // namespace

AtHand& at_hand_of(Ledger& ledger) {
    return dynamic_cast<AtHand&>(ledger);
}

void DuckLedger::keep_rows_at_hand() {
    at_hand_ = std::make_unique<RowsAtHand>(folder_, id_, options_.at_hand);
    at_hand_keeper_ = std::jthread([this](const std::stop_token& stop) { run_at_hand(stop); });
}

AtHand::Standing DuckLedger::at_hand() const {
    return at_hand_ == nullptr ? Standing() : Standing{at_hand_->encounters(), at_hand_->changes()};
}

std::uint64_t DuckLedger::newest_of(std::span<const encounter::CustomerName> names) const {
    std::uint64_t number = 0;
    for (const encounter::CustomerName& name : names) {
        const auto code = codes_.customers.find(name.value());
        newest_.with([&](const std::vector<std::uint32_t>& newest) {
            if (code && *code < newest.size()) {
                number = std::max<std::uint64_t>(number, newest[*code]);
            }
        });
    }
    return number;
}

void DuckLedger::run_at_hand(const std::stop_token& stop) {
    const auto log = [](const Status& done) {
        if (!done && done.error().code != ErrorCode::Cancelled) {
            log_warning("rows of customers are not at hand yet: {}", done.error().message);
        }
    };
    log(wait_for_customers());
    log(settle_at_hand());
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::uint64_t seen = 0;
    while (!stop.stop_requested()) {
        // As long as it moves, somebody else brings it.
        if (const std::uint64_t present = at_hand_->encounters(); present == seen) {
            log(take_encounters_at_hand(stop));
        } else {
            seen = present;
        }
        log(take_changes_at_hand(stop));
        at_hand_turn_.wait_for(lock, stop, look_every, [] { return false; });
    }
}

/// Drops what is of another state of the ledger, as after an older copy of it was put in its place:
/// the newest that both have is compared.
Status DuckLedger::settle_at_hand() {
    const std::uint64_t newest = at_hand_->encounters();
    bool is_other =
        newest > TRY(last_number()) || at_hand_->changes_in_file() > last_trait_of(last_change_);
    const auto kept = TRY(at_hand_->encounter(newest));
    if (kept && !is_other) {
        auto connection = TRY(connect());
        auto rows = TRY(connection.query(fmt::format(
            "SELECT {} FROM encounter e WHERE e.number = {}", encounter_columns(), newest)));
        if (const auto chunk = TRY(rows.next())) {
            std::string bytes;
            write_row(raw_row(chunk->columns(), 0), bytes);
            is_other = bytes != *kept;
        }
    }
    if (is_other) {
        const Status removed = at_hand_->pause();
        at_hand_->resume();
        return removed;
    }
    return {};
}

/// Without those of customers who were erased since it was read.
void DuckLedger::put_at_hand(const RowsAtHand::Feed& feed, const duck::Chunk& chunk) const {
    if (!feed.fits) {
        return;
    }
    const std::vector<duck::Column> columns = chunk.columns();
    std::vector<RawRow> rows;
    rows.reserve(chunk.size());
    {
        const CustomerNames::Reader names(codes_.customers);
        for (std::size_t row = 0; row < chunk.size(); ++row) {
            const RawRow raw = raw_row(columns, row);
            if (!names.is_gone(raw.customer)) {
                rows.push_back(raw);
            }
        }
    }
    at_hand_->put(feed, rows);
}

Status DuckLedger::take_encounters_at_hand(const std::stop_token& stop) {
    const std::uint64_t last = TRY(last_number());
    for (std::uint64_t from = at_hand_->encounters(); from < last;) {
        const auto feed = at_hand_->feed(from);
        if (!feed.fits || stop.stop_requested()) {
            return {};
        }
        const std::uint64_t to = std::min(last, from + numbers_at_once);
        auto connection = TRY(connect());
        auto statement = TRY(connection.prepare(
            fmt::format("SELECT {} FROM encounter e WHERE e.number > {} AND e.number <= {} "
                        "ORDER BY e.number",
                        encounter_columns(),
                        from,
                        to)));
        auto rows = TRY(statement.stream());
        while (const auto chunk = TRY(rows.next())) {
            if (stop.stop_requested()) {
                return {};
            }
            put_at_hand(feed, *chunk);
        }
        at_hand_->reach(feed, to);
        from = to;
    }
    return {};
}

/// Of those that are in the file only whose they are is read.
Status DuckLedger::take_changes_at_hand(const std::stop_token& stop) {
    const std::uint32_t last = last_trait_of(last_change_);
    for (std::uint32_t from = at_hand_->changes(); from < last;) {
        const auto feed = at_hand_->feed_changes(from);
        if (!feed.fits || stop.stop_requested()) {
            return {};
        }
        const std::uint32_t in_file = at_hand_->changes_in_file();
        const bool is_whole = from >= in_file;
        const std::uint64_t end = std::min<std::uint64_t>(is_whole ? last : std::min(in_file, last),
                                                          from + numbers_at_once);
        const auto to = static_cast<std::uint32_t>(end);
        auto connection = TRY(connect());
        auto rows = TRY(connection.query(
            fmt::format("SELECT number, customer{} FROM trait_change WHERE number > {} AND number "
                        "<= {} ORDER BY number",
                        is_whole ? ", time, source, traits" : "",
                        from,
                        to)));
        while (const auto chunk = TRY(rows.next())) {
            for (std::size_t row = 0; row < chunk->size(); ++row) {
                RawTraits told;
                told.number = chunk->column(0).number<std::uint32_t>(row);
                told.customer = chunk->column(1).number<std::uint32_t>(row);
                if (is_whole) {
                    told.at = Instant(Milliseconds(chunk->column(2).number<std::int64_t>(row)));
                    told.source = chunk->column(3).text(row);
                    told.traits = read_traits(chunk->column(4), row);
                }
                at_hand_->put(feed, told);
            }
        }
        at_hand_->reach_changes(feed, to);
        from = to;
    }
    return {};
}

/// In order of commit; nothing while not all of them are at hand, or one has more than `most`.
std::optional<std::vector<RawTraits>> DuckLedger::changes_at_hand(
    std::span<const std::uint32_t> codes, std::size_t most) const {
    if (at_hand_ == nullptr) {
        return std::nullopt;
    }
    const std::uint32_t last = last_trait_of(last_change_);
    std::vector<std::uint32_t> each(codes.begin(), codes.end());
    std::ranges::sort(each);
    each.erase(std::unique(each.begin(), each.end()), each.end());
    std::vector<RawTraits> changes;
    for (const std::uint32_t code : each) {
        auto of_one = at_hand_->changes_of(code, last, most);
        if (!of_one) {
            return std::nullopt;
        }
        std::ranges::move(*of_one, std::back_inserter(changes));
    }
    std::ranges::sort(changes, {}, &RawTraits::number);
    return changes;
}

Status DuckLedger::read_numbers(std::span<const std::uint64_t> numbers,
                                const std::function<Status(std::span<const Entry>)>& take) const {
    if (at_hand_ == nullptr) {
        return read_from_table(numbers, take);
    }
    TRY(wait_for_customers());
    const std::uint64_t covered = at_hand_->encounters();
    RowReader reader(codes_);
    std::vector<Entry> entries;
    std::vector<std::uint64_t> others;
    for (const std::uint64_t number : numbers) {
        const auto found =
            number <= covered ? at_hand_->encounter(number) : Result<std::optional<std::string>>();
        const auto row = found && *found ? read_row(number, **found) : std::nullopt;
        if (row) {
            Entry entry;
            if (TRY(reader.read_row(*row, entry))) {
                entries.push_back(std::move(entry));
            }
        } else {
            // Seldom: what is newer, what was removed from here meanwhile, and what does not exist.
            others.push_back(number);
        }
        if (entries.size() == entries_at_once) {
            TRY(take(entries));
            entries.clear();
        }
    }
    if (!entries.empty()) {
        TRY(take(entries));
    }
    return read_from_table(others, take);
}

}  // namespace kokemus::ledger
