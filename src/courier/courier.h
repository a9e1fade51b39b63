#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "courier/outbox_store.h"
#include "courier/targets_store.h"

namespace kokemus::courier {

/// Carries what is in the outbox to where it is to go. One thread alone looks into the outbox,
/// claims what is due and writes down what came of it; `bounds::at_once_max` others send, one
/// delivery a target at a time.
///
/// What was kept is sent once at least: after a kill or a crash it goes on from the records, and
/// what was in flight is sent again with the same id. Thread safe.
class Courier {
public:
    /// Starts. All three must outlive this.
    Courier(Outbox& outbox, Targets& targets, const Clock& clock);

    /// Calls off what is in flight, which counts as not tried, and ends.
    ~Courier();

    /// Tells that there may be something new, so that it is looked for at once. What others write
    /// is found a quarter of a second later without.
    void wake();

    /// Sends a test event to that target now, on or off, and gives what came of it.
    Result<Delivery> test(std::string_view target, const Doing& by);

private:
    void look_after(const std::stop_token& stop);
    void send(const std::stop_token& stop);
    Outcome try_once(const Errand& errand, const std::stop_token& stop) const;

    Outbox& outbox_;
    Targets& targets_;
    const Clock& clock_;
    std::mutex mutex_;
    std::condition_variable_any news_;   ///< for the one who looks after the outbox
    std::condition_variable_any goods_;  ///< for those who send
    bool is_woken_ = false;
    std::size_t on_the_way_ = 0;  ///< handed out and not come back
    std::deque<Errand> to_send_;
    std::vector<std::pair<Errand, Outcome>> come_back_;
    std::vector<std::jthread> senders_;  ///< last, with the next, so that they end first
    std::jthread looks_after_;
};

}  // namespace kokemus::courier
