#include "intake/batch_writer.h"

#include <exception>
#include <utility>

#include <fmt/format.h>

#include "ledger/ledger.h"

namespace kokemus::intake {

BatchWriter::BatchWriter(ledger::Ledger* ledger) : ledger_(ledger), thread_([this] { work(); }) {}

BatchWriter::~BatchWriter() {
    {
        const std::scoped_lock lock(mutex_);
        stop_ = true;
        waiting_.reset();
    }
    changed_.notify_all();
    thread_.join();
}

Status BatchWriter::give(EncounterBatch batch) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !waiting_; });
    TRY(status_);
    waiting_ = std::move(batch);
    changed_.notify_all();
    return {};
}

Status BatchWriter::finish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !waiting_ && !writing_; });
    return status_;
}

BatchWriter::Counts BatchWriter::take_counts() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(counts_, {});
}

void BatchWriter::work() {
    while (true) {
        EncounterBatch batch;
        {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return stop_ || waiting_; });
            if (stop_) {
                return;
            }
            batch = std::move(*waiting_);
            waiting_.reset();
            writing_ = true;
        }
        changed_.notify_all();
        write(batch);
        {
            const std::scoped_lock lock(mutex_);
            writing_ = false;
        }
        changed_.notify_all();
    }
}

void BatchWriter::write(const EncounterBatch& batch) {
    {
        const std::scoped_lock lock(mutex_);
        if (!status_) {
            return;
        }
        if (ledger_ == nullptr) {
            counts_.accepted += batch.encounters.size();
            return;
        }
    }
    Result<ledger::Receipt> receipt = internal_error("not written");
    try {
        receipt = ledger_->append(batch.encounters);
    } catch (const std::exception& failure) {
        receipt = Error{ErrorCode::Internal, "writing to the ledger failed", failure.what()};
    }
    const std::scoped_lock lock(mutex_);
    if (!receipt) {
        status_ = receipt.error();
        return;
    }
    counts_.accepted += receipt->accepted;
    counts_.duplicates += receipt->duplicates;
    for (const auto& conflict : receipt->conflicts) {
        counts_.conflicts.push_back(
            RowProblem{.row = batch.rows[conflict.index], .reason = conflict.reason});
    }
}

}  // namespace kokemus::intake
