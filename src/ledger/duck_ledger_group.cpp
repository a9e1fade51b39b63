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
    // An exception (memory) leaves nobody waiting for ever, and nothing in the queue that is gone.
    try {
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
            const std::vector<Waiting*> group = take_group();
            is_committing_ = true;
            lock.unlock();
            append_group(group);
            lock.lock();
            for (Waiting* one : group) {
                one->is_done = true;
            }
            is_committing_ = false;
            turn_.notify_all();
        }
    } catch (const std::exception&) {
        std::erase_if(queue_, [&](const Waiting* one) {
            return std::ranges::any_of(mine, [&](const Waiting& own) { return &own == one; });
        });
        turn_.notify_all();  // whoever waits may be the first now
    }
}

/// The batches that stand first in the queue, as many as make a transaction of sensible size.
std::vector<DuckLedger::Waiting*> DuckLedger::take_group() {
    std::size_t rows = 0;
    const auto end = std::ranges::find_if(queue_, [&](const Waiting* one) {
        rows += one->batch->size();
        return one != queue_.front() && rows > group_rows_max;
    });
    std::vector<Waiting*> group(queue_.begin(), end);
    queue_.erase(queue_.begin(), end);
    return group;
}

/// After an exception (memory) callers have the outcome that they came with: before anything was
/// decided, or once it is on disk, where sending it again finds duplicates.
void DuckLedger::append_group(const std::vector<Waiting*>& group) {
    try {
        const std::scoped_lock lock(write_mutex_);
        Plan plan(group);
        if (const Status done = write_plan(plan); !done) {
            for (Waiting* one : group) {
                one->outcome = done.error();
            }
        } else {
            give_receipts(group, plan);
        }
    } catch (const std::exception&) {
        return;  // with nothing said, which could take memory too
    }
}

Status DuckLedger::write_plan(Plan& plan) {
    try {
        return write_group(plan);
    } catch (const std::exception& failure) {
        const Error cause{ErrorCode::Unavailable,
                          fmt::format("the batch was not written: {}", failure.what())};
        if (plan.is_on_disk) {
            return stop(cause);  // what is in memory may not be what is on disk
        }
        undo(plan);
        return cause;
    }
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
