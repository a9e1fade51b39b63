#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "base/limits.h"
#include "timeline/snapshot_folder.h"

namespace kokemus::app {

/// Keeps the snapshot on disk near the newest timeline, so that the next start need not read the
/// ledger. Writing is done by a thread of its own at low priority; it never holds up a question.
/// What goes wrong is logged, leaves the former snapshot and is tried again later.
///
/// Thread safety: all functions may be called from any thread.
class SnapshotKeeper {
public:
    enum class Mode {
        Keep,
        ReadOnly,  ///< for a blueprint that is not the folder's own: nothing is written
    };

    struct Options {
        Mode mode = Mode::Keep;
        /// So many make a snapshot worth its while, or a newer one.
        std::uint64_t encounters_min = limits::snapshot_encounters_min;
    };

    /// Of the data folder `data`. The ledger must outlive this.
    SnapshotKeeper(const std::filesystem::path& data, const ledger::Ledger& ledger,
                   const Options& options);

    /// Waits for what is being written, and writes what is worth it of what came after.
    ~SnapshotKeeper();

    /// The snapshot, or nothing when the timeline is to be built; then the log says why, and one
    /// that is damaged is removed.
    std::optional<timeline::Restored> restore(
        std::shared_ptr<const blueprint::Blueprint> blueprint);

    /// Takes note of the newest timeline. It is written when the snapshot on disk would cost the
    /// next start more than a second (limits::snapshot_encounters_min), not too often.
    void offer(std::shared_ptr<const timeline::Timeline> timeline,
               const timeline::Standing& standing);

    /// Removes the snapshot, also one that is being written, for whose end it waits; the next one
    /// is written from what is offered later. Nobody else waits with it.
    Status discard();

    /// Nothing is written while one stands.
    class Pause {
    public:
        explicit Pause(SnapshotKeeper& keeper) : keeper_(keeper) { keeper_.count_pauses(1); }
        ~Pause() { keeper_.count_pauses(-1); }
        Pause(const Pause&) = delete;
        Pause& operator=(const Pause&) = delete;

    private:
        SnapshotKeeper& keeper_;
    };

private:
    using Time = std::chrono::steady_clock;

    enum class Moment { Running, Stopping };

    void run();
    void count_pauses(int more);
    bool is_worth(Moment moment) const;
    void write(std::unique_lock<std::mutex>& lock);

    const ledger::Ledger& ledger_;
    const Options options_;
    timeline::SnapshotFolder folder_;
    std::atomic<std::uint64_t> discards_ = 0;
    std::mutex mutex_;  ///< over all below
    std::condition_variable changed_;
    bool stopping_ = false;
    int pauses_ = 0;
    timeline::Restored newest_;               ///< offered and not yet written; no timeline: nothing
    std::optional<timeline::Standing> kept_;  ///< where the snapshot on disk stands, if it serves
    std::shared_ptr<const blueprint::Blueprint> kept_blueprint_;
    Time::time_point not_before_ = Time::time_point::min();
    std::thread writer_;  ///< begun with the first timeline that is worth it
};

}  // namespace kokemus::app
