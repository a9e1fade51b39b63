#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/guarded.h"
#include "base/limits.h"
#include "base/result.h"
#include "encounter/encounter.h"
#include "intake/committer_line.h"
#include "ledger/ledger.h"
#include "measure/durations.h"

namespace kokemus::intake {

/// The one way of live encounters into the ledger: batches of many senders wait here, and one
/// committer appends all that wait in a few transactions. Whoever offers does not wait: it is told
/// later, when its batch is on disk.
///
/// Bounded by batches and by bytes in memory. Thread safe.
class CommitQueue {
public:
    /// Told once for each batch taken, on the committer's thread: after it is on disk, or with the
    /// reason why nothing of it was kept. Must not block.
    using Done = std::function<void(Result<ledger::Receipt>)>;

    /// `Ledger::append_each`, or what a test puts in its place.
    using Append = std::function<std::vector<Result<ledger::Receipt>>(
        std::span<const std::span<const encounter::Encounter>>)>;

    struct Bounds {
        std::size_t batches_max = limits::intake_batches_max;
        std::size_t bytes_max = limits::intake_bytes_max;
    };

    explicit CommitQueue(Append append) : CommitQueue(std::move(append), Bounds{}) {}
    CommitQueue(Append append, Bounds bounds);

    /// Commits what was taken and returns when all were told; takes no more. Whoever answers by
    /// `done` must outlive this call, not the queue.
    void end() { line_.end(); }

    /// Takes the batch; its encounters must be checked and have ids. Unavailable when there is no
    /// room: nothing was taken, `done` is not called, the sender comes back later. An empty batch
    /// is done at once.
    Status offer(std::vector<encounter::Encounter> batch, Done done);

    /// What waits, for tests and for those who watch.
    struct Load {
        std::size_t batches = 0;
        std::size_t bytes = 0;
    };
    Load load() const;

    /// What became of the encounters of all batches so far.
    struct Outcomes {
        std::uint64_t accepted = 0;
        std::uint64_t duplicates = 0;
        std::uint64_t conflicts = 0;
        std::uint64_t failed_batches = 0;  ///< of which nothing was kept
    };
    Outcomes outcomes() const;

    /// How long the ledger took for each commit.
    const measure::Durations& commits() const { return commits_; }

private:
    struct Waiting {
        std::vector<encounter::Encounter> batch;
        Done done;
    };

    void commit(std::vector<Waiting> waiting);
    void count(std::span<const Result<ledger::Receipt>> outcomes);

    const Append append_;
    Guarded<Outcomes> outcomes_;
    measure::Durations commits_;
    CommitterLine<Waiting> line_;  ///< last, so that its thread begins when all else is there
};

}  // namespace kokemus::intake
