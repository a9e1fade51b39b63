#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/backup_list.h"
#include "app/organisation.h"
#include "app/retention.h"
#include "app/snapshot_keeper.h"
#include "base/file.h"
#include "base/log.h"
#include "base/test_moment.h"
#include "base/text.h"
#include "identity/identities.h"
#include "ledger/erasing.h"
#include "privacy/erased_digests.h"
#include "privacy/refused_rows.h"
#include "timeline/ledger_follower.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

constexpr std::string_view digests_file = "erased.json";

/// Until the columns are written anew they hold what is too old.
class Forgetting {
public:
    explicit Forgetting(std::atomic<bool>& flag) : flag_(flag) { flag_ = true; }
    ~Forgetting() { flag_ = false; }
    Forgetting(const Forgetting&) = delete;
    Forgetting& operator=(const Forgetting&) = delete;

private:
    std::atomic<bool>& flag_;
};

/// Folders in the data folder that a restore moved aside: they hold what they held.
std::vector<std::string> moved_aside(const std::filesystem::path& folder) {
    std::vector<std::string> found;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failure)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("ledger.before-restore-")) {
            found.push_back(name);
        }
    }
    std::ranges::sort(found);
    return found;
}

}  // namespace

/// Whatever a kill or a restore left: what was erased must not come back with a start.
Status Organisation::resume_erasures() {
    ledger::Erasing& erasing = ledger::erasing_of(*ledger_);
    TRY(look_for_open_erasures());
    if (has_open_erasures_) {
        // It may have been written before the erasure was ordered.
        TRY(keeper_->discard());
    }
    const auto kept = TRY(privacy::read_digests(folder_ / digests_file));
    if (kept && kept->salt != erasing.salt()) {
        log_warning("{} is of another ledger; nobody is erased by it",
                    (folder_ / digests_file).string());
    } else if (kept) {
        const auto known = erasing.refused_digests();
        std::vector<std::string> missing;
        std::ranges::set_difference(kept->digests, known, std::back_inserter(missing));
        if (!missing.empty()) {
            log_warning("erased after this ledger was backed up, and erased again now: {}",
                        count_of(missing.size(), "name", "names"));
            const auto names = TRY(erasing.names_with(missing));
            if (!names.empty()) {
                TRY(erase({names,
                           "restore",
                           "erased before; applied again after a restore",
                           SystemClock().now()}));
            }
            TRY(erasing.refuse(missing));
        }
    }
    return keep_digests();
}

/// One that is ordered meanwhile says so itself, and is not unsaid here; nor is anything where the
/// ledger cannot be read.
Status Organisation::look_for_open_erasures() {
    const std::uint64_t orders = orders_;
    const bool is_being_ordered = orders % 2 == 1;
    const auto unfinished = ledger::erasing_of(*ledger_).unfinished();
    const std::scoped_lock lock(building_);
    if (!unfinished || !unfinished->empty()) {
        has_open_erasures_ = true;
    } else if (orders == orders_ && !is_being_ordered) {
        has_open_erasures_ = false;
    }
    return unfinished ? Status() : Status(unfinished.error());
}

/// Beside the ledger, so that they outlive its restoring from a backup.
Status Organisation::keep_digests() const {
    const ledger::Erasing& erasing = ledger::erasing_of(*ledger_);
    const privacy::ErasedDigests now{erasing.salt(), erasing.refused_digests()};
    const auto before = TRY(privacy::read_digests(folder_ / digests_file));
    if (before == now || (!before && now.digests.empty())) {
        return {};
    }
    return privacy::write_digests(folder_ / digests_file, now);
}

/// Of the customers whom these names belong to, as everything is known of each. `building_` is
/// held.
Result<std::vector<encounter::CustomerName>> Organisation::all_names(
    std::span<const encounter::CustomerName> names) {
    const auto identities = TRY(newest_snapshot())->identities;
    std::set<encounter::CustomerName> all(names.begin(), names.end());
    for (const auto& name : names) {
        for (identity::Identity& one : identities->names_of(name)) {
            all.insert(std::move(one.name));
        }
    }
    return std::vector<encounter::CustomerName>(all.begin(), all.end());
}

