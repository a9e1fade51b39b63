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

/// What is sent of customers: traits, and what is said of who is who.
struct CustomerNews {
    std::vector<encounter::Customer> customers;
    std::vector<encounter::Assertion> assertions;

    std::size_t size() const { return customers.size() + assertions.size(); }
};

/// What `CommitQueue` is for encounters, for customers: senders wait without a thread, and one
/// committer puts what waits on disk in one transaction. What is too large (a customer with too
/// many traits) fails alone: the others are put without it.
///
/// Bounded by the number of customers and assertions that wait. Thread safe.
class CustomerQueue {
public:
    /// Told once for each offer taken, on the committer's thread: after it is on disk, or why it is
    /// not. Must not block.
    using Done = std::function<void(Status)>;

    /// `Ledger::tell`, or what a test puts in its place.
    using Put = std::function<Status(const CustomerNews&)>;

    static constexpr std::size_t customers_waiting_max = 50'000;

    explicit CustomerQueue(Put put, std::size_t waiting_max = customers_waiting_max);

    /// As CommitQueue::end.
    void end() { line_.end(); }

    /// Takes what `encounter::check` has passed. Unavailable when there is no room:
    /// nothing was taken and `done` is not called. None is done at once.
    Status offer(CustomerNews news, Done done);

    /// Customers that wait, with those that are being committed.
    std::size_t load() const;

private:
    struct Waiting {
        CustomerNews news;
        Done done;
    };

    void commit(std::span<Waiting> waiting) const;
    Status put(std::span<Waiting> waiting) const;

    const Put put_;
    CommitterLine<Waiting> line_;  ///< last, so that its thread begins when all else is there
};

}  // namespace kokemus::intake
