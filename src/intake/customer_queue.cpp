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
      line_([this](std::vector<Waiting> waiting) { commit(std::move(waiting)); },
            {waiting_max, waiting_max, waiting_max}) {}

Status CustomerQueue::offer(std::vector<encounter::Customer> customers, Done done) {
    if (customers.empty()) {
        done({});
        return {};
    }
    const std::size_t count = customers.size();
    if (!line_.offer({std::move(customers), std::move(done)}, count)) {
        return Error{ErrorCode::Unavailable,
                     "more is being sent than the disk takes; send it again in a second"};
    }
    return {};
}

std::size_t CustomerQueue::load() const {
    return line_.load().weight;
}

void CustomerQueue::commit(std::vector<Waiting> waiting) const {
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
