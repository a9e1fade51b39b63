#include "refused/refused_log.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <iterator>

#include "base/log.h"

namespace kokemus::refused {

namespace {

/// So often what is too old is looked for.
constexpr std::chrono::hours trim_pause{1};

constexpr std::chrono::seconds settling_max{2};

/// Between two lines of the log that say the same.
constexpr std::chrono::minutes warning_pause{1};

/// After so many new ones what is too much is looked for.
constexpr std::size_t trim_items = 2000;

std::size_t bytes_of(const std::vector<Item>& items) {
    std::size_t bytes = 0;
    for (const Item& item : items) {
        bytes += sizeof(Item) + item.text.size() + item.reason.size();
    }
    return bytes;
}

}  // namespace

Log::Log(Store& store, const Clock& clock, Barred barred)
    : store_(store),
      clock_(clock),
      barred_(std::move(barred)),
      line_([this](const std::vector<std::vector<Item>>& batches) { write(batches); },
            {bounds::waiting_batches_max, bounds::waiting_bytes_max, bounds::written_bytes_max}),
      trimmer_([this](const std::stop_token& stop) { trim_now_and_then(stop); }) {}

Log::~Log() {
    trimmer_.request_stop();
    trimmer_.join();
    line_.end();
}

void Log::keep(std::vector<Item> items) {
    if (items.empty()) {
        return;
    }
    const std::size_t count = items.size();
    const std::size_t bytes = bytes_of(items);
    // Counted before it can be written, so that who settles waits for it.
    {
        const std::scoped_lock lock(mutex_);
        ++taken_;
    }
    if (!line_.offer(std::move(items), bytes)) {
        lose(count, "too many are waiting to be written");
        const std::scoped_lock lock(mutex_);
        --taken_;
        settled_.notify_all();
    }
}

bool Log::settle() {
    std::unique_lock lock(mutex_);
    return settled_.wait_for(
        lock, settling_max, [this, until = taken_] { return written_ >= std::min(until, taken_); });
}

void Log::lose(std::size_t items, std::string_view why) {
    not_kept_ += items;
    const Instant now = clock_.now();
    const bool is_news = warned_.with([&](Instant& warned) {
        const bool is_long_ago = now - warned >= warning_pause;
        warned = is_long_ago ? now : warned;
        return is_long_ago;
    });
    if (is_news) {
        log_warning("refused items are not kept for correction, {} since the start: {}",
                    not_kept_.load(),
                    why);
    }
}

void Log::write(const std::vector<std::vector<Item>>& batches) {
    std::vector<Item> all;
    for (const auto& batch : batches) {
        std::ranges::copy_if(batch, std::back_inserter(all), [this](const Item& item) {
            return !barred_ || !barred_(item);
        });
    }
    Status written;
    try {
        written = store_.add(all);
    } catch (const std::exception& failure) {
        written = Error{ErrorCode::Unavailable, failure.what()};
    }
    if (!written) {
        lose(all.size(), written.error().message);
    }
    written_since_trim_ += all.size();
    if (written_since_trim_ >= trim_items) {
        written_since_trim_ = 0;
        trim();
    }
    const std::scoped_lock lock(mutex_);
    written_ += batches.size();
    settled_.notify_all();
}

void Log::trim() {
    if (const auto gone = store_.trim(clock_.now()); !gone) {
        log_warning("refused items that are too old could not be deleted: {}",
                    gone.error().message);
    } else if (*gone > 0) {
        log_info("{} refused items were deleted: too old, or too many", *gone);
    }
}

void Log::trim_now_and_then(const std::stop_token& stop) {
    std::mutex alone;
    std::condition_variable_any pause;
    while (!stop.stop_requested()) {
        trim();
        std::unique_lock lock(alone);
        pause.wait_for(lock, stop, trim_pause, [] { return false; });
    }
}

}  // namespace kokemus::refused
