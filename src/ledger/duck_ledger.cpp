#include "ledger/duck_ledger.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/file.h"
#include "base/log.h"
#include "encounter/body_hash.h"
#include "ledger/customer_change.h"
#include "ledger/fresh_file.h"
#include "ledger/ledger_database.h"
#include "ledger/log_damage.h"
#include "ledger/rows.h"
#include "ledger/schema.h"
#include "ledger/start_seed.h"

namespace kokemus::ledger {

namespace {

/// Room for the keys of so many is made at once, for more as they come: 0.8 GiB.
constexpr std::uint64_t coming_max = 32'000'000;

/// The numbers of a customer with an ordinary life.
constexpr std::size_t numbers_listed_max = 1000;

}  // namespace

Result<std::unique_ptr<Ledger>> Ledger::open(const std::filesystem::path& folder) {
    return DuckLedger::open(folder, {});
}

Result<std::unique_ptr<Ledger>> DuckLedger::open(const std::filesystem::path& folder,
                                                 const Options& options) {
    TRY(make_folders(folder / "ledger"));
    FolderLock lock = TRY(FolderLock::take(folder));
    TRY(remove_spilled(folder / "ledger"));
    TRY(FreshFile::settle(folder / "ledger"));
    TRY(make_database(folder / "ledger"));
    TRY(mend_log(folder / "ledger" / "encounters.duckdb"));
    duck::Database database = TRY(open_database(folder / "ledger", Access::Writing));
    duck::Connection writer = TRY(connect_to_write(database));
    TRY(migrate(writer));
    TRY(leave_log_at_close(writer));
    Prepared prepared = TRY(Prepared::on(writer));
    auto ledger = std::unique_ptr<DuckLedger>(new DuckLedger(
        std::move(lock), std::move(database), std::move(writer), std::move(prepared), options));
    ledger->folder_ = folder / "ledger";
    ledger->log_name_.emplace(ledger->folder_ / "encounters.duckdb");
    TRY(sync_folder(ledger->folder_));
    TRY(ledger->load());
    return std::unique_ptr<Ledger>(std::move(ledger));
}

DuckLedger::DuckLedger(FolderLock lock, duck::Database database, duck::Connection writer,
                       Prepared prepared, const Options& options)
    : lock_(std::move(lock)),
      options_(options),
      database_(std::make_shared<const duck::Database>(std::move(database))),
      writer_(std::move(writer)),
      prepared_(std::move(prepared)) {
    if (options_.key == nullptr) {
        options_.key = [](std::string_view customer, std::string_view id) {
            return encounter::identity_key(customer, id, start_seed());
        };
    }
}

DuckLedger::~DuckLedger() {
    at_hand_keeper_ = {};
    if (loader_.joinable()) {
        loader_.request_stop();
        loader_.join();
    }
    std::error_code none;
    const auto log_bytes = std::filesystem::file_size(folder_ / "encounters.duckdb.wal", none);
    if (!none && log_bytes > 0 && !stopped()) {
        (void)writer_.execute("CHECKPOINT").has_value();  // else the next start reads the log
    }
}

Result<duck::Connection> DuckLedger::connect() const {
    auto database = reading_.with([&](const auto& reading) {
        return reading ? reading : database_.with([](const auto& held) { return held; });
    });
    duck::Connection connection = TRY(database->connect());
    connection.keep(std::move(database));
    return connection;
}

/// After a failed sync DuckDB gives a database up, for reading too. What was acknowledged stands in
/// the file, which is opened once more beside it; nothing is written through that.
void DuckLedger::read_on() {
    auto connection = connect();
    if (connection && connection->execute("SELECT max(number) FROM encounter")) {
        return;
    }
    auto again = open_database(folder_, Access::ReadingOnly);
    if (!again) {
        log_error("the ledger cannot be read either: {}", again.error().message);
        return;
    }
    auto database = std::make_shared<const duck::Database>(std::move(*again));
    reading_.with([&](auto& held) { held = std::move(database); });
}

Status DuckLedger::load_id() {
    auto rows = TRY(writer_.query("SELECT min(id) FROM identity HAVING count(*) = 1"));
    const auto chunk = TRY(rows.next());
    if (!chunk) {
        return Error{ErrorCode::Corrupt,
                     "the ledger does not say which one it is; restore it from a backup"};
    }
    id_ = chunk->column(0).text(0);
    auto derived = TRY(writer_.query("SELECT max(keys) FROM derived"));
    derived_by_ = TRY(std::move(derived).one_text()).value_or("");
    return {};
}

Result<DuckLedger::Prepared> DuckLedger::Prepared::on(duck::Connection& writer) {
    return Prepared{
        .begin = TRY(writer.prepare("BEGIN")),
        .commit = TRY(writer.prepare("COMMIT")),
        .insert = TRY(duck::ChunkInsert::open(writer, "encounter", encounter_column_types()))};
}

/// Numbers are never given twice, also where the newest rows were erased.
Status DuckLedger::load_totals() {
    auto rows = TRY(
        writer_.query("SELECT count(*), min(time), max(time), "
                      "greatest(max(number), (SELECT max(number) FROM reached)) FROM encounter"));
    const auto chunk = TRY(rows.next());
    Totals totals;
    totals.encounters = chunk->column(0).number<std::uint64_t>(0);
    if (totals.encounters > 0) {
        totals.first = Instant(Milliseconds(chunk->column(1).number<std::int64_t>(0)));
        totals.latest = Instant(Milliseconds(chunk->column(2).number<std::int64_t>(0)));
    }
    if (!chunk->column(3).is_null(0)) {
        totals.last_number = chunk->column(3).number<std::uint64_t>(0);
    }
    auto counted = TRY(writer_.query(
        "SELECT count(*), count(*) FILTER (name <> ''), "
        "(SELECT greatest(max(number), (SELECT max(trait) FROM reached)) FROM trait), "
        "(SELECT max(number) FROM erasure), "
        "(SELECT greatest(max(number), (SELECT max(assertion) FROM reached)) FROM assertion) "
        "FROM customer"));
    const auto counts = TRY(counted.next());
    const auto number_or_none = [&](std::size_t column) {
        return counts->column(column).is_null(0) ? 0
                                                 : counts->column(column).number<std::uint32_t>(0);
    };
    totals.customers = counts->column(1).number<std::uint64_t>(0);
    last_trait_ = number_or_none(2);
    last_erasure_ = counts->column(3).is_null(0) ? 0 : counts->column(3).number<std::uint64_t>(0);
    last_assertion_ = number_or_none(4);
    last_change_ = change_of(last_trait_, counts->column(0).number<std::uint64_t>(0));
    next_number_ = totals.last_number + 1;
    totals_.with([&](Totals& held) { held = totals; });
    return {};
}

Status DuckLedger::load() {
    TRY(load_id());
    TRY(codes_.customers.load_erased(writer_));
    TRY(codes_.customers.prepare_to_save(writer_));
    TRY(codes_.names.load(writer_));
    TRY(codes_.settings.load(writer_));
    TRY(load_totals());

    std::promise<Status> customers_loaded;
    customers_loaded_ = customers_loaded.get_future().share();
    std::promise<Status> loaded;
    loaded_ = loaded.get_future().share();
    loader_ = std::jthread([this, first = std::move(customers_loaded), second = std::move(loaded)](
                               const std::stop_token& stop) mutable {
        auto connection = connect();
        Status done =
            connection ? codes_.customers.load(*connection, stop) : Status(connection.error());
        first.set_value(done);
        second.set_value(done ? load_indexes(*connection, stop) : done);
    });
    return {};
}

void DuckLedger::prepare_to_write(std::uint64_t coming) {
    {
        const std::scoped_lock lock(wanted_mutex_);
        are_keys_wanted_ = true;
        coming_ = std::max(coming_, coming);
    }
    wanted_.notify_all();
}

/// What only writers need, once there is one: who just asks a question does not pay for it.
Status DuckLedger::load_indexes(duck::Connection& connection, const std::stop_token& stop) {
    std::uint64_t coming = 0;
    {
        std::unique_lock lock(wanted_mutex_);
        if (!wanted_.wait(lock, stop, [this] { return are_keys_wanted_; })) {
            return Error{ErrorCode::Cancelled, "the ledger is being closed"};
        }
        coming = coming_;
    }
    TRY(load_traits(connection));
    TRY(load_assertions(connection));
    TRY(load_holders(connection));
    keys_.reserve(next_number_ + std::min(coming, coming_max));
    return load_keys(connection, 0, stop);
}

Status DuckLedger::wait_for_customers() const {
    return customers_loaded_.get();
}

Status DuckLedger::load_traits(duck::Connection& connection) {
    // Those on disk: who lays out a batch meanwhile gives out codes behind them.
    has_traits_.resize(codes_.customers.saved());
    auto statement = TRY(connection.prepare("SELECT customer FROM trait"));
    auto rows = TRY(statement.stream());
    while (const auto chunk = TRY(rows.next())) {
        const duck::Column codes = chunk->column(0);
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const auto code = codes.number<std::uint32_t>(row);
            if (code >= has_traits_.size()) {
                return Error{ErrorCode::Corrupt,
                             fmt::format("the ledger has traits of the customer {}, whom it does "
                                         "not know; restore it from a backup",
                                         code)};
            }
            has_traits_[code] = true;
        }
    }
    return {};
}