Result<ledger::Erasure> Organisation::erase(const ledger::ErasureOrder& order) {
    const std::scoped_lock one(erasing_);
    ledger::ErasureOrder whole = order;
    {
        const std::scoped_lock lock(building_);
        whole.customers = TRY(all_names(order.customers));
        ++orders_;
        has_open_erasures_ = true;  // from before on: whatever is made meanwhile is made with care
    }
    // Without `building_`, for which questions wait: it takes as long as a backup may.
    const auto erased_there = ledger::erasing_of(*ledger_).erase(whole);
    ++orders_;
    if (!erased_there) {
        TRY(look_for_open_erasures());
        return erased_there.error();
    }
    forget_at_once(whole.customers);
    const ledger::Erasure& receipt = *erased_there;
    const auto left = timeline::LedgerFollower::who_is_left(*ledger_);
    const std::scoped_lock lock(building_);
    if (follower_ != nullptr) {
        const Status erased =
            left ? follower_->erase(whole.customers, *left) : Status(left.error());
        if (!erased) {
            log_error("the timeline is built anew after an erasure: {}", erased.error().message);
            // The snapshot on disk still holds who was erased.
            TRY(keeper_->discard());
            follower_.reset();
            TRY(newest_snapshot());
        } else {
            publish(make_snapshot(present()->build_seconds), News::Yes);
        }
    }
    TRY(keep_digests());
    return receipt;
}

Status Organisation::readmit(const encounter::CustomerName& name) {
    // An erasure writes the same list of digests.
    const std::scoped_lock lock(building_);
    ledger::Erasing& erasing = ledger::erasing_of(*ledger_);
    auto kept = TRY(privacy::read_digests(folder_ / digests_file));
    // First here: killed in between, the name is still refused, and not refused again for ever.
    if (kept && std::erase(kept->digests, erasing.digest_of(name)) > 0) {
        TRY(privacy::write_digests(folder_ / digests_file, *kept));
    }
    return erasing.readmit(name);
}

/// The columns are others, and say the same. `building_` is held.
void Organisation::publish_columns() {
    publish(make_snapshot(present()->build_seconds), News::No);
    keeper_->offer(follower_->timeline()->present(), follower_->standing());
}

void Organisation::forget_also(std::string called, Forget forget, Since since) {
    other_places_.with([&](std::vector<OtherPlace>& places) {
        places.push_back({std::move(called), std::move(forget), since});
    });
}

/// The order stands whatever happens here: it is not finished before this has been done.
void Organisation::forget_at_once(std::span<const encounter::CustomerName> names) {
    for (const OtherPlace& place : other_places_.with([](const auto& all) { return all; })) {
        if (place.since != Since::TheOrder) {
            continue;
        }
        if (const auto gone = place.forget(names); !gone) {
            log_error("{} still hold who was erased: {}", place.called, gone.error().message);
        }
    }
}

/// What of them lies in files other than the ledger's; says what was done, as JSON.
Result<std::string> Organisation::clean_files() {
    std::shared_ptr<timeline::LiveTimeline> live;
    {
        const std::scoped_lock lock(building_);
        live = follower_ == nullptr ? nullptr : follower_->timeline();
    }
    if (live != nullptr) {
        TRY(live->leave_no_trace());
    }
    // Waits for one that is being written; no question waits with it.
    TRY(keeper_->discard());
    {
        const std::scoped_lock lock(building_);
        if (follower_ != nullptr && live == follower_->timeline()) {
            publish_columns();
        }
    }
    json::array held;
    for (const std::string& backup : TRY(backups_made(folder_))) {
        held.emplace_back(backup);
    }
    for (const std::string& aside : moved_aside(folder_)) {
        held.emplace_back(aside);
    }
    json::object done{{"snapshot", "written anew"},
                      {"refused_rows", TRY(privacy::remove_refused_rows(folder_ / "refused.csv"))}};
    const auto names = TRY(ledger::erasing_of(*ledger_).unfinished());
    const auto places = other_places_.with([](const auto& all) { return all; });
    for (const OtherPlace& place : places) {
        done[place.called] = names.empty() ? 0 : TRY(place.forget(names));
    }
    done["still_held_by"] = std::move(held);
    return json::serialize(done);
}

