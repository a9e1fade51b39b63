#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "ledger/ledger.h"

namespace kokemus::ledger {

/// Appends very many encounters in batches of `bulk_batch_rows`, in the order in which they were
/// added. Three work at a time: the caller makes encounters, a thread lays them out, another
/// commits the batch before. At most three batches are in memory.
///
/// Thread safety: one thread calls.
class BulkAppender {
public:
    /// The ledger must outlive it. `checked`: of all that will be added.
    explicit BulkAppender(Ledger& ledger, Checked checked = Checked::No,
                          std::size_t batch_rows = bulk_batch_rows);
    BulkAppender(const BulkAppender&) = delete;
    BulkAppender& operator=(const BulkAppender&) = delete;

    /// Leaves out what was not committed yet.
    ~BulkAppender();

    /// Takes the encounters and leaves old ones in their place, whose memory may be used again. A
    /// few hundred at a time are best: they are laid out while they are in a cache. Fails with the
    /// error of what was added before, and from then on always.
    Status add(std::vector<encounter::Encounter>& encounters);

    /// Commits the rest and waits until everything is on disk.
    Status finish();

    /// What became of the batches committed since it was last asked. The index of a conflict counts
    /// from the first encounter that was ever added.
    Receipt take_receipt();

private:
    using Encounters = std::vector<encounter::Encounter>;

    void lay_out_all();
    Status lay_out(std::span<const encounter::Encounter> encounters);
    Status fill_batches(std::span<const encounter::Encounter> encounters);
    Status hand_over();
    void commit_all();
    void take_note(Result<Receipt> receipt, std::size_t encounters);
    bool is_idle() const;

    Ledger& ledger_;
    const Checked checked_;
    const std::size_t batch_rows_;
    std::unique_ptr<Batch> filling_;  ///< of whoever lays out
    std::mutex mutex_;                ///< over everything below
    std::condition_variable changed_;
    std::deque<Encounters> given_;
    std::vector<Encounters> used_;  ///< laid out, for their memory
    bool is_laying_out_ = false;
    bool is_rest_wanted_ = false;
    std::unique_ptr<Batch> waiting_;
    bool is_committing_ = false;
    bool is_stopped_ = false;
    std::uint64_t committed_ = 0;  ///< encounters in batches done with
    Status status_;
    Receipt receipt_;
    std::jthread laying_out_;
    std::jthread committing_;
};

}  // namespace kokemus::ledger
