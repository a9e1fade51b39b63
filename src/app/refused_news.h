#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <utility>

#include "app/tell.h"
#include "base/clock.h"
#include "refused/refused_item.h"

namespace kokemus::app {

/// Between two sums: a minute.
std::chrono::milliseconds refused_news_apart();

/// Tells other programs that something was refused at the doors, as a sum and not item by item: at
/// most once a minute, how many of each kind since the last time, without what they said. What has
/// not been told when this ends is told then. Thread safe.
class RefusedNews {
public:
    /// The clock must outlive this.
    RefusedNews(Tell tell, const Clock& clock, std::chrono::milliseconds apart);
    ~RefusedNews();

    /// Counts them. Does not wait.
    void count(std::span<const refused::Item> items);

private:
    using Kind = std::pair<refused::Door, std::string>;  ///< the door, and the code of why

    void run(const std::stop_token& stop);
    void say();

    const Tell tell_;
    const Clock& clock_;
    const std::chrono::milliseconds apart_;
    std::mutex mutex_;
    std::condition_variable_any news_;
    std::map<Kind, std::uint64_t> counts_;
    Instant since_{};      ///< of the first that was counted
    std::jthread thread_;  ///< last, so that it begins when all else is there
};

}  // namespace kokemus::app