/// Puts what the ledger has of these customers in the place of what the timeline knows of them.
Status Organisation::renew(std::span<const encounter::CustomerName> customers) {
    constexpr std::size_t renewed_at_once = 2000;
    while (!customers.empty()) {
        const auto some = customers.first(std::min(customers.size(), renewed_at_once));
        customers = customers.subspan(some.size());
        const std::scoped_lock lock(building_);
        if (follower_ == nullptr) {
            return {};  // the next one is built of what the ledger has
        }
        TRY(follower_->renew(some));
        publish(make_snapshot(present()->build_seconds), News::Yes);
    }
    return {};
}

/// Writes everything anew without what was erased, and without what the rules do not allow.
Result<ledger::Rewritten> Organisation::rewrite(const ledger::Retention& retention,
                                                const std::stop_token& stop) {
    // What is copied meanwhile would hold them and stand in no receipt.
    const auto held = hold_files();
    const TestMoment moment("finishing of erasures");
    ledger::Erasing& erasing = ledger::erasing_of(*ledger_);
    const auto ordered = TRY(erasing.erasures());
    const std::string remains = TRY(clean_files());
    // One that was ordered meanwhile waits for files that were cleaned after it.
    const std::uint64_t up_to = ordered.empty() ? 0 : ordered.back().number;
    auto rewritten = TRY(erasing.rewrite({remains, retention, up_to}, stop));
    TRY(look_for_open_erasures());
    log_info(
        "the ledger was written anew in {:.1f} s, writers waited {:.2f} s; {} erasures are "
        "finished",
        rewritten.seconds,
        rewritten.writers_waited_seconds,
        rewritten.finished.size());
    return rewritten;
}

Result<ledger::Rewritten> Organisation::finish_erasures(const std::stop_token& stop) {
    TRY(look_for_open_erasures());
    // One that is only being ordered has nothing to finish yet.
    if (TRY(ledger::erasing_of(*ledger_).unfinished()).empty()) {
        return ledger::Rewritten{};
    }
    return rewrite({}, stop);
}

/// The snapshot on disk goes before the ledger changes and comes back when the timeline has: one of
/// in between would keep what is too old.
Status Organisation::keep_retention(const RetentionDays& days, Instant now,
                                    const std::stop_token& stop) {
    if (const auto list = too_old_list(days, folder_, now); !list.empty()) {
        std::error_code failure;
        std::filesystem::remove(list, failure);
        if (failure) {
            return file_error("remove", list, failure.value());
        }
    }
    const ledger::Retention rules = TRY(rules_at(days, *this, now));
    const ledger::TooOld old = TRY(ledger::erasing_of(*ledger_).too_old(rules));
    if (old.all() == 0) {
        return {};
    }
    log_info(
        "by the rules of retention {} encounters go, the words of {}, the properties of {}, "
        "and the traits of {} customers",
        old.encounters,
        old.texts,
        old.properties,
        old.traits);
    const SnapshotKeeper::Pause pause(*keeper_);
    const Forgetting forgetting(is_keeping_retention_);
    const auto rewritten = TRY(rewrite(rules, stop));
    TRY(renew(rewritten.changed));
    const auto held = hold_files();
    TRY(clean_files());
    return {};
}

}  // namespace kokemus::app
