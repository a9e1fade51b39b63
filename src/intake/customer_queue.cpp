#include "intake/customer_queue.h"

#include <algorithm>
#include <exception>
#include <iterator>

#include <fmt/format.h>

namespace kokemus::intake {

CustomerQueue::CustomerQueue(Put put, std::size_t waiting_max)
    : put_(std::move(put)),
      line_([this](std::vector<Waiting> waiting) { commit(std::move(waiting)); },
            {waiting_max, waiting_max, waiting_max}) {}

Status CustomerQueue::offer(CustomerNews news, Done done) {
    const std::size_t size = news.size();
    if (size == 0) {
        done({});
        return {};
    }
    if (!line_.offer({std::move(news), std::move(done)}, size)) {
        return Error{ErrorCode::Unavailable,
                     "more is being sent than the disk takes; send it again in a second"};
    }
    return {};
}

std::size_t CustomerQueue::load() const {
    return line_.load().weight;
}

void CustomerQueue::commit(std::vector<Waiting> waiting) const {
    CustomerNews all;
    for (Waiting& each : waiting) {
        std::ranges::move(each.news.customers, std::back_inserter(all.customers));
        std::ranges::move(each.news.assertions, std::back_inserter(all.assertions));
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

}  // namespace kokemus::intake
