#include <algorithm>
#include <exception>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/log.h"
#include "base/test_moment.h"
#include "ledger/duck_ledger.h"
#include "ledger/erasure_rows.h"
#include "ledger/rows.h"

namespace kokemus::ledger {

namespace {

using encounter::CustomerName;

struct Counted {
    std::uint64_t encounters = 0;
    std::uint64_t texts = 0;
    std::uint64_t traits = 0;
};

std::string listed(std::span<const std::uint32_t> codes) {
    return fmt::format("(SELECT unnest([{}]::UINTEGER[]))", fmt::join(codes, ","));
}

Result<Counted> count_rows(duck::Connection& connection, std::span<const std::uint32_t> codes) {
    auto rows = TRY(connection.query(
        fmt::format("SELECT count(*), count(text), (SELECT count(*) FROM trait WHERE customer IN "
                    "{0}) FROM encounter WHERE customer IN {0}",
                    listed(codes))));
    const auto chunk = TRY(rows.next());
    return Counted{chunk->column(0).number<std::uint64_t>(0),
                   chunk->column(1).number<std::uint64_t>(0),
                   chunk->column(2).number<std::uint64_t>(0)};
}

}  // namespace

Erasing& erasing_of(Ledger& ledger) {
    return dynamic_cast<Erasing&>(ledger);
}

/// Deletes the rows and keeps the order, in the writer's transaction.
Result<Erasure> DuckLedger::write_erasure(const ErasureOrder& order,
                                          std::span<const std::uint32_t> codes) {
    Erasure receipt;
    receipt.number = last_erasure_ + 1;
    receipt.ordered_at = order.at;
    receipt.ordered_by = order.by;
    receipt.reason = order.reason;
    for (const CustomerName& name : order.customers) {
        receipt.digests.push_back(digest_of(name));
    }
    std::ranges::sort(receipt.digests);
    if (!codes.empty()) {
        const Counted counted = TRY(count_rows(writer_, codes));
        receipt.encounters = counted.encounters;
        receipt.texts = counted.texts;
        receipt.traits = counted.traits;
        TRY(
            writer_.execute(fmt::format("DELETE FROM encounter WHERE customer IN {0};"
                                        "DELETE FROM trait WHERE customer IN {0};"
                                        "DELETE FROM trait_change WHERE customer IN {0};"
                                        "UPDATE customer SET name = '' WHERE code IN {0}",
                                        listed(codes))));
    }
    std::vector<std::string> names;
    for (const CustomerName& name : order.customers) {
        names.push_back(duck::literal(name.value()));
    }
    TRY(writer_.execute(
        fmt::format("DELETE FROM assertion WHERE name IN (SELECT unnest([{0}])) OR other IN "
                    "(SELECT unnest([{0}]))",
                    fmt::join(names, ","))));
    TRY(insert_erasure(writer_, receipt, order.customers));
    TRY(writer_.execute(fmt::format("INSERT INTO reached VALUES ({}, {}, {})",
                                    next_number_ - 1,
                                    last_trait_,
                                    last_assertion_.load())));
    return receipt;
}

/// The codes of these names, on disk or not; `codes_.mutex` is held.
std::vector<std::uint32_t> DuckLedger::known_codes(std::span<const CustomerName> customers) const {
    std::vector<std::uint32_t> codes;
    for (const CustomerName& name : customers) {
        const std::uint32_t code = codes_.customers.known(name.value());
        if (code != 0 && std::ranges::find(codes, code) == codes.end()) {
            codes.push_back(code);
        }
    }
    return codes;
}

/// What is in memory follows what is on disk. A name may have got its code since the order was
/// looked at: what waits to be written under it is refused too.
void DuckLedger::forget(std::span<const CustomerName> customers, const Erasure& receipt) {
    const std::scoped_lock lock(codes_.mutex);
    const std::vector<std::uint32_t> codes = known_codes(customers);
    codes_.customers.erase(codes, receipt.digests);
    for (const std::uint32_t code : codes) {
        if (code < has_traits_.size()) {
            has_traits_[code] = false;
        }
    }
}

Result<Erasure> DuckLedger::erase(const ErasureOrder& order) {
    if (order.customers.empty()) {
        return Error{ErrorCode::InvalidInput, "nobody is named who is to be erased"};
    }
    const std::scoped_lock lock(write_mutex_);
    TRY(ready_to_write());
    std::vector<std::uint32_t> codes;
    Codes::Mark mark;
    {
        const std::scoped_lock codes_lock(codes_.mutex);
        codes = known_codes(order.customers);
        mark = codes_.mark();
    }
    const Known known = TRY(known_of(order.customers, codes));
    const TestMoment moment("erasure");
    Erasure receipt;
    const auto write = [&]() -> Status {
        receipt = TRY(write_erasure(order, codes));
        return {};
    };
    TRY(transaction(mark, write));
    // It is kept whatever comes: who ordered it is told so, and nothing is written by a memory
    // that may know less.
    if (const Status followed = follow_erasure(order, receipt, known); !followed) {
        const Error why = stop(followed.error());
        log_error("an erasure was written: {}", why.message);
    }
    return receipt;
}

/// Of what is on disk.
Status DuckLedger::follow_erasure(const ErasureOrder& order, const Erasure& receipt,
                                  const Known& known) {
    try {
        last_erasure_ = receipt.number;
        forget(order.customers, receipt);
        forget(known);
        return load_totals();
    } catch (const std::exception& failure) {
        return internal_error(failure.what());
    }
}

Result<std::vector<Erasure>> DuckLedger::erasures() const {
    auto connection = TRY(connect());
    return read_erasures(connection);
}

Result<std::vector<CustomerName>> DuckLedger::unfinished() const {
    auto connection = TRY(connect());
    return read_unfinished(connection);
}

bool DuckLedger::is_erased(const CustomerName& name) const {
    return codes_.customers.is_refused(name.value());
}

std::string DuckLedger::digest_of(const CustomerName& name) const {
    return codes_.customers.digest_of(name.value());
}

std::vector<std::string> DuckLedger::refused_digests() const {
    return codes_.customers.refused();
}

Status DuckLedger::readmit(const CustomerName& name) {
    const std::scoped_lock lock(write_mutex_);
    TRY(ready_to_write());
    if (!is_erased(name)) {
        return Error{ErrorCode::NotFound, "nobody of this name was erased"};
    }
    const std::string digest = digest_of(name);
    const auto write = [&] {
        return writer_.execute(
            fmt::format("DELETE FROM erased WHERE digest = {}", duck::literal(digest)));
    };
    TRY(transaction(codes_.mark(), write));
    const std::scoped_lock codes_lock(codes_.mutex);
    codes_.customers.readmit(digest);
    return {};
}

Status DuckLedger::refuse(std::span<const std::string> digests) {
    const std::scoped_lock lock(write_mutex_);
    TRY(ready_to_write());
    const auto write = [&] { return insert_digests(writer_, digests); };
    TRY(transaction(codes_.mark(), write));
    const std::scoped_lock codes_lock(codes_.mutex);
    codes_.customers.erase({}, digests);
    return {};
}

Result<std::vector<CustomerName>> DuckLedger::names_with(
    std::span<const std::string> digests) const {
    TRY(wait_for_customers());
    std::vector<CustomerName> found;
    const std::uint32_t end = codes_.customers.saved();
    const CustomerNames::Reader names(codes_.customers);
    for (std::uint32_t code = 1; code < end; ++code) {
        const std::string_view name = names.name(code);
        if (!name.empty() &&
            std::ranges::binary_search(digests, codes_.customers.digest_of(name))) {
            found.emplace_back(std::string(name));
        }
    }
    return found;
}

Result<std::vector<TextFound>> DuckLedger::find_text(std::string_view text) const {
    auto connection = TRY(connect());
    auto columns = TRY(connection.query(
        "SELECT table_name, column_name, data_type LIKE 'MAP%' FROM duckdb_columns() WHERE "
        "database_name = "
        "current_database() AND NOT internal AND (data_type = 'VARCHAR' OR data_type LIKE 'MAP%') "
        "AND table_name IN (SELECT table_name FROM duckdb_tables()) ORDER BY ALL"));
    std::vector<TextFound> found;
    while (const auto chunk = TRY(columns.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const std::string table(chunk->column(0).text(row));
            const std::string column(chunk->column(1).text(row));
            // Each text by itself: a map that is cast has signs of its own around and in them.
            const auto* const holds =
                chunk->column(2).number<bool>(row)
                    ? "len(list_filter(list_concat(map_keys({1}), map_values({1})), "
                      "lambda each: contains(each, $1))) > 0"
                    : "contains({1}, $1)";
            auto counted = TRY(connection.prepare(
                fmt::format(fmt::runtime(std::string("SELECT count(*) FROM {0} WHERE ") + holds),
                            duck::identifier(table),
                            duck::identifier(column))));
            counted.bind(1, text);
            auto rows = TRY(counted.run());
            const auto number = TRY(std::move(rows).one_number()).value_or(0);
            if (number > 0) {
                found.push_back({table + "." + column, static_cast<std::uint64_t>(number)});
            }
        }
    }
    return found;
}

}  // namespace kokemus::ledger
