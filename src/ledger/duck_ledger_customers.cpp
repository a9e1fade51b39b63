#include <algorithm>

#include <fmt/format.h>

#include "consent/consent.h"
#include "ledger/customer_change.h"
#include "ledger/duck_ledger.h"
#include "ledger/duck_ledger_telling.h"

namespace kokemus::ledger {

namespace {

using encounter::Customer;
using encounter::CustomerName;

/// Of those that are given to a reader together.
constexpr std::size_t customers_at_once = 2048;

/// Of one customer's changes, to know their traits: with more the row of the table costs less.
constexpr std::size_t changes_replayed_max = 200;

Customer read_customer_row(const duck::Chunk& chunk, std::size_t row) {
    Customer customer{CustomerName(std::string(chunk.column(0).text(row))),
                      read_traits(chunk.column(1), row)};
    if (consent::has_consents(customer.traits)) {
        // Those of before there was one spelling for them.
        const consent::Traits* const traits = &customer.traits;
        consent::settle(customer.traits, std::span(&traits, 1));
    }
    return customer;
}

std::vector<Customer> read_customer_rows(const duck::Chunk& chunk) {
    std::vector<Customer> out;
    out.reserve(chunk.size());
    for (std::size_t row = 0; row < chunk.size(); ++row) {
        out.push_back(read_customer_row(chunk, row));
    }
    return out;
}

}  // namespace

std::map<std::string, std::string> read_traits(const duck::Column& traits, std::size_t row) {
    std::map<std::string, std::string> out;
    const duck::Column pairs = traits.child();
    const auto span = traits.list(row);
    for (std::uint64_t i = span.offset; i < span.offset + span.length; ++i) {
        out.emplace(pairs.field(0).text(i), pairs.field(1).text(i));
    }
    return out;
}

Result<std::map<std::uint32_t, Customer>> DuckLedger::stored_traits(
    std::span<const std::uint32_t> codes) const {
    std::map<std::uint32_t, Customer> out;
    if (codes.empty()) {
        return out;
    }
    auto connection = TRY(connect());
    auto rows = TRY(connection.query(fmt::format(
        "SELECT c.name, t.traits, t.customer FROM trait t JOIN customer c ON c.code = t.customer "
        "WHERE t.customer IN (SELECT unnest([{}]::UINTEGER[]))",
        fmt::join(codes, ","))));
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            out.emplace(chunk->column(2).number<std::uint32_t>(row),
                        read_customer_row(*chunk, row));
        }
    }
    return out;
}

/// As `stored_traits`, for those who only read.
Result<std::map<std::uint32_t, Customer>> DuckLedger::traits_now(
    std::span<const std::uint32_t> codes) const {
    const auto at_hand = changes_at_hand(codes, changes_replayed_max);
    if (!at_hand) {
        return stored_traits(codes);
    }
    std::map<std::uint32_t, Customer> out;
    for (const RawTraits& told : *at_hand) {
        auto& [name, traits] = out[told.customer];
        if (name.value().empty()) {
            name = CustomerName(customer_name(told.customer));
        }
        for (const auto& [trait, value] : told.traits) {
            if (value.empty()) {
                traits.erase(trait);
            } else {
                traits.insert_or_assign(trait, value);
            }
        }
    }
    return out;
}

Result<std::optional<Customer>> DuckLedger::customer(const CustomerName& name) const {
    TRY(wait_for_customers());
    const auto code = codes_.customers.find(name.value());
    if (!code) {
        return std::optional<Customer>();
    }
    auto stored = TRY(traits_now(std::span(&*code, 1)));
    return std::optional(stored.empty() ? Customer{name, {}} : std::move(stored.begin()->second));
}

/// Of those that are known.
Result<std::vector<std::uint32_t>> DuckLedger::codes_of(std::span<const CustomerName> names) const {
    TRY(wait_for_customers());
    std::vector<std::uint32_t> codes;
    for (const CustomerName& name : names) {
        if (const auto code = codes_.customers.find(name.value())) {
            codes.push_back(*code);
        }
    }
    return codes;
}

