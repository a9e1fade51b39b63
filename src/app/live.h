#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string_view>
#include <thread>

#include "app/organisation.h"
#include "sample/live_generator.h"

namespace kokemus::app {

/// Keeps answers fresh while the program serves: looks several times a second whether the ledger
/// has moved on and makes the next snapshot, and beside that keeps the timeline in few parts; and
/// lets the sample organisation live on, when it is one. Ends when destroyed.
class Live {
public:
    /// `sample` may be null. The organisation must outlive this.
    Live(Organisation& organisation, std::unique_ptr<sample::LiveGenerator> sample);

private:
    /// Tells the organisation for as long as this lives.
    class Refreshing {
    public:
        explicit Refreshing(Organisation& organisation) : organisation_(organisation) {
            organisation_.refreshes(true);
        }
        ~Refreshing() { organisation_.refreshes(false); }
        Refreshing(const Refreshing&) = delete;
        Refreshing& operator=(const Refreshing&) = delete;

    private:
        Organisation& organisation_;
    };

    /// Says an error when it begins and once a minute while it lasts.
    class Complaint {
    public:
        void heard(const Status& done, std::string_view words);

    private:
        std::chrono::steady_clock::time_point next_ = std::chrono::steady_clock::time_point::min();
    };

    void run(const std::stop_token& stop);
    void merge(const std::stop_token& stop);
    Status move_sample();

    Organisation& organisation_;
    std::unique_ptr<sample::LiveGenerator> sample_;
    Instant moved_until_{};  ///< of the sample
    const Refreshing refreshing_;
    std::jthread merger_;  ///< these last, so that they begin when all else is there
    std::jthread thread_;
};

}  // namespace kokemus::app