/// Of the encounters from a number on.
Status DuckLedger::load_keys(duck::Connection& connection, std::uint64_t from,
                             const std::stop_token& stop) {
    auto statement =
        TRY(connection.prepare("SELECT number, customer, id FROM encounter WHERE number >= $1"));
    statement.bind(1, from);
    auto rows = TRY(statement.stream());
    const CustomerNames::Reader names(codes_.customers);
    while (const auto chunk = TRY(rows.next())) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "the ledger is being closed"};
        }
        const duck::Column numbers = chunk->column(0);
        const duck::Column customers = chunk->column(1);
        const duck::Column ids = chunk->column(2);
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const std::string_view customer = names.name(customers.number<std::uint32_t>(row));
            keys_.add(options_.key(customer, ids.text(row)),
                      static_cast<std::uint32_t>(numbers.number<std::uint64_t>(row)));
        }
    }
    return {};
}

Result<Totals> DuckLedger::totals() const {
    return totals_.with([](const Totals& totals) { return totals; });
}

Result<std::uint64_t> DuckLedger::last_number() const {
    return totals_.with([](const Totals& totals) { return totals.last_number; });
}

Status DuckLedger::read_entries(duck::Rows rows,
                                const std::function<Status(std::span<const Entry>)>& take,
                                const RowsAtHand::Feed& feed) const {
    TRY(wait_for_customers());
    RowReader reader(codes_);
    std::vector<Entry> entries;
    while (const auto chunk = TRY(rows.next())) {
        put_at_hand(feed, *chunk);
        TRY(reader.read(chunk->columns(), chunk->size(), entries));
        TRY(take(entries));
    }
    return {};
}

