#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <thread>

#include "ledger/ledger.h"

namespace kokemus::ledger {

/// Appends very many encounters in batches of `bulk_batch_rows`, in the order in which they were
/// added: the caller lays one batch out while a thread of its own commits the one before. At most
/// three batches are in memory.
///
/// Thread safety: one thread calls.
class BulkAppender {
public:
    /// The ledger must outlive it.
    explicit BulkAppender(Ledger& ledger, std::size_t batch_rows = bulk_batch_rows);
    BulkAppender(const BulkAppender&) = delete;
    BulkAppender& operator=(const BulkAppender&) = delete;

    /// Leaves out what was not committed yet.
    ~BulkAppender();

    /// Keeps no reference. Fails with the error of a batch before, and from then on always.
    Status add(std::span<const encounter::Encounter> encounters);

    /// Commits the rest and waits until everything is on disk.
    Status finish();

    /// What became of the batches committed since it was last asked. The index of a conflict counts
    /// from the first encounter that was ever added.
    Receipt take_receipt();

private:
    void work();
    Status hand_over();

    Ledger& ledger_;
    const std::size_t batch_rows_;
    std::unique_ptr<Batch> filling_;  ///< the caller's
    std::mutex mutex_;                ///< over everything below
    std::condition_variable changed_;
    std::unique_ptr<Batch> waiting_;
    bool is_committing_ = false;
    bool is_stopped_ = false;
    std::uint64_t committed_ = 0;  ///< encounters in batches done with
    Status status_;
    Receipt receipt_;
    std::jthread thread_;
};

}  // namespace kokemus::ledger
