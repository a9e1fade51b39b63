#include <algorithm>

#include <fmt/format.h>

#include "base/log.h"
#include "duck/appender.h"
#include "encounter/faults.h"
#include "ledger/customer_change.h"
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

using Sent = std::pair<std::uint32_t, const Customer*>;

bool has_empty_trait(const Customer& customer) {
    return std::ranges::any_of(customer.traits, [](const auto& one) { return one.second.empty(); });
}

}  // namespace

Status DuckLedger::put_customers(std::span<const Customer> batch) {
    for (const Customer& customer : batch) {
        if (const auto faults = encounter::check(customer); !faults.empty()) {
            return encounter::to_error(faults);
        }
    }
    if (batch.empty()) {
        return {};
    }
    const std::scoped_lock lock(write_mutex_);
    TRY(ready_to_write());
    std::vector<Sent> sent;
    sent.reserve(batch.size());
    Codes::Mark mark;
    {
        const std::scoped_lock codes_lock(codes_.mutex);
        for (const Customer& customer : batch) {
            if (const auto code = codes_.customers.code(customer.name.value()); code != 0) {
                sent.emplace_back(code, &customer);
            }
        }
        mark = codes_.mark();
    }
    if (sent.empty()) {
        return {};
    }
    // By customer, those of one in the order in which they were sent.
    std::ranges::stable_sort(sent, {}, &Sent::first);
    has_traits_.resize(mark.customers);
    const std::uint32_t before = last_trait_;
    if (Status done = transaction(mark, [&] { return write_traits(sent); }); !done) {
        last_trait_ = before;
        return done;
    }
    for (const auto& [code, customer] : sent) {
        has_traits_[code] = true;
    }
    note_customers();
    return {};
}

/// To be called after a transaction, for those who only read.
void DuckLedger::note_customers() {
    const std::uint32_t customers = codes_.customers.saved() - 1;
    last_change_ = change_of(last_trait_, customers);
    totals_.with([&](Totals& totals) { totals.customers = customers - codes_.customers.erased(); });
}

/// Deletes the stored traits of the customers, if any, and appends the merged ones.
Status DuckLedger::write_traits(std::span<const Sent> sent) {
    std::vector<std::uint32_t> known;
    for (const auto& [code, customer] : sent) {
        if (has_traits_[code] && (known.empty() || known.back() != code)) {
            known.push_back(code);
        }
    }
    auto stored = TRY(stored_traits(known));
    if (!known.empty()) {
        TRY(writer_.execute(
            fmt::format("DELETE FROM trait WHERE customer IN (SELECT unnest([{}]::UINTEGER[]))",
                        fmt::join(known, ","))));
    }
    auto appender = TRY(duck::Appender::open(writer_, "trait"));
    while (!sent.empty()) {
        const std::uint32_t code = sent.front().first;
        const auto end =
            std::ranges::find_if(sent, [&](const Sent& one) { return one.first != code; });
        const auto of_one = sent.first(static_cast<std::size_t>(end - sent.begin()));
        sent = sent.subspan(of_one.size());
        const auto before = stored.find(code);
        appender.number(0, ++last_trait_);
        appender.number(1, code);
        if (of_one.size() == 1 && before == stored.end() && !has_empty_trait(*of_one[0].second)) {
            appender.map(2, of_one[0].second->traits);
        } else {
            Customer merged = before == stored.end() ? Customer{} : before->second;
            for (const auto& [same, customer] : of_one) {
                merge_traits(merged, *customer);
            }
            appender.map(2, merged.traits);
        }
        TRY(appender.end_row());
    }
    return appender.finish();
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

Result<std::optional<Customer>> DuckLedger::customer(const CustomerName& name) const {
    TRY(wait_for_customers());
    const auto code = codes_.customers.find(name.value());
    if (!code) {
        return std::optional<Customer>();
    }
    const std::vector<std::uint32_t> codes = {*code};
    auto stored = TRY(stored_traits(codes));
    return std::optional(stored.empty() ? Customer{name, {}} : std::move(stored.begin()->second));
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

Status DuckLedger::scan_customers_since(
    std::uint64_t after, const std::function<Status(std::span<const Customer>)>& take) const {
    auto connection = TRY(connect());
    auto statement = TRY(connection.prepare(
        "SELECT name, ifnull(traits, MAP {}::MAP(VARCHAR, VARCHAR)) FROM customer LEFT JOIN trait "
        "ON customer = code WHERE name <> '' AND (code > $1 OR number > $2)"));
    statement.bind(1, std::uint64_t{last_customer_of(after)});
    statement.bind(2, std::uint64_t{last_trait_of(after)});
    auto rows = TRY(statement.stream());
    while (const auto chunk = TRY(rows.next())) {
        TRY(take(read_customer_rows(*chunk)));
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
