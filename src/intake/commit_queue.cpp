#include "intake/commit_queue.h"

#include <exception>
#include <utility>

#include <fmt/format.h>

namespace kokemus::intake {

namespace {

using encounter::Encounter;

/// Committed at once: enough to share a sync well, little enough to be answered soon.
constexpr std::size_t encounters_together_max = 20'000;

/// What an encounter takes in memory, near enough: texts within the strings themselves count twice.
std::size_t bytes_of(const std::vector<Encounter>& batch) {
    std::size_t bytes = batch.capacity() * sizeof(Encounter);
    for (const Encounter& one : batch) {
        bytes += one.id.value().size() + one.customer.value().size() + one.touchpoint.size() +
                 one.channel.size() + one.department.size() + one.employee.size() +
                 one.thread.value().size() + one.scale.size() + one.text.size() +
                 one.language.size() + one.properties.size();
        bytes += one.due.size() * 128;
    }
    return bytes;
}

}  // namespace

CommitQueue::CommitQueue(Append append, Bounds bounds)
    : append_(std::move(append)),
      bounds_(bounds),
      committer_([this] { run(); }) {}

void CommitQueue::end() {
    {
        const std::scoped_lock lock(mutex_);
        is_ending_ = true;
    }
    news_.notify_one();
    if (committer_.joinable()) {
        committer_.join();
    }
}

Status CommitQueue::offer(std::vector<Encounter> batch, Done done) {
    if (batch.empty()) {
        done(ledger::Receipt{});
        return {};
    }
    const std::size_t bytes = bytes_of(batch);
    {
        const std::scoped_lock lock(mutex_);
        // A batch that is alone is taken whatever its size: requests have a bound of their own.
        const bool has_room = load_.batches < bounds_.batches_max &&
                              (load_.batches == 0 || load_.bytes + bytes <= bounds_.bytes_max);
        if (!has_room || is_ending_) {
            return Error{ErrorCode::Unavailable,
                         "more is being sent than the disk takes; nothing of this was taken, send "
                         "it again in a second"};
        }
        ++load_.batches;
        load_.bytes += bytes;
        queue_.push_back(Waiting{std::move(batch), std::move(done), bytes});
    }
    news_.notify_one();
    return {};
}

CommitQueue::Load CommitQueue::load() const {
    const std::scoped_lock lock(mutex_);
    return load_;
}

void CommitQueue::run() {
    while (true) {
        std::vector<Waiting> waiting = take_some();
        if (waiting.empty()) {
            return;
        }
        commit(std::move(waiting));
    }
}

/// Waits until there is something; empty at the end.
std::vector<CommitQueue::Waiting> CommitQueue::take_some() {
    std::unique_lock lock(mutex_);
    news_.wait(lock, [this] { return !queue_.empty() || is_ending_; });
    std::vector<Waiting> some;
    std::size_t encounters = 0;
    while (!queue_.empty() &&
           (some.empty() || encounters + queue_.front().batch.size() <= encounters_together_max)) {
        encounters += queue_.front().batch.size();
        some.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    return some;
}

void CommitQueue::commit(std::vector<Waiting> waiting) {
    std::vector<std::span<const Encounter>> batches;
    std::size_t bytes = 0;
    for (const Waiting& one : waiting) {
        batches.emplace_back(one.batch);
        bytes += one.bytes;
    }
    std::vector<Result<ledger::Receipt>> outcomes;
    // Without memory nothing was written; the senders are told, and the next batches get a chance.
    try {
        outcomes = append_(batches);
    } catch (const std::exception& failure) {
        outcomes.assign(
            waiting.size(),
            Error{ErrorCode::Unavailable, fmt::format("nothing was written: {}", failure.what())});
    }
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        waiting[i].done(std::move(outcomes[i]));
    }
    const std::size_t batches_done = waiting.size();
    waiting.clear();
    const std::scoped_lock lock(mutex_);
    load_.batches -= batches_done;
    load_.bytes -= bytes;
}

}  // namespace kokemus::intake
