#pragma once

#include <memory>
#include <stop_token>
#include <thread>

#include "app/organisation.h"
#include "http/broadcast.h"

namespace kokemus::app {

/// Tells open pages that numbers have changed: waits for another snapshot, and says so on the
/// broadcast that GET /api/live hands out. Ends when destroyed; the organisation must outlive it.
class LiveNews {
public:
    explicit LiveNews(const Organisation& organisation);

    const std::shared_ptr<http::Broadcast>& broadcast() const { return broadcast_; }

private:
    void run(const std::stop_token& stop);
    void tell();

    const Organisation& organisation_;
    const std::shared_ptr<http::Broadcast> broadcast_;
    const Instant began_;  ///< sets the ids of this run apart from those of earlier ones
    std::uint64_t changes_ = 0;
    std::jthread thread_;  ///< last, so that it begins when all else is there
};

}  // namespace kokemus::app
