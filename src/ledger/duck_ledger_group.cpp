#include <algorithm>
#include <exception>

#include <fmt/format.h>

#include "ledger/append_plan.h"
#include "ledger/duck_ledger.h"

namespace kokemus::ledger {

namespace {

using encounter::Encounter;

/// Rows of a transaction that several callers share; a larger batch goes alone.
constexpr std::size_t group_rows_max = 50'000;

}  // namespace

Result<Receipt> Ledger::append(std::span<const Encounter> encounters) {
    std::unique_ptr<Batch> batch = begin();
    TRY(batch->add(encounters));
    return commit(std::move(batch));
}

std::unique_ptr<Batch> DuckLedger::begin() {
    prepare_to_write(0);
    return std::make_unique<PreparedBatch>(codes_, options_.key, customers_loaded_);
}

Result<Receipt> DuckLedger::commit(std::unique_ptr<Batch> batch) {
    Waiting mine;
    mine.batch.reset(static_cast<PreparedBatch*>(batch.release()));
    commit_all(std::span(&mine, 1));
    return std::move(mine.outcome);
}

std::vector<Result<Receipt>> DuckLedger::append_each(
    std::span<const std::span<const Encounter>> batches, Checked checked) {
    std::vector<Waiting> mine(batches.size());
    for (std::size_t i = 0; i < batches.size(); ++i) {
        auto batch = std::make_unique<PreparedBatch>(codes_, options_.key, customers_loaded_);
        if (Status added = batch->add(batches[i], checked); !added) {
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
        if (plan.is_on_disk) {
            done = stop(done.error());  // what is in memory may not be what is on disk
        } else {
            undo(plan);
        }
    }
    if (!done) {
        for (Waiting* one : group) {
            one->outcome = done.error();
        }
        return;
    }
    give_receipts(group, plan);
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
    for (const std::size_t place : plan.erased) {
        ++receipts[plan.batch_of(place)].erased;
    }
    for (const auto& [place, reason] : plan.conflicts) {
        const std::size_t part = plan.batch_of(place);
        receipts[part].conflicts.push_back({place - plan.starts[part], reason});
    }
    for (std::size_t part = 0; part < group.size(); ++part) {
        group[part]->outcome = std::move(receipts[part]);
    }
}

}  // namespace kokemus::ledger