Result<std::vector<TraitChange>> DuckLedger::trait_changes(
    std::span<const CustomerName> names) const {
    const std::vector<std::uint32_t> codes = TRY(codes_of(names));
    std::vector<TraitChange> changes;
    if (codes.empty()) {
        return changes;
    }
    if (auto at_hand = changes_at_hand(codes)) {
        for (RawTraits& told : *at_hand) {
            changes.push_back({CustomerName(customer_name(told.customer)),
                               told.at,
                               std::move(told.source),
                               std::move(told.traits)});
        }
        return changes;
    }
    TRY(scan_trait_changes(
        codes,
        [&](std::uint32_t customer, Instant at, std::string_view source, const auto& traits) {
            changes.push_back(
                {CustomerName(customer_name(customer)), at, std::string(source), traits});
        }));
    return changes;
}

Result<std::vector<Customer>> DuckLedger::customers(std::span<const CustomerName> names) const {
    const std::vector<std::uint32_t> codes = TRY(codes_of(names));
    std::vector<Customer> out;
    for (auto& [code, customer] : TRY(traits_now(codes))) {
        if (!customer.traits.empty()) {
            out.push_back(std::move(customer));
        }
    }
    std::ranges::sort(out, {}, [](const Customer& one) { return one.name.value(); });
    return out;
}

Status DuckLedger::scan_customers(
    const std::function<Status(std::span<const Customer>)>& take) const {
    auto connection = TRY(connect());
    auto statement = TRY(connection.prepare(
        "SELECT c.name, t.traits FROM trait t JOIN customer c ON c.code = t.customer "
        "WHERE cardinality(t.traits) > 0 ORDER BY c.name"));
    auto rows = TRY(statement.stream());
    while (const auto chunk = TRY(rows.next())) {
        TRY(take(read_customer_rows(*chunk)));
    }
    return {};
}

/// Costs what has changed, however many customers there are: names are in memory.
Status DuckLedger::scan_customers_since(
    std::uint64_t after, const std::function<Status(std::span<const Customer>)>& take) const {
    TRY(wait_for_customers());
    const std::uint32_t known = last_customer_of(after);
    const std::uint32_t newest = std::max(known, last_customer_of(last_change_));
    std::vector<bool> given(newest - known + std::size_t{1});
    auto connection = TRY(connect());
    auto statement =
        TRY(connection.prepare("SELECT customer, traits FROM trait WHERE number > $1"));
    statement.bind(1, std::uint64_t{last_trait_of(after)});
    auto rows = TRY(statement.stream());
    while (const auto chunk = TRY(rows.next())) {
        std::vector<Customer> some;
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const auto code = chunk->column(0).number<std::uint32_t>(row);
            if (std::string name = customer_name(code); !name.empty()) {
                some.push_back({CustomerName(std::move(name)), read_traits(chunk->column(1), row)});
            }
            if (code > known && code <= newest) {
                given[code - known] = true;
            }
        }
        TRY(take(some));
    }
    std::vector<Customer> others;
    for (std::uint32_t code = known + 1; code <= newest; ++code) {
        if (std::string name = given[code - known] ? std::string() : customer_name(code);
            !name.empty()) {
            others.push_back({CustomerName(std::move(name)), {}});
        }
        if (others.size() == customers_at_once || code == newest) {
            TRY(take(others));
            others.clear();
        }
    }
    return {};
}

Result<std::vector<Customer>> DuckLedger::find_customers(std::string_view text,
                                                         std::size_t limit) const {
    auto connection = TRY(connect());
    auto statement = TRY(connection.prepare(
        "SELECT name, ifnull(traits, MAP {}::MAP(VARCHAR, VARCHAR)) FROM customer LEFT JOIN trait "
        "ON customer = code WHERE name <> '' AND (contains(lower(name), lower($1)) "
        "OR contains(lower(array_to_string(map_values(traits), chr(10))), lower($1))) ORDER BY "
        "name "
        "LIMIT $2"));
    statement.bind(1, text);
    statement.bind(2, static_cast<std::int64_t>(limit));
    auto rows = TRY(statement.run());
    std::vector<Customer> out;
    while (const auto chunk = TRY(rows.next())) {
        for (Customer& found : read_customer_rows(*chunk)) {
            out.push_back(std::move(found));
        }
    }
    return out;
}

}  // namespace kokemus::ledger
