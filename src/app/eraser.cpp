#include "app/eraser.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "base/test_setting.h"
#include "ledger/erasing.h"

namespace kokemus::app {

namespace {

using Time = std::chrono::steady_clock;

constexpr int eraser_niceness = 10;
constexpr auto look_every = std::chrono::milliseconds(100);

/// Erasures that come one after the other are finished together.
constexpr unsigned gathered_for_ms = 1000;
constexpr auto pause_after_failure = std::chrono::minutes(1);

constexpr std::uint64_t day_ms = 24ULL * 60 * 60 * 1000;

/// Of the time that rewritings may take.
constexpr int share_of_time = 10;

}  // namespace

Eraser::Eraser(Organisation& organisation, RetentionDays retention)
    : organisation_(organisation),
      retention_(retention),
      next_retention_(retention.has_rules() ? Time::now() : Time::time_point::max()),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

Status Eraser::work(const std::stop_token& stop) {
    if (Time::now() >= next_retention_) {
        TRY(organisation_.keep_retention(retention_, SystemClock().now(), stop));
        next_retention_ =
            Time::now() + std::chrono::milliseconds(test_setting("RETENTION_MS", day_ms));
    }
    if (organisation_.has_open_erasures()) {
        TRY(organisation_.finish_erasures(stop));
    }
    return {};
}

void Eraser::run(const std::stop_token& stop) {
    // Of this thread alone: questions go first.
    (void)::setpriority(PRIO_PROCESS, 0, eraser_niceness);
    const std::chrono::milliseconds gathered(test_setting("ERASURES_GATHERED_MS", gathered_for_ms));
    Time::time_point not_before = Time::now();
    while (!stop.stop_requested()) {
        if (!organisation_.has_open_erasures() && Time::now() < next_retention_) {
            not_before = std::max(not_before, Time::now() + gathered);
        } else if (Time::now() >= not_before) {
            const auto start = Time::now();
            const Status done = work(stop);
            if (!done && !stop.stop_requested()) {
                log_error(
                    "what is to be removed is not removed yet (who was erased is out of all "
                    "answers): {}",
                    done.error().message);
            }
            not_before = Time::now() + (done ? std::max<Time::duration>(
                                                   gathered, share_of_time * (Time::now() - start))
                                             : Time::duration(pause_after_failure));
        }
        std::this_thread::sleep_for(look_every);
    }
}

}  // namespace kokemus::app
