#include "app/organisation.h"

#include <chrono>

#include <fmt/format.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "blueprint/blueprint_read.h"
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

void Organisation::publish(std::shared_ptr<const Snapshot> snapshot) {
    {
        const std::scoped_lock lock(present_mutex_);
        present_ = std::move(snapshot);
        ++version_;
    }
    changed_.notify_all();
}

Result<std::shared_ptr<const Snapshot>> Organisation::snapshot() {
    const std::scoped_lock lock(building_);
    const std::uint64_t last_number = TRY(ledger_->last_number());
    auto newest = present();
    if (newest && newest->last_number == last_number && newest->blueprint == blueprint()) {
        return newest;
    }
    newest = TRY(build());
    publish(newest);
    return newest;
}

/// Feeds the builder what the ledger has gained since, or everything when the blueprint (its
/// dimensions, its time zone) changed.
Status Organisation::feed() {
    const auto newest = blueprint();
    if (!builder_ || fed_blueprint_ != newest) {
        fed_blueprint_ = newest;
        fed_number_ = 0;
        builder_ = std::make_unique<timeline::TimelineBuilder>(newest);
        builder_->reserve(TRY(ledger_->totals()).encounters);
    }
    const auto take = [&](std::span<const ledger::Entry> entries) -> Status {
        fed_number_ = entries.empty() ? fed_number_ : entries.back().number;
        return builder_->add(entries);
    };
    TRY(ledger_->scan_since(fed_number_, take));
    return ledger_->scan_customers([&](std::span<const encounter::Customer> customers) -> Status {
        builder_->add_customers(customers);
        return {};
    });
}

Result<std::shared_ptr<const Snapshot>> Organisation::build() {
    const auto start = std::chrono::steady_clock::now();
    if (Status fed = feed(); !fed) {
        builder_.reset();  // half a batch may be in it
        return fed.error();
    }
    const auto timeline = builder_->finish();
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->blueprint = fed_blueprint_;
    snapshot->last_number = fed_number_;
    snapshot->latest = timeline::to_instant(timeline->latest_time);
    snapshot->engine = std::make_shared<timeline::TimelineEngine>(timeline);
    snapshot->built_at = SystemClock().now();
    snapshot->build_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    log_debug(
        "timeline of {} encounters built in {:.3f} s", timeline->rows(), snapshot->build_seconds);
    return std::shared_ptr<const Snapshot>(std::move(snapshot));
}

}  // namespace kokemus::app
