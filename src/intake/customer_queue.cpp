#include "intake/customer_queue.h"

#include <algorithm>
#include <exception>
#include <iterator>

#include <fmt/format.h>

namespace kokemus::intake {

CustomerQueue::CustomerQueue(Put put, std::size_t waiting_max)
    : put_(std::move(put)),
      line_([this](std::vector<Waiting> waiting) { commit(waiting); },
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

Status CustomerQueue::put(std::span<Waiting> waiting) const {
    try {
        if (waiting.size() == 1) {
            return put_(waiting.front().news);
        }
        CustomerNews all;
        for (const Waiting& each : waiting) {
            std::ranges::copy(each.news.customers, std::back_inserter(all.customers));
            std::ranges::copy(each.news.assertions, std::back_inserter(all.assertions));
        }
        return put_(all);
    } catch (const std::exception& failure) {
        return Error{ErrorCode::Unavailable, fmt::format("not written: {}", failure.what())};
    }
}

/// Halves what is too large until it is one sender's.
void CustomerQueue::commit(std::span<Waiting> waiting) const {
    const Status outcome = put(waiting);
    if (!outcome && outcome.error().code == ErrorCode::TooLarge && waiting.size() > 1) {
        commit(waiting.first(waiting.size() / 2));
        commit(waiting.subspan(waiting.size() / 2));
        return;
    }
    for (const Waiting& each : waiting) {
        each.done(outcome);
    }
}

}  // namespace kokemus::intake
