#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "app/in_force.h"
#include "base/guarded.h"
#include "base/result.h"
#include "base/task.h"
#include "blueprint/blueprint.h"
#include "ledger/ledger.h"
#include "question/engine.h"

namespace kokemus::identity {
class Identities;
}  // namespace kokemus::identity

namespace kokemus::ledger {
struct Erasure;
struct ErasureOrder;
struct Retention;
struct Rewritten;
}  // namespace kokemus::ledger

namespace kokemus::timeline {
class LedgerFollower;
class LiveTimeline;
struct Timeline;
}  // namespace kokemus::timeline

namespace kokemus::app {

class SnapshotKeeper;
struct RetentionDays;

/// What a question is answered on: one immutable state of the encounters and of the blueprint.
struct Snapshot {
    std::shared_ptr<const blueprint::Blueprint> blueprint;
    std::int64_t blueprint_version = 0;  ///< of InForce
    std::shared_ptr<const question::Engine> engine;
    std::shared_ptr<const timeline::Timeline> timeline;  ///< that the engine counts over
    /// Who is who in it, or as was said since: it alone goes on changing.
    std::shared_ptr<const identity::Identities> identities;
    std::uint64_t version = 0;      ///< Organisation::version; equal ones give equal answers
    std::uint64_t last_number = 0;  ///< of the ledger, when it was taken
    Instant latest{};               ///< the ledger's latest time: "now" for promises and episodes
    Instant built_at{};
    double build_seconds = 0;
};

/// One data folder, opened: its ledger, its blueprint and the snapshot that answers are made from.
///
/// Thread safety: all functions may be called from any thread. A snapshot once handed out never
/// changes.
class Organisation {
public:
    enum class Open { Existing, OrNew };

    /// Opens DIR (ledger, blueprint.toml). Existing: NotFound with words when nothing was ever put
    /// there. A blueprint file given is used instead of the folder's own; its faults are an error,
    /// all of them listed.
    static Result<std::unique_ptr<Organisation>> open(
        const std::filesystem::path& folder, const std::optional<std::filesystem::path>& blueprint,
        Open how);

    ~Organisation();

    ledger::Ledger& ledger() { return *ledger_; }
    const std::filesystem::path& folder() const { return folder_; }
    std::shared_ptr<const blueprint::Blueprint> blueprint() const { return in_force().blueprint; }
    InForce in_force() const;

    /// From now on this is in force; an equal blueprint gives its number alone. Snapshots follow:
    /// at once where columns stay as they are, else the timeline is built anew, and until then
    /// answers are given under the former one.
    void bring_into_force(InForce wanted);

    /// Waits until answers are given under what is in force, at most so long; whether they are.
    bool wait_until_in_force(Milliseconds at_most);

    /// Whether the data folder has a blueprint of its own.
    bool has_own_blueprint() const;

    /// Makes the file (or text) the folder's blueprint, after checking it. On a fault nothing
    /// changes.
    Status keep_blueprint(const std::filesystem::path& file);
    Status keep_blueprint_text(std::string_view toml, std::string_view called);

    /// The newest snapshot; read from disk or built when there is none or the blueprint is another,
    /// else made from the one before and the ledger's news. Callers at the same time wait for one
    /// build. Building costs a pass over the ledger and a sort, about 2 us an encounter; news cost
    /// in proportion to the customers they touch.
    ///
    /// While somebody refreshes, large work is left to them: the snapshot of the former blueprint
    /// is given until that of the present one is there, and while news of customers with very many
    /// encounters are taken, the present one, as long as it holds all that the ledger had a second
    /// before. Whoever has to wait does so until `task` is over.
    Result<std::shared_ptr<const Snapshot>> snapshot(const Task& task = Task());

    /// Whether a thread calls `refresh` again and again.
    void refreshes(bool yes) { is_refreshed_ = yes; }

    /// The newest snapshot, waiting for whatever has to be built.
    Result<std::shared_ptr<const Snapshot>> refresh();

    /// Does one piece of the work that keeps the timeline in few parts, beside questions and news.
    /// Says whether there was any.
    Result<bool> merge_some();

    /// Erases a person: on disk, and out of every answer, when this returns. What is left in bytes
    /// goes with `finish_erasures`, which a thread of a server does by and by (eraser.h).
    Result<ledger::Erasure> erase(const ledger::ErasureOrder& order);

    /// Lets a name be used again that was erased (Erasing::readmit).
    Status readmit(const encounter::CustomerName& name);

    /// Whether an erasure is not finished.
    bool has_open_erasures() const { return has_open_erasures_; }

