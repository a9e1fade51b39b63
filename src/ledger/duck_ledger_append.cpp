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

/// Rows of a transaction that several callers share; a larger batch goes alone.
constexpr std::size_t group_rows_max = 50'000;

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

/// One caller's batch while it waits for its turn.
struct DuckLedger::Waiting {
    std::span<const Encounter> batch;
    Result<Receipt> outcome = Receipt{};
    bool is_done = false;
};

/// All batches of one transaction, one after the other, as one.
struct DuckLedger::Plan {
    std::vector<const Encounter*> encounters;
    std::vector<std::uint64_t> keys;
    std::vector<std::size_t> accepted;  ///< places; the i-th gets the number first + i
    std::vector<std::size_t> repeats;   ///< places whose key was there before
    std::vector<std::size_t> duplicates;
    std::vector<std::pair<std::size_t, std::string>> conflicts;
    std::uint64_t first = 0;
    std::vector<std::pair<std::uint64_t, const std::string*>> new_customers;

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
    return std::move(append_each(std::span(&batch, 1)).front());
}

/// Whoever comes while another commits waits in the queue; the first of them then commits for all,
/// so that many small batches share one sync.
std::vector<Result<Receipt>> DuckLedger::append_each(
    std::span<const std::span<const Encounter>> batches) {
    std::vector<Waiting> mine(batches.size());
    for (std::size_t i = 0; i < batches.size(); ++i) {
        mine[i].batch = batches[i];
        if (Status checked = check_batch(batches[i]); !checked) {
            mine[i].outcome = std::move(checked).error();
            mine[i].is_done = true;
        }
    }
    std::unique_lock lock(queue_mutex_);
    for (Waiting& one : mine) {
        if (!one.is_done) {
            queue_.push_back(&one);
        }
    }
    while (!std::ranges::all_of(mine, &Waiting::is_done)) {
        if (is_committing_) {
            turn_.wait(lock);
            continue;
        }
        is_committing_ = true;
        const std::vector<Waiting*> group = take_group();
        lock.unlock();
        append_group(group);
        lock.lock();
        for (Waiting* one : group) {
            one->is_done = true;
        }
        is_committing_ = false;
        turn_.notify_all();
    }
    lock.unlock();
    std::vector<Result<Receipt>> outcomes;
    outcomes.reserve(mine.size());
    for (Waiting& one : mine) {
        outcomes.push_back(std::move(one.outcome));
    }
    return outcomes;
}

/// The batches that stand first in the queue, as many as make a transaction of sensible size.
std::vector<DuckLedger::Waiting*> DuckLedger::take_group() {
    std::vector<Waiting*> group;
    std::size_t rows = 0;
    while (!queue_.empty() &&
           (group.empty() || rows + queue_.front()->batch.size() <= group_rows_max)) {
        rows += queue_.front()->batch.size();
        group.push_back(queue_.front());
        queue_.pop_front();
    }
    return group;
}

void DuckLedger::append_group(const std::vector<Waiting*>& group) {
    const std::scoped_lock lock(write_mutex_);
    Plan plan;
    Status done = {};
    // An exception (memory) must not leave the others waiting for ever.
    try {
        done = write_group(group, plan);
    } catch (const std::exception& failure) {
        done = Error{ErrorCode::Unavailable,
                     fmt::format("the batch was not written: {}", failure.what())};
        (void)writer_.execute("ROLLBACK").has_value();
        undo(plan);
    }
    if (!done) {
        for (Waiting* one : group) {
            one->outcome = done.error();
        }
        return;
    }
    give_receipts(group, plan);
}

Status DuckLedger::write_group(const std::vector<Waiting*>& group, Plan& plan) {
    TRY(ready_to_write());
    for (const Waiting* one : group) {
        for (const Encounter& encounter : one->batch) {
            plan.encounters.push_back(&encounter);
        }
    }
    TRY(check_space(plan.encounters.size()));
    Status done = decide(plan);
    if (done && !plan.accepted.empty()) {
        done = transaction([&] { return write(plan); });
    }
    if (!done) {
        undo(plan);
        return done;
    }
    if (!plan.accepted.empty()) {
        count(plan);
    }
    return {};
}

