#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "base/result.h"
#include "intake/row_builder.h"

namespace kokemus::ledger {
class BulkAppender;
class Ledger;
}  // namespace kokemus::ledger

namespace kokemus::intake {

/// Hands encounters to the ledger, which commits them on a thread of its own while the next ones
/// are made, and knows which row each came from. Thread safety: one thread calls.
class BatchWriter {
public:
    /// Of encounters that were checked. `ledger` null: nothing is written, all counts as new.
    /// `batch_encounters`: per transaction.
    BatchWriter(ledger::Ledger* ledger, std::size_t batch_encounters);
    BatchWriter(const BatchWriter&) = delete;
    BatchWriter& operator=(const BatchWriter&) = delete;
    ~BatchWriter();

    /// A few thousand at a time are best, while they are in the cache. Takes the encounters and
    /// leaves old ones, whose memory may be used again. Fails with the error of a transaction
    /// before, and from then on always.
    Status give(EncounterBatch& batch);

    /// Waits until everything is written.
    Status finish();

    struct Counts {
        std::uint64_t accepted = 0;
        std::uint64_t duplicates = 0;
        std::uint64_t erased = 0;
        std::vector<RowProblem> conflicts;  ///< since they were last taken
    };
    /// After `finish`: what was counted since the last call.
    Counts take_counts();

private:
    void take_receipt();

    std::unique_ptr<ledger::BulkAppender> appender_;
    std::deque<std::uint64_t> rows_;  ///< of what was given and not heard of yet
    std::uint64_t heard_ = 0;         ///< encounters before those
    Counts counts_;
};

}  // namespace kokemus::intake
