#include <algorithm>

#include <fmt/format.h>

#include "base/log.h"
#include "duck/appender.h"
#include "encounter/faults.h"
#include "ledger/duck_ledger.h"

namespace kokemus::ledger {

namespace {

using encounter::Customer;
using encounter::CustomerName;

Customer read_customer_row(const duck::Chunk& chunk, std::size_t row) {
    Customer customer{CustomerName(std::string(chunk.column(0).text(row))), {}};
    const duck::Column traits = chunk.column(1);
    const duck::Column pairs = traits.child();
    const auto span = traits.list(row);
    for (std::uint64_t i = span.offset; i < span.offset + span.length; ++i) {
        customer.traits.emplace(pairs.field(0).text(i), pairs.field(1).text(i));
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

/// Later traits win; an empty value removes one.
void merge_traits(Customer& into, const Customer& from) {
    for (const auto& [trait, value] : from.traits) {
        if (value.empty()) {
            into.traits.erase(trait);
        } else {
            into.traits.insert_or_assign(trait, value);
        }
    }
}

/// As merge_traits, but an empty value stays, for merging with what is stored.
void merge_changes(Customer& into, const Customer& from) {
    for (const auto& [trait, value] : from.traits) {
        into.traits.insert_or_assign(trait, value);
    }
}

std::string rows_by_number(const std::vector<std::uint32_t>& numbers) {
    return fmt::format("FROM customer WHERE number IN (SELECT unnest([{}]::UBIGINT[]))",
                       fmt::join(numbers, ","));
}

}  // namespace

Status DuckLedger::put_customers(std::span<const Customer> batch) {
    std::map<std::string, Customer> changes;
    for (const Customer& customer : batch) {
        if (const auto faults = encounter::check(customer); !faults.empty()) {
            return encounter::to_error(faults);
        }
        auto& change = changes[customer.name.value()];
        change.name = customer.name;
        merge_changes(change, customer);
    }
    if (changes.empty()) {
        return {};
    }
    const std::scoped_lock lock(write_mutex_);
    TRY(ready_to_write());
    std::vector<std::uint32_t> replaced;
    std::vector<std::uint64_t> replaced_keys;
    TRY(transaction([&] { return replace_customers(changes, replaced); }));

    const std::unique_lock index_lock(customers_mutex_);
    std::ranges::sort(replaced);
    for (const auto& [name, change] : changes) {
        const std::uint64_t key = customer_key(name);
        std::vector<std::uint32_t> old;
        customers_.each(key, [&](std::uint32_t number) {
            if (std::ranges::binary_search(replaced, number)) {
                old.push_back(number);
            }
        });
        for (const std::uint32_t number : old) {
            customers_.remove(key, number);
        }
        customers_.add(key, static_cast<std::uint32_t>(next_customer_++));
    }
    last_customer_ = next_customer_ - 1;
    totals_.with([&](Totals& totals) { totals.customers += changes.size() - replaced.size(); });
    return {};
}

/// Writes the merged rows in the order of the map, from next_customer_ on, and deletes those they
/// replace.
Status DuckLedger::replace_customers(std::map<std::string, Customer>& customers,
                                     std::vector<std::uint32_t>& replaced) {
    std::vector<std::uint32_t> candidates;
    for (const auto& [name, change] : customers) {
        customers_.each(customer_key(name),
                        [&](std::uint32_t number) { candidates.push_back(number); });
    }
    std::map<std::string, Customer> merged;
    for (const auto& [name, change] : customers) {
        merged[name].name = change.name;
    }
    if (!candidates.empty()) {
        auto rows = TRY(writer_.query("SELECT name, traits, number " + rows_by_number(candidates)));
        while (const auto chunk = TRY(rows.next())) {
            const duck::Column numbers = chunk->column(2);
            for (std::size_t row = 0; row < chunk->size(); ++row) {
                Customer stored = read_customer_row(*chunk, row);
                const auto found = merged.find(stored.name.value());
                if (found != merged.end()) {
                    found->second = std::move(stored);
                    replaced.push_back(
                        static_cast<std::uint32_t>(numbers.number<std::uint64_t>(row)));
                }
            }
        }
    }
    if (!replaced.empty()) {
        TRY(writer_.execute("DELETE " + rows_by_number(replaced)));
    }
    auto appender = TRY(duck::Appender::open(writer_, "customer"));
    std::uint64_t number = next_customer_;
    for (auto& [name, customer] : merged) {
        merge_traits(customer, customers[name]);
        appender.number(0, number++);
        appender.text(1, name);
        appender.map(2, customer.traits);
        TRY(appender.end_row());
    }
    return appender.finish();
}

Result<std::optional<Customer>> DuckLedger::customer(const CustomerName& name) const {
    if (const Status& loaded = loaded_.get(); !loaded) {
        return loaded.error();
    }
    std::vector<std::uint32_t> candidates;
    {
        const std::shared_lock lock(customers_mutex_);
        customers_.each(customer_key(name.value()),
                        [&](std::uint32_t number) { candidates.push_back(number); });
    }
    if (candidates.empty()) {
        return std::optional<Customer>();
    }
    auto connection = TRY(database_.connect());
    auto rows = TRY(connection.query("SELECT name, traits " + rows_by_number(candidates)));
    while (const auto chunk = TRY(rows.next())) {
        for (Customer& found : read_customer_rows(*chunk)) {
            if (found.name == name) {
                return std::optional(std::move(found));
            }
        }
    }
    return std::optional<Customer>();
}

Status DuckLedger::scan_customers(
    const std::function<Status(std::span<const Customer>)>& take) const {
    auto connection = TRY(database_.connect());
    auto statement = TRY(connection.prepare(
        "SELECT name, traits FROM customer WHERE cardinality(traits) > 0 ORDER BY name"));
    auto rows = TRY(statement.stream());
    while (const auto chunk = TRY(rows.next())) {
        TRY(take(read_customer_rows(*chunk)));
    }
    return {};
}

Status DuckLedger::scan_customers_since(
    std::uint64_t after, const std::function<Status(std::span<const Customer>)>& take) const {
    auto connection = TRY(database_.connect());
    auto statement = TRY(connection.prepare("SELECT name, traits FROM customer WHERE number > $1"));
    statement.bind(1, after);
    auto rows = TRY(statement.stream());
    while (const auto chunk = TRY(rows.next())) {
        TRY(take(read_customer_rows(*chunk)));
    }
    return {};
}

Result<std::vector<Customer>> DuckLedger::find_customers(std::string_view text,
                                                         std::size_t limit) const {
    auto connection = TRY(database_.connect());
    auto statement = TRY(connection.prepare(
        "SELECT name, traits FROM customer WHERE contains(lower(name), lower($1)) "
        "OR contains(lower(array_to_string(map_values(traits), chr(10))), lower($1)) ORDER BY name "
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
