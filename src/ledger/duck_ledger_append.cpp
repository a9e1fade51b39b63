#include <algorithm>
#include <limits>
#include <system_error>
#include <unordered_map>

#include <fmt/format.h>

#include "base/log.h"
#include "base/text.h"
#include "encounter/body_hash.h"
#include "encounter/faults.h"
#include "ledger/conflict.h"
#include "ledger/duck_ledger.h"
#include "ledger/rows.h"

namespace kokemus::ledger {

namespace {

using encounter::Encounter;

/// Numbers are kept in 32 bits in memory.
constexpr std::uint64_t number_max = std::numeric_limits<std::uint32_t>::max();

/// What a row may take on disk before it is compressed, for the check of free space; texts come on
/// top.
constexpr std::uint64_t row_bytes = 200;

Status check_batch(std::span<const Encounter> batch) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
        auto faults = encounter::check(batch[i]);
        if (batch[i].id.value().empty()) {
            faults.push_back({"id", "is empty; give one, or derive it from the content"});
        }
        if (!faults.empty()) {
            Error error = encounter::to_error(faults);
            error.message = fmt::format("encounter {} of the batch: {}", i + 1, error.message);
            return error;
        }
    }
    return {};
}

bool same_identity(const Encounter& left, const Encounter& right) {
    return left.id == right.id && left.customer == right.customer;
}

}  // namespace

struct DuckLedger::Plan {
    std::span<const Encounter> batch;
    std::vector<std::uint64_t> keys;    ///< of the whole batch
    std::vector<std::size_t> accepted;  ///< places in the batch; the i-th gets the number first + i
    std::vector<std::size_t> repeats;   ///< places whose key was there before
    std::uint64_t first = 0;
    std::vector<std::pair<std::uint64_t, const std::string*>> new_customers;
    Receipt receipt;

    std::uint32_t number(std::size_t index) const {
        return static_cast<std::uint32_t>(first + index);
    }
};

Status DuckLedger::ready_to_write() {
    if (stopped_) {
        return *stopped_;
    }
    if (const Status& loaded = loaded_.get(); !loaded) {
        return loaded.error();
    }
    return {};
}

Result<Receipt> DuckLedger::append(std::span<const Encounter> batch) {
    TRY(check_batch(batch));
    const std::scoped_lock lock(write_mutex_);
    TRY(ready_to_write());
    std::error_code ignored;
    const auto space = std::filesystem::space(folder_, ignored);
    if (!ignored && space.available < options_.free_bytes_min + batch.size() * row_bytes) {
        return Error{ErrorCode::DiskFull,
                     fmt::format("only {} MiB are free in {}; nothing was accepted, free some "
                                 "space and send it again",
                                 space.available >> 20U,
                                 folder_.string())};
    }
    if (next_number_ + batch.size() > number_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("a ledger holds at most {} encounters", number_max)};
    }
    Plan decided = TRY(plan(batch));
    if (!decided.accepted.empty()) {
        if (Status written = transaction([&] { return write(decided); }); !written) {
            undo(decided);
            return written.error();
        }
        count(decided);
    }
    return std::move(decided.receipt);
}

/// Decides for each encounter: new ones at once, those whose key was there after all others, so
/// that most cost one look-up.
Result<DuckLedger::Plan> DuckLedger::plan(std::span<const Encounter> batch) {
    Plan plan;
    plan.batch = batch;
    plan.first = next_number_;
    plan.keys.resize(batch.size());
    plan.accepted.reserve(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        plan.keys[i] = options_.key(batch[i]);
    }
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (keys_.add_if_absent(plan.keys[i], plan.number(plan.accepted.size()))) {
            plan.accepted.push_back(i);
        } else {
            plan.repeats.push_back(i);
        }
    }
    if (Status settled = settle_repeats(plan); !settled) {
        undo(plan);
        return settled.error();
    }
    plan_customers(plan);
    plan.receipt.accepted = plan.accepted.size();
    return plan;
}