Status DuckLedger::scan(const std::function<Status(std::span<const Entry>)>& take) const {
    auto connection = TRY(connect());
    auto statement = TRY(connection.prepare(
        fmt::format("SELECT {} FROM encounter e JOIN customer c ON c.code = e.customer "
                    "ORDER BY c.name, e.time, e.sequence, e.id",
                    encounter_columns())));
    duck::Rows rows = TRY(statement.stream());
    return read_entries(std::move(rows), take);
}

Status DuckLedger::scan_since(std::uint64_t after,
                              const std::function<Status(std::span<const Entry>)>& take) const {
    const auto feed = at_hand_ == nullptr ? RowsAtHand::Feed() : at_hand_->feed(after);
    const std::uint64_t newest = TRY(last_number());
    auto connection = TRY(connect());
    auto statement = TRY(connection.prepare(
        fmt::format("SELECT {} FROM encounter e WHERE e.number > $1", encounter_columns())));
    statement.bind(1, after);
    duck::Rows rows = TRY(statement.stream());
    std::uint64_t last = after;
    const auto check = [&](std::span<const Entry> entries) -> Status {
        for (const Entry& entry : entries) {
            if (entry.number <= last) {
                return Error{ErrorCode::Corrupt,
                             fmt::format("the ledger's rows are out of order at number {}; "
                                         "restore it from a backup",
                                         entry.number)};
            }
            last = entry.number;
        }
        return take(entries);
    };
    TRY(read_entries(std::move(rows), check, feed));
    if (feed.fits) {
        at_hand_->reach(feed, newest);
    }
    return {};
}

Status DuckLedger::read_from_table(
    std::span<const std::uint64_t> numbers,
    const std::function<Status(std::span<const Entry>)>& take) const {
    if (numbers.empty()) {
        return {};
    }
    // Few numbers are compared with the bounds of each part of the file; many are cheaper as a set.
    const bool is_few = numbers.size() <= numbers_listed_max;
    const auto [first, last] = std::ranges::minmax(numbers);
    auto connection = TRY(connect());
    auto statement = TRY(connection.prepare(fmt::format(
        "SELECT {} FROM encounter e WHERE e.number BETWEEN {} AND {} AND e.number IN {}",
        encounter_columns(),
        first,
        last,
        is_few ? fmt::format("({})", fmt::join(numbers, ","))
               : fmt::format("(SELECT unnest([{}]::UBIGINT[]))", fmt::join(numbers, ",")))));
    return read_entries(TRY(statement.run()), take);
}

Result<std::vector<Entry>> DuckLedger::read_customers(
    std::span<const encounter::CustomerName> names) const {
    const std::vector<std::uint32_t> codes = TRY(codes_of(names));
    std::vector<Entry> out;
    if (codes.empty()) {
        return out;
    }
    auto connection = TRY(connect());
    auto statement =
        TRY(connection.prepare(fmt::format("SELECT {} FROM encounter e WHERE e.customer IN ({})",
                                           encounter_columns(),
                                           fmt::join(codes, ","))));
    duck::Rows rows = TRY(statement.run());
    TRY(read_entries(std::move(rows), [&](std::span<const Entry> entries) -> Status {
        out.insert(out.end(), entries.begin(), entries.end());
        return {};
    }));
    std::ranges::sort(out, [](const Entry& a, const Entry& b) {
        const auto& left = a.encounter;
        const auto& right = b.encounter;
        return std::tie(left.time, left.sequence, left.id, left.customer) <
               std::tie(right.time, right.sequence, right.id, right.customer);
    });
    return out;
}

}  // namespace kokemus::ledger