    /// Takes somebody's data out of a place that is none of the organisation's own; gives how many
    /// entries went. Called again for the same names when it failed or the program was killed.
    using Forget = std::function<Result<std::int64_t>(std::span<const encounter::CustomerName>)>;

    /// Since when a place is without who is erased: since the erasure is finished, or since it was
    /// ordered, and once more by then.
    enum class Since { TheFinish, TheOrder };

    /// From now on no erasure is finished before this was done with all its names; the receipt says
    /// how many went under `called`. What it needs must live as long as erasures are finished.
    void forget_also(std::string called, Forget forget, Since since = Since::TheFinish);

    /// Takes what was erased out of every file of the data folder: the columns and the snapshot of
    /// the timeline, lists of refused rows, and last the ledger, which is written anew. Killed or
    /// stopped at any moment, it is done again from its beginning. Nothing to do is no error.
    Result<ledger::Rewritten> finish_erasures(const std::stop_token& stop);

    /// While it is held, no file of the data folder is written anew: for who copies them as they
    /// are. Waits while one is; nobody else waits for it.
    std::unique_lock<std::mutex> hold_files() { return std::unique_lock(files_); }

    /// Removes what is older than the rules allow, by writing the ledger anew and putting the
    /// customers who changed anew into the timeline; open erasures are finished with it. Nothing
    /// too old: nothing is done.
    Status keep_retention(const RetentionDays& days, Instant now, const std::stop_token& stop);

    /// The snapshot as it is, without looking at the ledger; null before the first build.
    std::shared_ptr<const Snapshot> present() const;

    /// Counts the snapshots there have been: 0 before the first.
    std::uint64_t version() const;

    /// Waits until there is a newer snapshot than that of version `seen`, at most so long; gives
    /// the version there is then.
    std::uint64_t wait_for_change(std::uint64_t seen, Milliseconds at_most) const;

private:
    using Time = std::chrono::steady_clock;

    Organisation(std::filesystem::path folder, std::unique_ptr<ledger::Ledger> ledger);
    Status load_blueprint(const std::optional<std::filesystem::path>& given);
    Result<std::shared_ptr<const Snapshot>> newest_snapshot();
    Status change_blueprint(const InForce& wanted);
    Status build();
    Status resume_erasures();
    Status look_for_open_erasures();
    Status keep_digests() const;
    Result<ledger::Rewritten> rewrite(const ledger::Retention& retention,
                                      const std::stop_token& stop);
    Status renew(std::span<const encounter::CustomerName> customers);
    Result<std::vector<encounter::CustomerName>> all_names(
        std::span<const encounter::CustomerName> names);
    void publish_columns();
    Result<std::string> clean_files();
    /// `building_` is held.
    std::shared_ptr<Snapshot> make_snapshot(double build_seconds) const;

    enum class News { Yes, No };
    void publish(const std::shared_ptr<Snapshot>& snapshot, News news);
    bool is_recent() const;
    void looked_at(Time::time_point when);
    bool must_forget() const { return has_open_erasures_ || is_keeping_retention_; }

    const std::filesystem::path folder_;
    const std::unique_ptr<ledger::Ledger> ledger_;
    Guarded<InForce> in_force_;
    std::atomic<bool> is_refreshed_ = false;
    mutable std::mutex present_mutex_;  ///< over the four below
    mutable std::condition_variable changed_;
    std::shared_ptr<const Snapshot> present_;
    std::uint64_t version_ = 0;
    Time::time_point fresh_at_{};  ///< what the ledger had then is in the present snapshot
    std::mutex files_;             ///< held by who copies files, and by who writes them anew
    std::mutex erasing_;           ///< held by one order at a time, before `building_`
    std::timed_mutex building_;    ///< held while the members below change
    Time::duration last_news_took_{};
    std::optional<Error> refresh_error_;  ///< of the last look, if it failed
    std::unique_ptr<timeline::LedgerFollower> follower_;
    InForce fed_in_force_;
    bool is_blueprint_own_ = true;  ///< not one given beside the data folder
    std::atomic<bool> has_open_erasures_ = false;
    std::atomic<std::uint64_t> orders_ = 0;  ///< to erase: begun and done; odd during one
    std::atomic<bool> is_keeping_retention_ = false;
    struct OtherPlace {
        std::string called;
        Forget forget;
        Since since = Since::TheFinish;
    };
    void forget_at_once(std::span<const encounter::CustomerName> names);

    Guarded<std::vector<OtherPlace>> other_places_;
    std::unique_ptr<SnapshotKeeper> keeper_;  ///< last, so that it ends before what it reads
};

}  // namespace kokemus::app
