#include <algorithm>
#include <limits>
#include <system_error>
#include <unordered_map>

#include <fmt/format.h>

#include "base/log.h"
#include "base/test_moment.h"
#include "encounter/body_hash.h"
#include "ledger/conflict.h"
#include "ledger/duck_ledger.h"
#include "ledger/prepared_batch.h"
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

Status only_status(const Result<duck::Rows>& rows) {
    return rows ? Status() : Status(rows.error());
}

bool same_identity(const Encounter& left, const Encounter& right) {
    return left.id == right.id && left.customer == right.customer;
}

}  // namespace

/// One caller's batch while it waits for its turn.
struct DuckLedger::Waiting {
    std::unique_ptr<PreparedBatch> batch;
    Result<Receipt> outcome = Receipt{};
    bool is_done = false;
};

/// All batches of one transaction, one after the other, as one.
struct DuckLedger::Plan {
    std::vector<PreparedBatch*> batches;
    std::vector<std::size_t> starts;  ///< of each batch
    std::size_t size = 0;
    std::vector<std::size_t> accepted;  ///< places; the i-th gets the number first + i
    std::vector<std::size_t> repeats;   ///< places whose key was there before
    std::vector<std::size_t> duplicates;
    std::vector<std::pair<std::size_t, std::string>> conflicts;
    std::uint64_t first = 0;
    Codes::Mark mark;  ///< what has to be on disk with them
    Instant first_time = Instant::max();
    Instant latest_time = Instant::min();

    explicit Plan(const std::vector<Waiting*>& group) {
        for (const Waiting* one : group) {
            batches.push_back(one->batch.get());
            starts.push_back(size);
            size += one->batch->size();
            const Codes::Mark& needed = one->batch->mark();
            mark.names = std::max(mark.names, needed.names);
            mark.settings = std::max(mark.settings, needed.settings);
            mark.customers = std::max(mark.customers, needed.customers);
        }
    }

    /// The last batch that starts at or before the place; empty ones have none.
    std::size_t batch_of(std::size_t place) const {
        return static_cast<std::size_t>(std::ranges::upper_bound(starts, place) - starts.begin()) -
               1;
    }

    std::uint64_t key(std::size_t place) const {
        const std::size_t batch = batch_of(place);
        return batches[batch]->keys()[place - starts[batch]];
    }

    Result<Encounter> encounter(std::size_t place) const {
        const std::size_t batch = batch_of(place);
        return batches[batch]->encounter(place - starts[batch]);
    }

    std::uint32_t number(std::size_t index) const {
        return static_cast<std::uint32_t>(first + index);
    }
};

Result<Receipt> Ledger::append(std::span<const Encounter> encounters) {
    std::unique_ptr<Batch> batch = begin();
    TRY(batch->add(encounters));
    return commit(std::move(batch));
}

Status DuckLedger::ready_to_write() {
    if (stopped_) {
        return *stopped_;
    }
    prepare_to_write();
    if (const Status& loaded = loaded_.get(); !loaded) {
        return loaded.error();
    }
    return {};
}

std::unique_ptr<Batch> DuckLedger::begin() {
    prepare_to_write();
    return std::make_unique<PreparedBatch>(codes_, options_.key, customers_loaded_);
}

Result<Receipt> DuckLedger::commit(std::unique_ptr<Batch> batch) {
    Waiting mine;
    mine.batch.reset(static_cast<PreparedBatch*>(batch.release()));
    commit_all(std::span(&mine, 1));
    return std::move(mine.outcome);
}

std::vector<Result<Receipt>> DuckLedger::append_each(
    std::span<const std::span<const Encounter>> batches) {
    std::vector<Waiting> mine(batches.size());
    for (std::size_t i = 0; i < batches.size(); ++i) {
        auto batch = std::make_unique<PreparedBatch>(codes_, options_.key, customers_loaded_);
        if (Status added = batch->add(batches[i], Checked::No); !added) {
            mine[i].outcome = std::move(added).error();
            mine[i].is_done = true;
        }
        mine[i].batch = std::move(batch);
    }
    commit_all(mine);
    std::vector<Result<Receipt>> outcomes;
    outcomes.reserve(mine.size());
    for (Waiting& one : mine) {
        outcomes.push_back(std::move(one.outcome));
    }
    return outcomes;
}

