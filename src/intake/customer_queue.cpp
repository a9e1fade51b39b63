#include "intake/customer_queue.h"

#include <exception>
#include <iterator>

#include <fmt/format.h>

namespace kokemus::intake {

namespace {

std::string_view name_of(IdentityAssertion::Evidence evidence) {
    switch (evidence) {
        case IdentityAssertion::Evidence::SameMessage: return "same_message";
        case IdentityAssertion::Evidence::Alias: return "alias";
        case IdentityAssertion::Evidence::Member: return "member";
    }
    return "";
}

}  // namespace

CustomerQueue::CustomerQueue(Put put, std::size_t waiting_max)
    : put_(std::move(put)),
      waiting_max_(waiting_max),
      committer_([this] { run(); }) {}

void CustomerQueue::end() {
    {
        const std::scoped_lock lock(mutex_);
        is_ending_ = true;
    }
    news_.notify_one();
    if (committer_.joinable()) {
        committer_.join();
    }
}

Status CustomerQueue::offer(std::vector<encounter::Customer> customers, Done done) {
    if (customers.empty()) {
        done({});
        return {};
    }
    {
        const std::scoped_lock lock(mutex_);
        // One that is alone is taken whatever its size: requests have a bound of their own.
        const bool has_room = waiting_ == 0 || waiting_ + customers.size() <= waiting_max_;
        if (!has_room || is_ending_) {
            return Error{ErrorCode::Unavailable,
                         "more is being sent than the disk takes; send it again in a second"};
        }
        waiting_ += customers.size();
        queue_.push_back({std::move(customers), std::move(done)});
    }
    news_.notify_one();
    return {};
}

void CustomerQueue::run() {
    while (true) {
        std::deque<Waiting> waiting;
        {
            std::unique_lock lock(mutex_);
            news_.wait(lock, [this] { return !queue_.empty() || is_ending_; });
            waiting.swap(queue_);
        }
        if (waiting.empty()) {
            return;
        }
        commit(std::move(waiting));
    }
}

void CustomerQueue::commit(std::deque<Waiting> waiting) {
    std::vector<encounter::Customer> all;
    for (Waiting& each : waiting) {
        all.insert(all.end(),
                   std::make_move_iterator(each.customers.begin()),
                   std::make_move_iterator(each.customers.end()));
    }
    Status outcome;
    try {
        outcome = put_(all);
    } catch (const std::exception& failure) {
        outcome = Error{ErrorCode::Unavailable, fmt::format("not written: {}", failure.what())};
    }
    for (const Waiting& each : waiting) {
        each.done(outcome);
    }
    const std::scoped_lock lock(mutex_);
    waiting_ -= all.size();
}

std::vector<encounter::Customer> as_traits(std::span<const IdentityAssertion> identities) {
    std::vector<encounter::Customer> customers;
    for (const IdentityAssertion& identity : identities) {
        customers.push_back(
            {identity.name,
             {{"identity:" + identity.other.value(), std::string(name_of(identity.evidence))}}});
    }
    return customers;
}

}  // namespace kokemus::intake