Status DuckLedger::check_space(std::size_t rows) const {
    std::error_code ignored;
    const auto space = std::filesystem::space(folder_, ignored);
    if (!ignored && space.available < options_.free_bytes_min + rows * row_bytes) {
        return Error{ErrorCode::DiskFull,
                     fmt::format("only {} MiB are free in {}; nothing was accepted, free some "
                                 "space and send it again",
                                 space.available >> 20U,
                                 folder_.string())};
    }
    if (next_number_ + rows > number_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("a ledger holds at most {} encounters", number_max)};
    }
    return {};
}

/// Tells each caller what became of their part.
void DuckLedger::give_receipts(const std::vector<Waiting*>& group, const Plan& plan) {
    std::vector<std::size_t> starts;
    std::vector<Receipt> receipts(group.size());
    std::size_t rows = 0;
    for (const Waiting* one : group) {
        starts.push_back(rows);
        rows += one->batch.size();
    }
    // The last part that starts at or before the place; empty parts have none.
    const auto part_of = [&](std::size_t place) {
        return static_cast<std::size_t>(std::ranges::upper_bound(starts, place) - starts.begin()) -
               1;
    };
    for (const std::size_t place : plan.accepted) {
        ++receipts[part_of(place)].accepted;
    }
    for (const std::size_t place : plan.duplicates) {
        ++receipts[part_of(place)].duplicates;
    }
    for (const auto& [place, reason] : plan.conflicts) {
        const std::size_t part = part_of(place);
        receipts[part].conflicts.push_back({place - starts[part], reason});
    }
    for (std::size_t part = 0; part < group.size(); ++part) {
        group[part]->outcome = std::move(receipts[part]);
    }
}

/// Decides for each encounter: new ones at once, those whose key was there after all others, so
/// that most cost one look-up.
Status DuckLedger::decide(Plan& plan) {
    plan.first = next_number_;
    plan.keys.reserve(plan.encounters.size());
    plan.accepted.reserve(plan.encounters.size());
    for (const Encounter* encounter : plan.encounters) {
        plan.keys.push_back(options_.key(*encounter));
    }
    for (std::size_t i = 0; i < plan.encounters.size(); ++i) {
        if (keys_.add_if_absent(plan.keys[i], plan.number(plan.accepted.size()))) {
            plan.accepted.push_back(i);
        } else {
            plan.repeats.push_back(i);
        }
    }
    TRY(settle_repeats(plan));
    plan_customers(plan);
    return {};
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
        const Encounter& sent = *plan.encounters[i];
        const Encounter* same = nullptr;
        keys_.each(plan.keys[i], [&](std::uint32_t number) {
            const Encounter& found = number >= plan.first
                                         ? *plan.encounters[plan.accepted[number - plan.first]]
                                         : stored[number];
            if (same_identity(found, sent)) {
                same = &found;
            }
        });
        if (same == nullptr) {
            keys_.add(plan.keys[i], plan.number(plan.accepted.size()));
            plan.accepted.push_back(i);
        } else if (encounter::same_body(*same, sent)) {
            plan.duplicates.push_back(i);
        } else {
            plan.conflicts.emplace_back(i, conflict_reason(*same, sent));
        }
    }
    return {};
}

void DuckLedger::plan_customers(Plan& plan) {
    const std::unique_lock lock(customers_mutex_);
    const std::string* last = nullptr;
    for (const std::size_t i : plan.accepted) {
        const std::string& name = plan.encounters[i]->customer.value();
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
            TRY(rows.put(plan.first + index, plan.keys[place], *plan.encounters[place]));
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
    last_customer_ = next_customer_ - 1;
    Instant first = Instant::max();
    Instant latest = Instant::min();
    for (const std::size_t place : plan.accepted) {
        first = std::min(first, plan.encounters[place]->time);
        latest = std::max(latest, plan.encounters[place]->time);
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
        if (Status named = log_name_->settle(); !named) {
            return stop(named.error());
        }
        return done;
    }
    (void)writer_.execute("ROLLBACK").has_value();
    log_error("the ledger did not write: {}",
              done.error().detail.empty() ? done.error().message : done.error().detail);
    return is_untouched() ? done : stop(done.error());
}

/// Nothing is written any more; gives what every writer is told from now on.
Error DuckLedger::stop(const Error& cause) {
    stopped_ =
        Error{cause.code,
              fmt::format("writing has stopped after an error ({}); reading goes on. Look at "
                          "the disk, then start the program again",
                          cause.message)};
    return *stopped_;
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
