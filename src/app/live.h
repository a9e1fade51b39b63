#pragma once

#include <memory>
#include <stop_token>
#include <thread>

#include "app/organisation.h"
#include "sample/live_generator.h"

namespace kokemus::app {

/// Keeps answers fresh while the program serves: looks several times a second whether the ledger
/// has moved on and builds the next snapshot; and lets the sample organisation live on, when it is
/// one. Ends when destroyed.
class Live {
public:
    /// `sample` may be null. The organisation must outlive this.
    Live(Organisation& organisation, std::unique_ptr<sample::LiveGenerator> sample);

private:
    void run(const std::stop_token& stop);
    Status move_sample();

    Organisation& organisation_;
    std::unique_ptr<sample::LiveGenerator> sample_;
    Instant moved_until_{};  ///< of the sample
    std::jthread thread_;    ///< last, so that it begins when all else is there
};

}  // namespace kokemus::app