/// A key that was there may be a duplicate, a conflict, or another identity that has the same key
/// by chance.
Status DuckLedger::settle_repeats(Plan& plan) {
    std::vector<std::uint32_t> stored_numbers;
    for (const std::size_t i : plan.repeats) {
        keys_.each(plan.keys[i], [&](std::uint32_t number) {
            if (number < plan.first) {
                stored_numbers.push_back(number);
            }
        });
    }
    std::unordered_map<std::uint32_t, Encounter> stored;
    if (!stored_numbers.empty()) {
        stored.reserve(stored_numbers.size());
        auto rows = TRY(writer_.query(
            fmt::format("SELECT {} FROM encounter WHERE number IN (SELECT unnest([{}]::UBIGINT[]))",
                        encounter_columns(),
                        fmt::join(stored_numbers, ","))));
        TRY(read_entries(std::move(rows), [&](std::span<const Entry> entries) -> Status {
            for (const Entry& entry : entries) {
                stored.emplace(static_cast<std::uint32_t>(entry.number), entry.encounter);
            }
            return {};
        }));
    }
    for (const std::size_t i : plan.repeats) {
        const Encounter& sent = plan.batch[i];
        const Encounter* same = nullptr;
        keys_.each(plan.keys[i], [&](std::uint32_t number) {
            const Encounter& found = number >= plan.first
                                         ? plan.batch[plan.accepted[number - plan.first]]
                                         : stored[number];
            if (same_identity(found, sent)) {
                same = &found;
            }
        });
        if (same == nullptr) {
            keys_.add(plan.keys[i], plan.number(plan.accepted.size()));
            plan.accepted.push_back(i);
        } else if (encounter::same_body(*same, sent)) {
            ++plan.receipt.duplicates;
        } else {
            plan.receipt.conflicts.push_back({i, conflict_reason(*same, sent)});
        }
    }
    return {};
}

void DuckLedger::plan_customers(Plan& plan) {
    const std::unique_lock lock(customers_mutex_);
    const std::string* last = nullptr;
    for (const std::size_t i : plan.accepted) {
        const std::string& name = plan.batch[i].customer.value();
        if (last != nullptr && *last == name) {
            continue;
        }
        last = &name;
        const std::uint64_t key = customer_key(name);
        const auto number = static_cast<std::uint32_t>(next_customer_ + plan.new_customers.size());
        if (customers_.add_if_absent(key, number)) {
            plan.new_customers.emplace_back(key, &name);
        }
    }
}

Status DuckLedger::write(const Plan& plan) {
    {
        auto appender = TRY(duck::Appender::open(writer_, "encounter"));
        RowWriter rows(appender, names_);
        for (std::size_t index = 0; index < plan.accepted.size(); ++index) {
            const std::size_t place = plan.accepted[index];
            TRY(rows.put(plan.first + index, plan.keys[place], plan.batch[place]));
        }
        TRY(appender.finish());
    }
    if (!plan.new_customers.empty()) {
        const std::map<std::string, std::string> no_traits;
        auto appender = TRY(duck::Appender::open(writer_, "customer"));
        for (std::size_t index = 0; index < plan.new_customers.size(); ++index) {
            appender.number<std::uint64_t>(0, next_customer_ + index);
            appender.text(1, *plan.new_customers[index].second);
            appender.map(2, no_traits);
            TRY(appender.end_row());
        }
        TRY(appender.finish());
    }
    return names_.save(writer_);
}

/// Takes what the plan put into memory out again.
void DuckLedger::undo(const Plan& plan) {
    for (std::size_t index = 0; index < plan.accepted.size(); ++index) {
        keys_.remove(plan.keys[plan.accepted[index]], plan.number(index));
    }
    const std::unique_lock lock(customers_mutex_);
    for (std::size_t index = 0; index < plan.new_customers.size(); ++index) {
        customers_.remove(plan.new_customers[index].first,
                          static_cast<std::uint32_t>(next_customer_ + index));
    }
}

void DuckLedger::count(const Plan& plan) {
    next_number_ += plan.accepted.size();
    next_customer_ += plan.new_customers.size();
    Instant first = Instant::max();
    Instant latest = Instant::min();
    for (const std::size_t place : plan.accepted) {
        first = std::min(first, plan.batch[place].time);
        latest = std::max(latest, plan.batch[place].time);
    }
    totals_.with([&](Totals& totals) {
        totals.encounters += plan.accepted.size();
        totals.customers += plan.new_customers.size();
        totals.first = std::min(totals.first.value_or(first), first);
        totals.latest = std::max(totals.latest.value_or(latest), latest);
        totals.last_number = next_number_ - 1;
    });
}

/// Runs `body` and commits. When the commit fails and what is on disk cannot be told, stops all
/// writing: to try again could double what was written, and a sync that failed once says nothing
/// when repeated.
Status DuckLedger::transaction(const std::function<Status()>& body) {
    Status done = writer_.execute("BEGIN");
    if (done) {
        done = body();
    }
    const bool is_committing = done.has_value();
    if (is_committing) {
        done = writer_.execute("COMMIT");
    }
    if (done) {
        names_.saved();
        return done;
    }
    (void)writer_.execute("ROLLBACK").has_value();
    log_error("the ledger did not write: {}",
              done.error().detail.empty() ? done.error().message : done.error().detail);
    if (!is_untouched()) {
        stopped_ =
            Error{done.error().code,
                  fmt::format("writing has stopped after an error ({}); reading goes on. Look at "
                              "the disk, then start the program again",
                              done.error().message)};
        return *stopped_;
    }
    return done;
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
    return holds("SELECT max(number) FROM encounter", next_number_) &&
           holds("SELECT max(number) FROM customer", next_customer_);
}

}  // namespace kokemus::ledger
