#include "app/organisation.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "app/snapshot_keeper.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/test_moment.h"
#include "base/test_setting.h"
#include "timeline/blueprint_change.h"
#include "timeline/blueprint_digest.h"
#include "timeline/live_timeline.h"
#include "timeline/timeline_build.h"
#include "timeline/timeline_engine.h"

namespace kokemus::app {

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
void Organisation::publish(std::shared_ptr<const Snapshot> snapshot, News news) {
    {
        const std::scoped_lock lock(present_mutex_);
        present_ = std::move(snapshot);
        version_ += news == News::Yes ? 1 : 0;
    }
    changed_.notify_all();
}

Result<std::shared_ptr<const Snapshot>> Organisation::snapshot() {
    if (is_refreshed_) {
        auto newest = present();
        if (newest != nullptr && newest->blueprint != blueprint()) {
            return newest;
        }
    }
    return refresh();
}

Result<std::shared_ptr<const Snapshot>> Organisation::refresh() {
    const std::scoped_lock lock(building_);
    return newest_snapshot();
}

/// `building_` is held.
Result<std::shared_ptr<const Snapshot>> Organisation::newest_snapshot() {
    const auto start = std::chrono::steady_clock::now();
    const InForce wanted = in_force();
    const bool is_changed = live_ == nullptr || fed_in_force_ != wanted;
    const std::uint64_t last_number = TRY(ledger_->last_number());
    if (!is_changed && fed_number_ == last_number &&
        fed_customer_change_ == ledger_->last_customer_change()) {
        return present();
    }
    if (is_changed) {
        TRY(change_blueprint(wanted));
    } else {
        TRY(feed_news());
    }
    const auto newest = make_snapshot(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    publish(newest, News::Yes);
    keeper_->offer(live_->present(), timeline::Standing{fed_number_, fed_customer_change_});
    return newest;
}

/// Makes the timeline one under what is wanted, with as little work as that takes.
Status Organisation::change_blueprint(const InForce& wanted) {
    const auto former = live_ == nullptr ? nullptr : live_->present();
    // Until erasures are finished only the timeline that carried them out knows what to leave out.
    if (former != nullptr && !has_open_erasures_ &&
        timeline::digest_of_columns(*former->blueprint) ==
            timeline::digest_of_columns(*wanted.blueprint)) {
        if (former->blueprint != wanted.blueprint) {
            live_ = std::make_shared<timeline::LiveTimeline>(
                timeline::under_blueprint(*former, wanted.blueprint),
                timeline::reads_numbers_of(*ledger_));
        }
        fed_in_force_ = wanted;
        return feed_news();
    }
    if (former != nullptr) {
        log_info("the timeline is built anew, since the blueprint changed what its columns hold");
    }
    fed_in_force_ = wanted;
    return build();
}

Status Organisation::build() {
    live_.reset();  // the one before need not stand beside this one
    if (const auto restored = keeper_->restore(fed_in_force_.blueprint)) {
        const TestMoment moment("start from a snapshot");
        live_ = std::make_shared<timeline::LiveTimeline>(restored->timeline,
                                                         timeline::reads_numbers_of(*ledger_));
        fed_number_ = restored->standing.last_number;
        fed_customer_change_ = restored->standing.last_customer_change;
        return feed_news();
    }
    const auto built = TRY(timeline::build_timeline(*ledger_, fed_in_force_.blueprint));
    live_ = std::make_shared<timeline::LiveTimeline>(built.timeline,
                                                     timeline::reads_numbers_of(*ledger_));
    fed_number_ = built.last_number;
    fed_customer_change_ = built.last_customer_change;
    return {};
}

namespace {

/// `number` becomes that of the last entry added.
Status add_all(timeline::PartBuilder& builder, std::span<const ledger::Entry> entries,
               std::uint64_t& number) {
    for (const ledger::Entry& entry : entries) {
        TRY(builder.add(entry));
        number = entry.number;
    }
    return {};
}

}  // namespace

/// Takes what the ledger has gained since.
Status Organisation::feed_news() {
    std::uint64_t number = fed_number_;
    const std::uint64_t customer_change = ledger_->last_customer_change();
    const auto feed = [&](timeline::PartBuilder& builder) -> Status {
        const auto add = [&](std::span<const ledger::Entry> entries) {
            return add_all(builder, entries, number);
        };
        TRY(ledger_->scan_since(number, add));
        const auto add_customers = [&](std::span<const encounter::Customer> customers) -> Status {
            std::ranges::for_each(customers, [&](const auto& each) { builder.add_customer(each); });
            return {};
        };
        return ledger_->scan_customers_since(fed_customer_change_, add_customers);
    };
    TRY(live_->take(feed));
    fed_number_ = number;
    fed_customer_change_ = customer_change;
    return {};
}

Result<bool> Organisation::merge_some() {
    std::shared_ptr<timeline::LiveTimeline> live;
    {
        const std::scoped_lock lock(building_);
        live = live_;
    }
    const bool merged = live != nullptr && TRY(live->merge_some());
    if (!merged) {
        return false;
    }
    const std::scoped_lock lock(building_);
    if (live == live_ && fed_in_force_ == in_force()) {
        publish(make_snapshot(present()->build_seconds), News::No);
    }
    return true;
}

/// Of the live timeline as it is.
std::shared_ptr<const Snapshot> Organisation::make_snapshot(double build_seconds) const {
    const auto timeline = live_->present();
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->blueprint = fed_in_force_.blueprint;
    snapshot->blueprint_version = fed_in_force_.version;
    snapshot->last_number = fed_number_;
    snapshot->latest = timeline::to_instant(timeline->latest_time);
    snapshot->timeline = timeline;
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
