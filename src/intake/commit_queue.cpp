#include "intake/commit_queue.h"

#include <chrono>
#include <exception>
#include <utility>

#include <fmt/format.h>

namespace kokemus::intake {

namespace {

using encounter::Encounter;

/// Committed at once: enough to share a sync well (some 20,000 encounters), little enough to be
/// answered soon.
constexpr std::size_t together_bytes_max = 12 * 1024 * 1024;

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
      line_([this](std::vector<Waiting> waiting) { commit(std::move(waiting)); },
            {bounds.batches_max, bounds.bytes_max, together_bytes_max}) {}

Status CommitQueue::offer(std::vector<Encounter> batch, Done done) {
    if (batch.empty()) {
        done(ledger::Receipt{});
        return {};
    }
    const std::size_t bytes = bytes_of(batch);
    if (!line_.offer({std::move(batch), std::move(done)}, bytes)) {
        return Error{ErrorCode::Unavailable,
                     "more is being sent than the disk takes; nothing of this was taken, send it "
                     "again in a second"};
    }
    return {};
}

CommitQueue::Load CommitQueue::load() const {
    const auto load = line_.load();
    return {load.batches, load.weight};
}

CommitQueue::Outcomes CommitQueue::outcomes() const {
    return outcomes_.with([](const Outcomes& outcomes) { return outcomes; });
}

void CommitQueue::count(std::span<const Result<ledger::Receipt>> outcomes) {
    outcomes_.with([&](Outcomes& counted) {
        for (const auto& outcome : outcomes) {
            if (outcome) {
                counted.accepted += outcome->accepted;
                counted.duplicates += outcome->duplicates;
                counted.conflicts += outcome->conflicts.size();
            } else {
                ++counted.failed_batches;
            }
        }
    });
}

void CommitQueue::commit(std::vector<Waiting> waiting) {
    std::vector<std::span<const Encounter>> batches;
    for (const Waiting& one : waiting) {
        batches.emplace_back(one.batch);
    }
    std::vector<Result<ledger::Receipt>> outcomes;
    const auto begun = std::chrono::steady_clock::now();
    // Without memory nothing was written; the senders are told, and the next batches get a chance.
    try {
        outcomes = append_(batches);
    } catch (const std::exception& failure) {
        outcomes.assign(
            waiting.size(),
            Error{ErrorCode::Unavailable, fmt::format("nothing was written: {}", failure.what())});
    }
    commits_.note(std::chrono::steady_clock::now() - begun);
    count(outcomes);
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        waiting[i].done(std::move(outcomes[i]));
    }
}

}  // namespace kokemus::intake
