#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "base/result.h"
#include "encounter/encounter.h"
#include "intake/committer_line.h"
#include "intake/sent_batch.h"

namespace kokemus::intake {

/// What `CommitQueue` is for encounters, for traits: senders wait without a thread, and one
/// committer puts what waits on disk in one transaction.
///
/// Bounded by the number of customers that wait. Thread safe.
class CustomerQueue {
public:
    /// Told once for each offer taken, on the committer's thread: after it is on disk, or why it is
    /// not. Must not block.
    using Done = std::function<void(Status)>;

    /// `Ledger::put_customers`, or what a test puts in its place.
    using Put = std::function<Status(std::span<const encounter::Customer>)>;

    static constexpr std::size_t customers_waiting_max = 50'000;

    explicit CustomerQueue(Put put, std::size_t waiting_max = customers_waiting_max);

    /// As CommitQueue::end.
    void end() { line_.end(); }

    /// Takes customers that `encounter::check` has passed. Unavailable when there is no room:
    /// nothing was taken and `done` is not called. None is done at once.
    Status offer(std::vector<encounter::Customer> customers, Done done);

    /// Customers that wait, with those that are being committed.
    std::size_t load() const;

private:
    struct Waiting {
        std::vector<encounter::Customer> customers;
        Done done;
    };

    void commit(std::vector<Waiting> waiting) const;

    const Put put_;
    CommitterLine<Waiting> line_;  ///< last, so that its thread begins when all else is there
};

/// Evidence of who is who, as the ledger keeps it until it is stitched: a trait of the one named
/// "identity:" and the other, whose value is the kind of evidence (same_message, alias, member). So
/// it is on disk, comes once however often it is sent, and goes when the customer is erased.
std::vector<encounter::Customer> as_traits(std::span<const IdentityAssertion> identities);

}  // namespace kokemus::intake
