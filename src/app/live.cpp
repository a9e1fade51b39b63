#include "app/live.h"

#include <chrono>

#include "base/log.h"

namespace kokemus::app {

namespace {

/// Accepted encounters are in answers within a second; a look costs next to nothing.
constexpr auto look_every = std::chrono::milliseconds(50);

/// What happens in the sample organisation comes in such steps.
constexpr auto sample_every = std::chrono::milliseconds(400);

/// On a full disk a log of errors would be the last thing that it needs.
constexpr auto complain_every = std::chrono::minutes(1);

}  // namespace

void Live::Complaint::heard(const Status& done, std::string_view words) {
    const auto now = std::chrono::steady_clock::now();
    if (done) {
        next_ = std::chrono::steady_clock::time_point::min();
    } else if (now >= next_) {
        next_ = now + complain_every;
        log_error("{}: {}", words, done.error().message);
    }
}

Live::Live(Organisation& organisation, std::unique_ptr<sample::LiveGenerator> sample)
    : organisation_(organisation),
      sample_(std::move(sample)),
      refreshing_(organisation),
      merger_([this](const std::stop_token& stop) { merge(stop); }),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Live::run(const std::stop_token& stop) {
    Complaint complaint;
    auto next_step = std::chrono::steady_clock::now();
    while (!stop.stop_requested()) {
        if (sample_ && std::chrono::steady_clock::now() >= next_step) {
            next_step = std::chrono::steady_clock::now() + sample_every;
            if (const Status moved = move_sample(); !moved) {
                log_error("the sample organisation stands still: {}", moved.error().message);
                sample_.reset();
            }
        }
        const auto snapshot = organisation_.refresh();
        complaint.heard(snapshot ? Status() : Status(snapshot.error()), "answers are not fresh");
        std::this_thread::sleep_for(look_every);
    }
}

void Live::merge(const std::stop_token& stop) {
    Complaint complaint;
    while (!stop.stop_requested()) {
        const auto merged = organisation_.merge_some();
        complaint.heard(merged ? Status() : Status(merged.error()),
                        "the timeline stays in many parts");
        if (!merged || !*merged) {
            std::this_thread::sleep_for(look_every);
        }
    }
}

/// Appends what has happened in the sample organisation since the newest encounter.
Status Live::move_sample() {
    const ledger::Totals totals = TRY(organisation_.ledger().totals());
    const Instant after = std::max(moved_until_, totals.latest.value_or(Instant{}));
    const Instant now = SystemClock().now();
    if (now <= after) {
        return {};
    }
    const auto joined = sample_->joined(after, now);
    if (!joined.empty()) {
        TRY(organisation_.ledger().put_customers(joined));
    }
    const auto happened = sample_->between(after, now);
    if (!happened.empty()) {
        TRY(organisation_.ledger().append(happened));
    }
    moved_until_ = now;
    return {};
}

}  // namespace kokemus::app
