#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "intake/committer_line.h"
#include "refused/refused_item.h"
#include "refused/refused_store.h"

namespace kokemus::refused {

/// The way of refused items to their store: whoever answers senders does not wait for records, so
/// they are written behind, by one thread. What waits is bounded; what has no room, or cannot be
/// written, is not kept, and counted. What waits when the machine fails is lost.
///
/// Also lets go what is too old or too much, while it goes on. Thread safe.
class Log {
public:
    /// Whether an item must not be kept, whoever refused it: it is of somebody who was erased.
    using Barred = std::function<bool(const Item&)>;

    /// All must outlive this.
    Log(Store& store, const Clock& clock, Barred barred = {});

    /// Writes what waits.
    ~Log();

    /// Takes the items, or counts them as not kept. Does not wait.
    void keep(std::vector<Item> items);

    /// Since this began.
    std::uint64_t not_kept() const { return not_kept_; }

    /// Returns when all that was taken before is written (true), or after two seconds; before a
    /// list is read. What is taken later is looked at for who is barred by then.
    bool settle();

private:
    void write(const std::vector<std::vector<Item>>& batches);
    void trim_now_and_then(const std::stop_token& stop);
    void trim();
    void lose(std::size_t items, std::string_view why);

    Store& store_;
    const Clock& clock_;
    const Barred barred_;
    std::atomic<std::uint64_t> not_kept_ = 0;
    Guarded<Instant> warned_;
    std::size_t written_since_trim_ = 0;  ///< by the one thread that writes
    std::mutex mutex_;                    ///< over what follows
    std::condition_variable settled_;
    std::uint64_t taken_ = 0;
    std::uint64_t written_ = 0;  ///< batches, as `taken_`
    intake::CommitterLine<std::vector<Item>> line_;
    std::jthread trimmer_;  ///< last, so that it begins when all else is there
};

}  // namespace kokemus::refused
