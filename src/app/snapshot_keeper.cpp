#include "app/snapshot_keeper.h"

#include <sys/resource.h>

#include <algorithm>
#include <utility>

#include "base/limits.h"
#include "base/log.h"
#include "base/test_setting.h"

namespace kokemus::app {

namespace {

constexpr int writer_niceness = 10;
constexpr auto pause_after_failure = std::chrono::minutes(5);

/// What a stop may still write for the sake of a few encounters.
constexpr std::uint64_t stop_bytes_max = 64ULL * 1024 * 1024;

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::uint64_t ahead(const timeline::Standing& standing, const timeline::Standing& kept) {
    // A snapshot of a state that the ledger has left behind is far away too: unsigned on purpose.
    return std::max({standing.last_number - kept.last_number,
                     standing.last_customer_change - kept.last_customer_change,
                     std::uint64_t{standing.last_assertion} - kept.last_assertion});
}

}  // namespace

SnapshotKeeper::SnapshotKeeper(const std::filesystem::path& data, const ledger::Ledger& ledger,
                               const Options& options)
    : ledger_(ledger),
      options_(options),
      folder_(data / "timeline") {}

SnapshotKeeper::~SnapshotKeeper() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (writer_.joinable()) {
        writer_.join();
    }
    std::unique_lock lock(mutex_);
    if (is_worth(Moment::Stopping)) {
        write(lock);
    }
}

std::optional<timeline::Restored> SnapshotKeeper::restore(
    std::shared_ptr<const blueprint::Blueprint> blueprint) {
    const auto start = Time::now();
    auto loaded = folder_.load(ledger_, blueprint);
    if (!loaded) {
        const Error& why = loaded.error();
        if (why.code == ErrorCode::NotFound) {
            return std::nullopt;
        }
        log_warning("the timeline is built from the ledger; its snapshot is not used: {}",
                    why.message);
        // One of before an erasure must not stay; one of another blueprint is written anew anyway.
        const bool is_useless = why.code == ErrorCode::Corrupt || why.code == ErrorCode::Conflict;
        if (is_useless && options_.mode == Mode::Keep) {
            (void)discard().has_value();
        }
        return std::nullopt;
    }
    log_debug("snapshot of {} encounters opened in {:.3f} s",
              loaded->timeline->rows(),
              seconds_since(start));
    const std::scoped_lock lock(mutex_);
    kept_ = loaded->standing;
    kept_blueprint_ = std::move(blueprint);
    return std::move(*loaded);
}

void SnapshotKeeper::offer(std::shared_ptr<const timeline::Timeline> timeline,
                           const timeline::Standing& standing) {
    const std::scoped_lock lock(mutex_);
    newest_ = timeline::Restored{std::move(timeline), standing};
    if (is_worth(Moment::Running) && !writer_.joinable()) {
        writer_ = std::thread([this] { run(); });
    }
    changed_.notify_all();
}

/// One that is being written is given up when it sees that it was counted; so nothing of before is
/// on disk on return, whichever of the two comes first.
Status SnapshotKeeper::discard() {
    {
        const std::scoped_lock lock(mutex_);
        ++discards_;
        kept_.reset();
        newest_ = {};
    }
    return folder_.discard();
}

void SnapshotKeeper::count_pauses(int more) {
    const std::scoped_lock lock(mutex_);
    pauses_ += more;
    if (pauses_ == 0 && is_worth(Moment::Running) && !writer_.joinable()) {
        writer_ = std::thread([this] { run(); });
    }
    changed_.notify_all();
}

bool SnapshotKeeper::is_worth(Moment moment) const {
    if (options_.mode == Mode::ReadOnly || pauses_ > 0 || !newest_.timeline ||
        newest_.timeline->rows() < options_.encounters_min) {
        return false;
    }
    if (!kept_ || kept_blueprint_ != newest_.timeline->blueprint) {
        return true;
    }
    const std::uint64_t missing = ahead(newest_.standing, *kept_);
    return missing >= options_.encounters_min ||
           (moment == Moment::Stopping && missing > 0 &&
            folder_.bytes_to_write(*newest_.timeline) <= stop_bytes_max);
}

void SnapshotKeeper::run() {
    // Of this thread alone: questions go first.
    (void)::setpriority(PRIO_PROCESS, 0, writer_niceness);
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (is_worth(Moment::Running) && Time::now() >= not_before_) {
            write(lock);
        } else if (is_worth(Moment::Running)) {
            changed_.wait_until(lock, not_before_);
        } else {
            changed_.wait(lock);
        }
    }
}

/// Writes the newest timeline, without the lock.
void SnapshotKeeper::write(std::unique_lock<std::mutex>& lock) {
    const timeline::Restored going = std::exchange(newest_, {});
    const std::uint64_t discards = discards_;
    lock.unlock();
    const auto start = Time::now();
    const Status saved = folder_.save(
        *going.timeline, ledger_, going.standing, [&] { return discards == discards_; });
    const double seconds = seconds_since(start);
    const bool is_given_up = !saved && saved.error().code == ErrorCode::Cancelled;
    if (saved) {
        log_debug("snapshot of {} encounters written in {:.1f} s", going.timeline->rows(), seconds);
    } else if (!is_given_up) {
        log_error("the snapshot of the timeline was not written, the former one stands: {}",
                  saved.error().message);
    }
    lock.lock();
    auto pause = std::max<Time::duration>(
        std::chrono::milliseconds(
            test_setting("SNAPSHOT_PAUSE_MS", limits::snapshot_pause_seconds_min * 1000ULL)),
        std::chrono::duration_cast<Time::duration>(
            std::chrono::duration<double>(seconds * 100 / limits::snapshot_writing_share_max)));
    if (is_given_up) {
        return;  // another is offered when what was erased has left the timeline
    }
    if (!saved) {
        pause = std::max<Time::duration>(pause, pause_after_failure);
        newest_ = newest_.timeline ? newest_ : going;
    } else if (discards == discards_) {
        kept_ = going.standing;
        kept_blueprint_ = going.timeline->blueprint;
    }
    not_before_ = Time::now() + pause;
}

}  // namespace kokemus::app