/// Whoever comes while another commits waits in the queue; the first of them then commits for all,
/// so that many small batches share one sync.
void DuckLedger::commit_all(std::span<Waiting> mine) {
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
}

/// The batches that stand first in the queue, as many as make a transaction of sensible size.
std::vector<DuckLedger::Waiting*> DuckLedger::take_group() {
    std::vector<Waiting*> group;
    std::size_t rows = 0;
    while (!queue_.empty() &&
           (group.empty() || rows + queue_.front()->batch->size() <= group_rows_max)) {
        rows += queue_.front()->batch->size();
        group.push_back(queue_.front());
        queue_.pop_front();
    }
    return group;
}

void DuckLedger::append_group(const std::vector<Waiting*>& group) {
    const std::scoped_lock lock(write_mutex_);
    Plan plan(group);
    Status done = {};
    // An exception (memory) must not leave the others waiting for ever.
    try {
        done = write_group(plan);
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

Status DuckLedger::write_group(Plan& plan) {
    TRY(ready_to_write());
    TRY(check_space(plan.size));
    Status done = decide(plan);
    if (done && !plan.accepted.empty()) {
        done = transaction(plan.mark, [&] { return write(plan); });
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
    std::vector<Receipt> receipts(group.size());
    for (const std::size_t place : plan.accepted) {
        ++receipts[plan.batch_of(place)].accepted;
    }
    for (const std::size_t place : plan.duplicates) {
        ++receipts[plan.batch_of(place)].duplicates;
    }
    for (const auto& [place, reason] : plan.conflicts) {
        const std::size_t part = plan.batch_of(place);
        receipts[part].conflicts.push_back({place - plan.starts[part], reason});
    }
    for (std::size_t part = 0; part < group.size(); ++part) {
        group[part]->outcome = std::move(receipts[part]);
    }
}

/// Decides for each encounter: new ones at once, those whose key was there after all others, so
/// that most cost one look-up.
Status DuckLedger::decide(Plan& plan) {
    plan.first = next_number_;
    plan.accepted.reserve(plan.size);
    std::size_t place = 0;
    for (const PreparedBatch* batch : plan.batches) {
        for (const std::uint64_t key : batch->keys()) {
            if (keys_.add_if_absent(key, plan.number(plan.accepted.size()))) {
                plan.accepted.push_back(place);
            } else {
                plan.repeats.push_back(place);
            }
            ++place;
        }
    }
    return settle_repeats(plan);
}

/// The encounters on disk that share a key with one of the plan, by number.
Result<std::unordered_map<std::uint64_t, Encounter>> DuckLedger::stored_under(
    const Plan& plan) const {
    std::vector<std::uint64_t> numbers;
    for (const std::size_t place : plan.repeats) {
        keys_.each(plan.key(place), [&](std::uint32_t number) {
            if (number < plan.first) {
                numbers.push_back(number);
            }
        });
    }
    std::unordered_map<std::uint64_t, Encounter> stored;
    stored.reserve(numbers.size());
    TRY(read_numbers(numbers, [&](std::span<const Entry> entries) -> Status {
        for (const Entry& entry : entries) {
            stored.emplace(entry.number, entry.encounter);
        }
        return {};
    }));
    return stored;
}

/// A key that was there may be a duplicate, a conflict, or another identity that has the same key
/// by chance.
Status DuckLedger::settle_repeats(Plan& plan) {
    if (plan.repeats.empty()) {
        return {};
    }
    auto known = TRY(stored_under(plan));
    for (const std::size_t place : plan.repeats) {
        const Encounter sent = TRY(plan.encounter(place));
        std::vector<std::uint32_t> numbers;
        keys_.each(plan.key(place), [&](std::uint32_t number) { numbers.push_back(number); });
        const Encounter* same = nullptr;
        for (const std::uint32_t number : numbers) {
            if (number >= plan.first && !known.contains(number)) {
                known.emplace(number, TRY(plan.encounter(plan.accepted[number - plan.first])));
            }
            const auto found = known.find(number);
            if (found != known.end() && same_identity(found->second, sent)) {
                same = &found->second;
            }
        }
        if (same == nullptr) {
            keys_.add(plan.key(place), plan.number(plan.accepted.size()));
            plan.accepted.push_back(place);
        } else if (encounter::same_body(*same, sent)) {
            plan.duplicates.push_back(place);
        } else {
            plan.conflicts.emplace_back(place, conflict_reason(*same, sent));
        }
    }
    return {};
}

Status DuckLedger::write(Plan& plan) {
    if (!plan.repeats.empty()) {
        return write_accepted(plan);
    }
    std::vector<duck::ChunkBuilder*> chunks;
    std::uint64_t number = plan.first;
    for (PreparedBatch* batch : plan.batches) {
        batch->rows().give_numbers(number);
        number += batch->size();
        if (batch->size() > 0) {
            plan.first_time = std::min(plan.first_time, batch->first());
            plan.latest_time = std::max(plan.latest_time, batch->latest());
        }
        for (duck::ChunkBuilder& chunk : batch->rows().chunks()) {
            chunks.push_back(&chunk);
        }
    }
    return prepared_.insert.insert(chunks);
}

/// When some are not taken, or not in their order, the rows are laid out once more.
Status DuckLedger::write_accepted(Plan& plan) {
    RowWriter rows(codes_);
    for (const std::size_t place : plan.accepted) {
        const Encounter encounter = TRY(plan.encounter(place));
        const std::scoped_lock lock(codes_.mutex);
        rows.put(encounter);
        plan.first_time = std::min(plan.first_time, encounter.time);
        plan.latest_time = std::max(plan.latest_time, encounter.time);
    }
    rows.give_numbers(plan.first);
    std::vector<duck::ChunkBuilder*> chunks;
    for (duck::ChunkBuilder& chunk : rows.chunks()) {
        chunks.push_back(&chunk);
    }
    return prepared_.insert.insert(chunks);
}

/// Takes what the plan put into memory out again.
void DuckLedger::undo(const Plan& plan) {
    for (std::size_t index = 0; index < plan.accepted.size(); ++index) {
        keys_.remove(plan.key(plan.accepted[index]), plan.number(index));
    }
}

void DuckLedger::count(const Plan& plan) {
    next_number_ += plan.accepted.size();
    note_customers();
    totals_.with([&](Totals& totals) {
        totals.encounters += plan.accepted.size();
        totals.first = std::min(totals.first.value_or(plan.first_time), plan.first_time);
        totals.latest = std::max(totals.latest.value_or(plan.latest_time), plan.latest_time);
        totals.last_number = next_number_ - 1;
    });
}

/// Runs `body` and commits. When the commit fails and what is on disk cannot be told, stops all
/// writing: to try again could double what was written, and a sync that failed once says nothing
/// when repeated.
Status DuckLedger::transaction(const Codes::Mark& mark, const std::function<Status()>& body) {
    Status done = only_status(prepared_.begin.run());
    if (done) {
        const std::scoped_lock lock(codes_.mutex);
        done = codes_.save(writer_, mark);
    }
    if (done) {
        done = body();
    }
    if (done) {
        const TestMoment moment("commit");
        done = only_status(prepared_.commit.run());
    }
    if (done) {
        codes_.saved(mark);
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
    read_on();
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
           holds("SELECT max(code)::UBIGINT FROM customer", codes_.customers.saved());
}

}  // namespace kokemus::ledger
