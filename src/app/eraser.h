#pragma once

#include <chrono>
#include <stop_token>
#include <thread>

#include "app/organisation.h"
#include "app/retention.h"

namespace kokemus::app {

/// Finishes erasures while the program serves: soon after one was ordered, several of them in one
/// rewriting, at low priority, and not so often that it takes more than a tenth of the time. What
/// goes wrong is logged and tried again. Ends when destroyed; what it was at is done again by the
/// next start.
class Eraser {
public:
    /// Keeps the rules of retention too, when it begins and once a day. The organisation must
    /// outlive this.
    explicit Eraser(Organisation& organisation, RetentionDays retention = {});

private:
    void run(const std::stop_token& stop);
    Status work(const std::stop_token& stop);

    Organisation& organisation_;
    const RetentionDays retention_;
    std::chrono::steady_clock::time_point next_retention_;
    std::jthread thread_;  ///< last, so that it begins when all else is there
};

}  // namespace kokemus::app
