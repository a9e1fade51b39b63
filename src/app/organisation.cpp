#include "app/organisation.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "app/snapshot_keeper.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/test_moment.h"
#include "base/test_setting.h"
#include "timeline/blueprint_digest.h"
#include "timeline/ledger_follower.h"
#include "timeline/timeline_engine.h"

namespace kokemus::app {

namespace {

encounter::Evidence evidence_of(blueprint::IdentityKind kind) {
    switch (kind) {
        case blueprint::IdentityKind::Email: return encounter::Evidence::Email;
        case blueprint::IdentityKind::Phone: return encounter::Evidence::Phone;
        case blueprint::IdentityKind::Account: return encounter::Evidence::Member;
        case blueprint::IdentityKind::Key: break;
    }
    return encounter::Evidence::Key;
}

/// By which traits customers are known elsewhere: those that the blueprint declares, and the usual
/// ones that it says nothing of.
std::vector<encounter::IdentityKey> identity_keys(const blueprint::Blueprint& blueprint) {
    std::vector<encounter::IdentityKey> keys;
    for (const blueprint::IdentityTrait& declared : blueprint.identities) {
        keys.push_back({declared.name, evidence_of(declared.kind), declared.country});
    }
    for (encounter::IdentityKey& usual : encounter::usual_identity_keys()) {
        if (std::ranges::count(keys, usual.trait, &encounter::IdentityKey::trait) == 0) {
            keys.push_back(std::move(usual));
        }
    }
    return keys;
}

}  // namespace

namespace {

/// What was acknowledged is in answers within this.
constexpr auto fresh_within = std::chrono::seconds(1);

/// Whoever asks waits so long for others who look at the ledger, or looks themselves.
constexpr auto building_patience = std::chrono::milliseconds(200);

}  // namespace

Organisation::Organisation(std::filesystem::path folder, std::unique_ptr<ledger::Ledger> ledger)
    : folder_(std::move(folder)),
      ledger_(std::move(ledger)) {}

Result<std::unique_ptr<Organisation>> Organisation::open(
    const std::filesystem::path& folder, const std::optional<std::filesystem::path>& blueprint,
    Open how) {
    if (how == Open::Existing && !std::filesystem::exists(folder / "ledger")) {
        return not_found(
            fmt::format("there are no encounters in {} yet; take some in with \"kokemus --data {} "
                        "import FILE\" or make a sample with "
                        "\"kokemus --data {} demo\"",
                        folder.string(),
                        folder.string(),
                        folder.string()));
    }
    TRY(make_folders(folder));
    auto ledger = TRY(ledger::Ledger::open(folder));
    std::unique_ptr<Organisation> organisation(new Organisation(folder, std::move(ledger)));
    TRY(organisation->load_blueprint(blueprint));
    organisation->keeper_ = std::make_unique<SnapshotKeeper>(
        folder,
        organisation->ledger(),
        SnapshotKeeper::Options{
            blueprint ? SnapshotKeeper::Mode::ReadOnly : SnapshotKeeper::Mode::Keep,
            test_setting("SNAPSHOT_ENCOUNTERS", limits::snapshot_encounters_min)});
    TRY(organisation->resume_erasures());
    return organisation;
}

Organisation::~Organisation() = default;

Status Organisation::load_blueprint(const std::optional<std::filesystem::path>& given) {
    const std::filesystem::path path = given.value_or(folder_ / blueprint_file);
    std::string toml;
    if (given || has_own_blueprint()) {
        toml = TRY(read_file(path, limits::blueprint_bytes_max));
    }
    is_blueprint_own_ = !given;
    bring_into_force({TRY(read_blueprint_text(toml, path.string())), 0});
    return {};
}

InForce Organisation::in_force() const {
    return in_force_.with([](const InForce& present) { return present; });
}

void Organisation::bring_into_force(InForce wanted) {
    in_force_.with([&](InForce& present) {
        // Equal ones are one: nothing that hangs on the blueprint itself need move.
        if (present.blueprint != nullptr && *present.blueprint == *wanted.blueprint) {
            wanted.blueprint = present.blueprint;
        }
        present = std::move(wanted);
    });
}

bool Organisation::wait_until_in_force(Milliseconds at_most) {
    const InForce wanted = in_force();
    if (!is_refreshed_) {
        return refresh().has_value();
    }
    std::unique_lock lock(present_mutex_);
    return changed_.wait_for(lock, at_most, [&] {
        return present_ != nullptr && present_->blueprint == wanted.blueprint &&
               present_->blueprint_version == wanted.version;
    });
}

bool Organisation::has_own_blueprint() const {
    return std::filesystem::exists(folder_ / blueprint_file);
}

Status Organisation::keep_blueprint(const std::filesystem::path& file) {
    return keep_blueprint_text(TRY(read_file(file, limits::blueprint_bytes_max)), file.string());
}

Status Organisation::keep_blueprint_text(std::string_view toml, std::string_view called) {
    auto read = TRY(read_blueprint_text(toml, called));
    TRY(write_file(folder_ / blueprint_file, toml));
    bring_into_force({std::move(read), 0});
    return {};
}

std::shared_ptr<const Snapshot> Organisation::present() const {
    const std::scoped_lock lock(present_mutex_);
    return present_;
}

std::uint64_t Organisation::version() const {
    const std::scoped_lock lock(present_mutex_);
    return version_;
}

std::uint64_t Organisation::wait_for_change(std::uint64_t seen, Milliseconds at_most) const {
    std::unique_lock lock(present_mutex_);
    changed_.wait_for(lock, at_most, [&] { return version_ > seen; });
    return version_;
}

/// Without news nobody is told, as no answer is another.
void Organisation::publish(const std::shared_ptr<Snapshot>& snapshot, News news) {
    {
        const std::scoped_lock lock(present_mutex_);
        version_ += news == News::Yes ? 1 : 0;
        snapshot->version = version_;
        present_ = snapshot;
    }
    changed_.notify_all();
}

bool Organisation::is_recent() const {
    const std::scoped_lock lock(present_mutex_);
    return present_ != nullptr && Time::now() - fresh_at_ <= fresh_within;
}

void Organisation::looked_at(Time::time_point when) {
    const std::scoped_lock lock(present_mutex_);
    fresh_at_ = when;
}

Result<std::shared_ptr<const Snapshot>> Organisation::snapshot(const Task& task) {
    while (is_refreshed_) {
        auto newest = present();
        if (newest != nullptr && newest->blueprint != blueprint()) {
            return newest;
        }
        std::unique_lock lock(building_, building_patience);
        const bool is_there = lock && follower_ != nullptr && fed_in_force_ == in_force();
        if (is_there && (last_news_took_ <= building_patience || !is_recent())) {
            return newest_snapshot();
        }
        if (is_there || is_recent()) {
            return present();
        }
        if (lock && refresh_error_) {
            return *refresh_error_;
        }
        TRY(task.status());
        if (lock) {
            lock.unlock();
            std::this_thread::sleep_for(building_patience);
        }
    }
    return refresh();
}

Result<std::shared_ptr<const Snapshot>> Organisation::refresh() {
    const auto asked = Time::now();
    const std::scoped_lock lock(building_);
    if (follower_ != nullptr && fed_in_force_ == in_force()) {
        // Who waited while another looked, which began after this was asked, has what that found:
        // it need not be done once for each of them.
        const std::scoped_lock present_lock(present_mutex_);
        if (present_ != nullptr && fresh_at_ > asked) {
            return present_;
        }
    }
    auto newest = newest_snapshot();
    refresh_error_ = newest ? std::nullopt : std::optional(newest.error());
    return newest;
}

/// `building_` is held.
Result<std::shared_ptr<const Snapshot>> Organisation::newest_snapshot() {
    const auto start = Time::now();
    const InForce wanted = in_force();
    const bool is_changed = follower_ == nullptr || fed_in_force_ != wanted;
    if (!is_changed && !TRY(follower_->has_news())) {
        looked_at(start);
        return present();
    }
    if (is_changed) {
        TRY(change_blueprint(wanted));
    } else {
        TRY(follower_->take_news());
        last_news_took_ = Time::now() - start;
    }
    const auto newest = make_snapshot(std::chrono::duration<double>(Time::now() - start).count());
    publish(newest, News::Yes);
    looked_at(start);
    if (!must_forget()) {
        keeper_->offer(follower_->timeline()->present(), follower_->standing());
    }
    return std::shared_ptr<const Snapshot>(newest);
}

/// Makes the timeline one under what is wanted, with as little work as that takes.
Status Organisation::change_blueprint(const InForce& wanted) {
    if (is_blueprint_own_) {
        const Status used = ledger_->use_identity_keys(identity_keys(*wanted.blueprint));
        if (!used) {
            // Reading goes on also where nothing can be written.
            log_warning("keys of customers are not looked for yet: {}", used.error().message);
        }
    }
    const auto former = follower_ == nullptr ? nullptr : follower_->timeline()->present();
    // Until erasures are finished only the timeline that carried them out knows what to leave out.
    if (former != nullptr && !must_forget() &&
        timeline::digest_of_columns(*former->blueprint) ==
            timeline::digest_of_columns(*wanted.blueprint)) {
        if (former->blueprint != wanted.blueprint) {
            follower_->stand_under(wanted.blueprint);
        }
        fed_in_force_ = wanted;
        return follower_->take_news();
    }
    if (former != nullptr) {
        log_info("the timeline is built anew, since the blueprint changed {}",
                 must_forget() ? "while erasures are not finished" : "what its columns hold");
    }
    fed_in_force_ = wanted;
    return build();
}

Status Organisation::build() {
    follower_.reset();  // the one before need not stand beside this one
    // One on disk may hold what is to be forgotten, and the next one must not.
    auto restored = must_forget() ? std::nullopt : keeper_->restore(fed_in_force_.blueprint);
    if (restored) {
        const TestMoment moment("start from a snapshot");
        follower_ = TRY(timeline::LedgerFollower::of_snapshot(*ledger_, std::move(*restored)));
        return follower_->take_news();
    }
    follower_ = TRY(timeline::LedgerFollower::of_ledger(*ledger_, fed_in_force_.blueprint));
    return {};
}

Result<bool> Organisation::merge_some() {
    std::shared_ptr<timeline::LiveTimeline> live;
    {
        const std::scoped_lock lock(building_);
        live = follower_ == nullptr ? nullptr : follower_->timeline();
    }
    const bool merged = live != nullptr && TRY(live->merge_some());
    if (!merged) {
        return false;
    }
    const std::scoped_lock lock(building_);
    if (follower_ != nullptr && live == follower_->timeline() && fed_in_force_ == in_force()) {
        publish(make_snapshot(present()->build_seconds), News::No);
    }
    return true;
}

/// Of the live timeline as it is.
std::shared_ptr<Snapshot> Organisation::make_snapshot(double build_seconds) const {
    const auto timeline = follower_->timeline()->present();
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->blueprint = fed_in_force_.blueprint;
    snapshot->blueprint_version = fed_in_force_.version;
    snapshot->last_number = follower_->standing().last_number;
    snapshot->latest = timeline::to_instant(timeline->latest_time);
    snapshot->timeline = timeline;
    snapshot->identities = follower_->identities();
    snapshot->engine = std::make_shared<timeline::TimelineEngine>(timeline);
    snapshot->built_at = SystemClock().now();
    snapshot->build_seconds = build_seconds;
    log_debug("timeline of {} encounters in {} parts, made in {:.3f} s",
              timeline->rows(),
              timeline->parts.size(),
              build_seconds);
    return snapshot;
}

}  // namespace kokemus::app
