#include "ledger/erasure_rows.h"

#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "duck/duck.h"

namespace kokemus::ledger {

namespace {

using encounter::CustomerName;

std::int64_t milliseconds(Instant time) {
    return time.time_since_epoch().count();
}

/// Names as SQL: a list of texts, kept as one.
std::string list_of(const std::vector<CustomerName>& names) {
    std::string list;
    for (const CustomerName& name : names) {
        list += (list.empty() ? "" : ", ") + duck::literal(name.value());
    }
    return fmt::format("CAST(to_json([{}]::VARCHAR[]) AS VARCHAR)", list);
}

Instant instant_at(const duck::Chunk& chunk, std::size_t column, std::size_t row) {
    return Instant(Milliseconds(chunk.column(column).number<std::int64_t>(row)));
}

Erasure erasure_at(const duck::Chunk& chunk, std::size_t row) {
    const auto text = [&](std::size_t column) {
        return std::string(chunk.column(column).text(row));
    };
    const auto number = [&](std::size_t column) {
        return chunk.column(column).number<std::uint64_t>(row);
    };
    Erasure erasure;
    erasure.number = number(0);
    erasure.ordered_at = instant_at(chunk, 1, row);
    erasure.ordered_by = text(2);
    erasure.reason = text(3);
    std::istringstream digests(text(4));
    for (std::string digest; digests >> digest;) {
        erasure.digests.push_back(digest);
    }
    erasure.encounters = number(5);
    erasure.texts = number(6);
    erasure.traits = number(7);
    if (!chunk.column(8).is_null(row)) {
        erasure.finished_at = instant_at(chunk, 8, row);
    }
    erasure.remains = text(9);
    erasure.previous = text(10);
    erasure.seal = text(11);
    return erasure;
}

}  // namespace

Status insert_erasure(duck::Connection& connection, const Erasure& receipt,
                      const std::vector<CustomerName>& names) {
    auto insert = TRY(connection.prepare(fmt::format(
        "INSERT INTO erasure VALUES ($1, make_timestamp_ms($2::BIGINT), $3, $4, $5, $6, $7, $8, "
        "NULL, '', '', '', {})",
        list_of(names))));
    insert.bind(1, receipt.number);
    insert.bind(2, milliseconds(receipt.ordered_at));
    insert.bind(3, std::string_view(receipt.ordered_by));
    insert.bind(4, std::string_view(receipt.reason));
    const std::string digests = fmt::format("{}", fmt::join(receipt.digests, " "));
    insert.bind(5, std::string_view(digests));
    insert.bind(6, receipt.encounters);
    insert.bind(7, receipt.texts);
    insert.bind(8, receipt.traits);
    TRY(insert.run());
    return insert_digests(connection, receipt.digests);
}

Status insert_digests(duck::Connection& connection, std::span<const std::string> digests) {
    for (const std::string& digest : digests) {
        TRY(
            connection.execute(fmt::format("DELETE FROM erased WHERE digest = {0};"
                                           "INSERT INTO erased VALUES ({0})",
                                           duck::literal(digest))));
    }
    return {};
}

Result<std::vector<Erasure>> read_erasures(duck::Connection& connection) {
    auto rows =
        TRY(connection.query("SELECT number, ordered_at, ordered_by, reason, digests, encounters, "
                             "texts, traits, finished_at, remains, previous, seal FROM erasure "
                             "ORDER BY number"));
    std::vector<Erasure> list;
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            list.push_back(erasure_at(*chunk, row));
        }
    }
    return list;
}

Result<std::vector<CustomerName>> read_unfinished(duck::Connection& connection) {
    auto rows = TRY(
        connection.query("SELECT unnest(from_json(names, '[\"VARCHAR\"]')) AS name FROM erasure "
                         "WHERE finished_at IS NULL"));
    std::vector<CustomerName> names;
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            names.emplace_back(std::string(chunk->column(0).text(row)));
        }
    }
    return names;
}

Status copy_erasures(duck::Connection& connection, std::string_view into,
                     const std::vector<Erasure>& finished) {
    std::string numbers = "0";
    for (const Erasure& erasure : finished) {
        numbers += fmt::format(",{}", erasure.number);
    }
    // The names are left out on the way, so that they never were in the new file.
    TRY(connection.execute(fmt::format(
        "INSERT INTO {}.erasure SELECT * REPLACE (CASE WHEN number IN ({}) THEN NULL ELSE names "
        "END AS names) FROM erasure ORDER BY number",
        into,
        numbers)));
    for (const Erasure& erasure : finished) {
        auto update = TRY(connection.prepare(fmt::format(
            "UPDATE {}.erasure SET finished_at = make_timestamp_ms($1::BIGINT), remains = $2, "
            "previous = $3, seal = $4 WHERE number = $5",
            into)));
        update.bind(1, milliseconds(erasure.finished_at.value_or(erasure.ordered_at)));
        update.bind(2, std::string_view(erasure.remains));
        update.bind(3, std::string_view(erasure.previous));
        update.bind(4, std::string_view(erasure.seal));
        update.bind(5, erasure.number);
        TRY(update.run());
    }
    return {};
}

}  // namespace kokemus::ledger
