#include "ledger/bulk_appender.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <fmt/format.h>

namespace kokemus::ledger {

namespace {

Result<Receipt> commit(Ledger& ledger, std::unique_ptr<Batch> batch) {
    try {
        return ledger.commit(std::move(batch));
    } catch (const std::exception& failure) {
        return Error{ErrorCode::Unavailable,
                     fmt::format("the batch was not written: {}", failure.what())};
    }
}

}  // namespace

BulkAppender::BulkAppender(Ledger& ledger, std::size_t batch_rows)
    : ledger_(ledger),
      batch_rows_(batch_rows),
      filling_(ledger.begin()),
      thread_([this] { work(); }) {}

BulkAppender::~BulkAppender() {
    {
        const std::scoped_lock lock(mutex_);
        is_stopped_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

Status BulkAppender::add(std::span<const encounter::Encounter> encounters) {
    while (!encounters.empty()) {
        const std::size_t free = batch_rows_ - filling_->size();
        const auto part = encounters.first(std::min(free, encounters.size()));
        encounters = encounters.subspan(part.size());
        TRY(filling_->add(part));
        if (filling_->size() == batch_rows_) {
            TRY(hand_over());
        }
    }
    return {};
}

Status BulkAppender::hand_over() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !waiting_ || !status_; });
    TRY(status_);
    waiting_ = std::exchange(filling_, ledger_.begin());
    changed_.notify_all();
    return {};
}

Status BulkAppender::finish() {
    if (filling_->size() > 0) {
        TRY(hand_over());
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return (!waiting_ && !is_committing_) || !status_; });
    return status_;
}

Receipt BulkAppender::take_receipt() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(receipt_, {});
}

void BulkAppender::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return is_stopped_ || waiting_; });
        if (is_stopped_ || !status_) {
            return;
        }
        std::unique_ptr<Batch> batch = std::move(waiting_);
        const std::size_t size = batch->size();
        is_committing_ = true;
        changed_.notify_all();
        lock.unlock();
        auto receipt = commit(ledger_, std::move(batch));
        lock.lock();
        is_committing_ = false;
        if (!receipt) {
            status_ = receipt.error();
        } else {
            receipt_.accepted += receipt->accepted;
            receipt_.duplicates += receipt->duplicates;
            for (auto& conflict : receipt->conflicts) {
                conflict.index += committed_;
                receipt_.conflicts.push_back(std::move(conflict));
            }
        }
        committed_ += size;
        changed_.notify_all();
    }
}

}  // namespace kokemus::ledger
