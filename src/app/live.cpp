#include "app/live.h"

#include <chrono>

#include "base/log.h"

namespace kokemus::app {

namespace {

/// Accepted encounters are in answers within a second; building takes its share of that.
constexpr auto look_every = std::chrono::milliseconds(400);

}  // namespace

Live::Live(Organisation& organisation)
    : organisation_(organisation),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Live::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (const auto snapshot = organisation_.snapshot(); !snapshot) {
            log_error("answers are not fresh: {}", snapshot.error().message);
        }
        std::this_thread::sleep_for(look_every);
    }
}

}  // namespace kokemus::app
