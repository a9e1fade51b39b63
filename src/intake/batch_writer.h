#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.h"
#include "intake/row_builder.h"

namespace kokemus::ledger {
class Ledger;
}

namespace kokemus::intake {

/// Writes batches to the ledger on a thread of its own, one after the other in the order given,
/// while the next one is being made. Thread safety: one thread calls.
class BatchWriter {
public:
    /// `ledger` null: nothing is written, all counts as new.
    explicit BatchWriter(ledger::Ledger* ledger);
    BatchWriter(const BatchWriter&) = delete;
    BatchWriter& operator=(const BatchWriter&) = delete;
    ~BatchWriter();

    /// Waits until the batch before is written; fails with its error, and from then on always.
    Status give(EncounterBatch batch);

    /// Waits until everything is written.
    Status finish();

    struct Counts {
        std::uint64_t accepted = 0;
        std::uint64_t duplicates = 0;
        std::vector<RowProblem> conflicts;  ///< since they were last taken
    };
    /// After `finish`: what was counted since the last call.
    Counts take_counts();

private:
    void work();
    void write(const EncounterBatch& batch);

    ledger::Ledger* ledger_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<EncounterBatch> waiting_;
    bool writing_ = false;
    bool stop_ = false;
    Status status_;
    Counts counts_;
    std::thread thread_;
};

}  // namespace kokemus::intake
