#include "ledger/read_through.h"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "duck/duck.h"
#include "ledger/log_damage.h"

namespace kokemus::ledger {

namespace {

constexpr std::uint64_t memory_bytes = 1ULL << 30U;

struct Place {
    std::string table;
    std::string column;
};

Result<duck::Database> open_reading_only(const std::filesystem::path& file) {
    duck::Options options;
    options.memory_bytes = memory_bytes;
    options.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    options.settings.emplace_back("access_mode", "READ_ONLY");
    return duck::Database::open(file, options);
}

Result<std::vector<Place>> places_of(duck::Connection& connection) {
    auto rows = TRY(
        connection.query("SELECT table_name, column_name FROM duckdb_columns() WHERE table_oid IN "
                         "(SELECT table_oid FROM duckdb_tables() WHERE NOT internal) "
                         "ORDER BY table_name, column_index"));
    std::vector<Place> places;
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            places.push_back(
                {std::string(chunk->column(0).text(row)), std::string(chunk->column(1).text(row))});
        }
    }
    return places;
}

/// A digest needs every value, so that nothing is passed over.
Status read_column(duck::Connection& connection, const Place& place) {
    auto rows = TRY(connection.query(fmt::format("SELECT bit_xor(hash({})) FROM {}",
                                                 duck::identifier(place.column),
                                                 duck::identifier(place.table))));
    while (TRY(rows.next())) {
    }
    return {};
}

Result<std::uint64_t> number_of(duck::Connection& connection, const char* sql) {
    auto rows = TRY(connection.query(sql));
    const auto number = TRY(std::move(rows).one_number());
    return static_cast<std::uint64_t>(number.value_or(0));
}

/// Rows come in the order of commit, in which each number is above the one before.
Status count_numbers(duck::Connection& connection, ReadThrough& read) {
    auto statement = TRY(connection.prepare("SELECT number FROM encounter"));
    auto rows = TRY(statement.stream());
    std::uint64_t falls = 0;
    while (const auto chunk = TRY(rows.next())) {
        const duck::Column numbers = chunk->column(0);
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const auto number = numbers.number<std::uint64_t>(row);
            falls += number <= read.last_number ? 1 : 0;
            read.last_number = std::max(read.last_number, number);
        }
    }
    if (falls > 0) {
        read.damage.push_back(
            fmt::format("{} of the encounters have a number that is not above the one before",
                        thousands(static_cast<std::int64_t>(falls))));
    }
    return {};
}

Status count(duck::Connection& connection, ReadThrough& read) {
    read.version = static_cast<int>(
        TRY(number_of(connection, "SELECT max(version)::BIGINT FROM schema_version")));
    constexpr int first_version_with_id = 2;
    if (read.version >= first_version_with_id) {
        auto rows = TRY(connection.query("SELECT min(id) FROM identity"));
        read.id = TRY(std::move(rows).one_text()).value_or("");
    }
    read.encounters = TRY(number_of(connection, "SELECT count(*)::BIGINT FROM encounter"));
    // As Ledger::totals counts them: also who has traits and no encounter.
    constexpr int first_version_with_codes = 3;
    read.customers = TRY(number_of(connection,
                                   read.version >= first_version_with_codes
                                       ? "SELECT count(*) FILTER (name <> '')::BIGINT FROM customer"
                                       : "SELECT count(DISTINCT customer)::BIGINT FROM encounter"));
    TRY(count_numbers(connection, read));
    constexpr int first_version_with_erasures = 4;
    if (read.version >= first_version_with_erasures) {
        // Numbers of what was erased are not given again.
        read.last_number =
            std::max(read.last_number,
                     TRY(number_of(connection, "SELECT max(number)::BIGINT FROM reached")));
    }
    return {};
}

}  // namespace

Result<ReadThrough> read_through(const std::filesystem::path& file, const Reading& reading) {
    const auto tell = [&](std::string_view what) {
        if (reading) {
            reading(what);
        }
    };
    tell("the log");
    TRY(check_log(file));
    duck::Database database = TRY(open_reading_only(file));
    duck::Connection connection = TRY(database.connect());
    ReadThrough read;
    const std::vector<Place> places = TRY(places_of(connection));
    if (places.empty()) {
        return read;
    }
    for (const Place& place : places) {
        const std::string name = place.table + "." + place.column;
        tell(name);
        if (const Status done = read_column(connection, place); !done) {
            if (done.error().code != ErrorCode::Corrupt) {
                return done.error();
            }
            read.damage.push_back(fmt::format("{}: {}", name, done.error().message));
        }
    }
    if (read.damage.empty()) {
        tell("numbers");
        TRY(count(connection, read));
    }
    return read;
}

}  // namespace kokemus::ledger
