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
#include "blueprint/blueprint_read.h"
#include "timeline/live_timeline.h"
#include "timeline/timeline_build.h"
#include "timeline/timeline_engine.h"

namespace kokemus::app {

namespace {

constexpr std::string_view blueprint_file = "blueprint.toml";

Result<blueprint::Blueprint> checked(std::string_view toml, std::string_view called) {
    blueprint::Reading reading = blueprint::read_blueprint(toml);
    if (blueprint::has_errors(reading.faults)) {
        return invalid_input(fmt::format("{}:\n{}", called, blueprint::to_text(reading.faults)));
    }
    return std::move(reading.blueprint);
}

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
    auto read = TRY(checked(toml, path.string()));
    blueprint_.with([&](auto& present) {
        present = std::make_shared<const blueprint::Blueprint>(std::move(read));
    });
    return {};
}

std::shared_ptr<const blueprint::Blueprint> Organisation::blueprint() const {
    return blueprint_.with([](const auto& present) { return present; });
}

bool Organisation::has_own_blueprint() const {
    return std::filesystem::exists(folder_ / blueprint_file);
}

Status Organisation::keep_blueprint(const std::filesystem::path& file) {
    return keep_blueprint_text(TRY(read_file(file, limits::blueprint_bytes_max)), file.string());
}

Status Organisation::keep_blueprint_text(std::string_view toml, std::string_view called) {
    auto read = TRY(checked(toml, called));
    TRY(write_file(folder_ / blueprint_file, toml));
    blueprint_.with([&](auto& present) {
        present = std::make_shared<const blueprint::Blueprint>(std::move(read));
    });
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
    const std::scoped_lock lock(building_);
    return newest_snapshot();
}

/// `building_` is held.
Result<std::shared_ptr<const Snapshot>> Organisation::newest_snapshot() {
    const auto start = std::chrono::steady_clock::now();
    const bool must_build = live_ == nullptr || fed_blueprint_ != blueprint();
    const std::uint64_t last_number = TRY(ledger_->last_number());
    if (!must_build && fed_number_ == last_number &&
        fed_customer_change_ == ledger_->last_customer_change()) {
        return present();
    }
    if (must_build) {
        TRY(build());
    } else {
        TRY(feed_news());
    }
    const auto newest = make_snapshot(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    publish(newest, News::Yes);
    keeper_->offer(live_->present(), timeline::Standing{fed_number_, fed_customer_change_});
    return newest;
}

Status Organisation::build() {
    fed_blueprint_ = blueprint();
    live_.reset();  // the one before need not stand beside this one
    if (const auto restored = keeper_->restore(fed_blueprint_)) {
        const TestMoment moment("start from a snapshot");
        live_ = std::make_shared<timeline::LiveTimeline>(restored->timeline,
                                                         timeline::reads_numbers_of(*ledger_));
        fed_number_ = restored->standing.last_number;
        fed_customer_change_ = restored->standing.last_customer_change;
        return feed_news();
    }
    const auto built = TRY(timeline::build_timeline(*ledger_, fed_blueprint_));
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
    if (live == live_ && fed_blueprint_ == blueprint()) {
        publish(make_snapshot(present()->build_seconds), News::No);
    }
    return true;
}

/// Of the live timeline as it is.
std::shared_ptr<const Snapshot> Organisation::make_snapshot(double build_seconds) const {
    const auto timeline = live_->present();
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->blueprint = fed_blueprint_;
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
