#pragma once

#include <memory>
#include <set>
#include <span>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "identity/identities.h"
#include "ledger/ledger.h"
#include "timeline/live_timeline.h"
#include "timeline/snapshot_folder.h"
#include "timeline/standing.h"

namespace kokemus::timeline {

/// A live timeline that follows a ledger: under which customer an encounter stands follows from all
/// that the ledger has of who is who.
///
/// Thread safety: one thread at a time; `timeline` and `identities` give objects that any may use.
class LedgerFollower {
public:
    /// Reads the whole ledger, which must outlive it. Fails as the ledger fails. Counts are kept in
    /// `tallies`.
    static Result<std::unique_ptr<LedgerFollower>> of_ledger(
        const ledger::Ledger& ledger, std::shared_ptr<const blueprint::Blueprint> blueprint,
        std::shared_ptr<PartTallies> tallies = std::make_shared<PartTallies>());

    /// Goes on from a snapshot: reads who is who, and no encounters.
    static Result<std::unique_ptr<LedgerFollower>> of_snapshot(const ledger::Ledger& ledger,
                                                               Restored restored);

    /// Takes what the ledger has gained since: encounters, traits, and who is who. Customers that
    /// gained or lost names are put together anew; that costs in proportion to their encounters.
    /// After a failure it may be tried again.
    Status take_news();

    /// Who is who by what the ledger has now, read anew: it takes as long as there is much, and so
    /// is done before anybody waits.
    static Result<std::shared_ptr<identity::Identities>> who_is_left(const ledger::Ledger& ledger);

    /// After the ledger has erased these names, and before it erases others: they are gone from the
    /// timeline and from who is who, which is `who_is_left` after the ledger erased them. Whom only
    /// they joined stand apart.
    Status erase(std::span<const encounter::CustomerName> names,
                 std::shared_ptr<identity::Identities> left);

    /// After the ledger has lost some of what it had of these names: their customers are put
    /// together anew.
    Status renew(std::span<const encounter::CustomerName> names);

    /// The same encounters under a blueprint with the same columns (timeline/blueprint_change.h).
    void stand_under(std::shared_ptr<const blueprint::Blueprint> blueprint);

    /// Whether the ledger has gained anything.
    Result<bool> has_news() const;

    const Standing& standing() const { return standing_; }
    const std::shared_ptr<LiveTimeline>& timeline() const { return live_; }
    std::shared_ptr<const identity::Identities> identities() const { return identities_; }

private:
    enum class Moving { Joined, Erased };

    LedgerFollower(const ledger::Ledger& ledger, std::shared_ptr<const Timeline> start,
                   std::shared_ptr<identity::Identities> identities, const Standing& standing,
                   std::shared_ptr<PartTallies> tallies);
    Status take_assertions();
    Status move_customers(Moving how);
    Status feed_entries(PartBuilder& builder, std::span<const ledger::Entry> entries) const;
    Status feed_customers(PartBuilder& builder);
    Status feed_whole(PartBuilder& builder,
                      std::span<const encounter::CustomerName> customers) const;

    const ledger::Ledger& ledger_;
    std::shared_ptr<LiveTimeline> live_;
    std::shared_ptr<identity::Identities> identities_;
    Standing standing_;
    std::set<encounter::CustomerName> moving_;  ///< who gained or lost names, and is to be moved
};

}  // namespace kokemus::timeline
