#include "ledger/bulk_appender.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <fmt/format.h>

namespace kokemus::ledger {

namespace {

/// Vectors that wait to be laid out; with fewer, one thread waits for the other too often.
constexpr std::size_t given_max = 8;

Error not_written(const std::exception& failure) {
    return Error{ErrorCode::Unavailable,
                 fmt::format("the batch was not written: {}", failure.what())};
}

Result<Receipt> commit(Ledger& ledger, std::unique_ptr<Batch> batch) {
    try {
        return ledger.commit(std::move(batch));
    } catch (const std::exception& failure) {
        return not_written(failure);
    }
}

}  // namespace

BulkAppender::BulkAppender(Ledger& ledger, Checked checked, std::size_t batch_rows)
    : ledger_(ledger),
      checked_(checked),
      batch_rows_(batch_rows),
      filling_(ledger.begin()),
      laying_out_([this] { lay_out_all(); }),
      committing_([this] { commit_all(); }) {}

BulkAppender::~BulkAppender() {
    {
        const std::scoped_lock lock(mutex_);
        is_stopped_ = true;
    }
    changed_.notify_all();
    laying_out_.join();
    committing_.join();
}

Status BulkAppender::add(Encounters& encounters) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return given_.size() < given_max || !status_; });
    TRY(status_);
    if (encounters.empty()) {
        return {};
    }
    given_.push_back(std::move(encounters));
    encounters = {};
    if (!used_.empty()) {
        encounters = std::move(used_.back());
        used_.pop_back();
    }
    changed_.notify_all();
    return {};
}

Status BulkAppender::finish() {
    std::unique_lock lock(mutex_);
    is_rest_wanted_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return is_idle() || !status_; });
    is_rest_wanted_ = false;
    return status_;
}

bool BulkAppender::is_idle() const {
    return given_.empty() && !is_laying_out_ && filling_->size() == 0 && !waiting_ &&
           !is_committing_;
}

Receipt BulkAppender::take_receipt() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(receipt_, {});
}

void BulkAppender::lay_out_all() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] {
            return is_stopped_ || !status_ || !given_.empty() ||
                   (is_rest_wanted_ && filling_->size() > 0);
        });
        if (is_stopped_ || !status_) {
            return;
        }
        Encounters encounters;
        const bool is_rest = given_.empty();
        if (!is_rest) {
            encounters = std::move(given_.front());
            given_.pop_front();
        }
        is_laying_out_ = true;
        changed_.notify_all();
        lock.unlock();
        Status done = is_rest ? hand_over() : lay_out(encounters);
        lock.lock();
        is_laying_out_ = false;
        if (!done && status_) {
            status_ = std::move(done);
        }
        if (used_.size() < given_max && !is_rest) {
            used_.push_back(std::move(encounters));
        }
        changed_.notify_all();
    }
}

Status BulkAppender::lay_out(std::span<const encounter::Encounter> encounters) {
    try {
        return fill_batches(encounters);
    } catch (const std::exception& failure) {
        return not_written(failure);
    }
}

Status BulkAppender::fill_batches(std::span<const encounter::Encounter> encounters) {
    while (!encounters.empty()) {
        const std::size_t free = batch_rows_ - filling_->size();
        const auto part = encounters.first(std::min(free, encounters.size()));
        encounters = encounters.subspan(part.size());
        TRY(filling_->add(part, checked_));
        if (filling_->size() == batch_rows_) {
            TRY(hand_over());
        }
    }
    return {};
}

Status BulkAppender::hand_over() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !waiting_ || !status_ || is_stopped_; });
    TRY(status_);
    if (is_stopped_) {
        return Error{ErrorCode::Cancelled, "the rest is left out"};
    }
    waiting_ = std::exchange(filling_, ledger_.begin());
    changed_.notify_all();
    return {};
}

void BulkAppender::commit_all() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return is_stopped_ || !status_ || waiting_; });
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
        take_note(std::move(receipt), size);
        changed_.notify_all();
    }
}

void BulkAppender::take_note(Result<Receipt> receipt, std::size_t encounters) {
    if (!receipt) {
        status_ = receipt.error();
    } else {
        receipt_.accepted += receipt->accepted;
        receipt_.duplicates += receipt->duplicates;
        receipt_.erased += receipt->erased;
        for (auto& conflict : receipt->conflicts) {
            conflict.index += committed_;
            receipt_.conflicts.push_back(std::move(conflict));
        }
    }
    committed_ += encounters;
}

}  // namespace kokemus::ledger
