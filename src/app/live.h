#pragma once

#include <memory>
#include <stop_token>
#include <thread>

#include "app/organisation.h"

namespace kokemus::app {

/// Keeps answers fresh while the program serves: looks several times a second whether the ledger
/// has moved on and builds the next snapshot. Ends when destroyed.
class Live {
public:
    /// The organisation must outlive this.
    explicit Live(Organisation& organisation);

private:
    void run(const std::stop_token& stop);

    Organisation& organisation_;
    std::jthread thread_;  ///< last, so that it begins when all else is there
};

}  // namespace kokemus::app
