#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>

#include "base/result.h"

namespace kokemus {

/// A piece of long work that somebody waits for: it can be called off, may have a time to end by,
/// and tells how far it is. The work is done in passes, each over a known number of parts.
///
/// Thread safety: all functions may be called from any thread.
class Task {
public:
    using Seconds = std::chrono::duration<double>;

    struct Options {
        std::stop_token gone;               ///< requested when nobody waits any more
        std::optional<Seconds> time_limit;  ///< counted from the making of the task
    };

    Task() : Task(Options{}) {}
    explicit Task(Options options);
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;

    void call_off() { called_off_.store(true, std::memory_order_relaxed); }

    /// Whether the work is to stop. Cheap: reads two flags and the clock.
    bool is_over() const;

    /// Cancelled or TimedOut, with words, when it is over.
    Status status() const;

    struct Progress {
        std::uint64_t passes = 0;  ///< begun
        double share = 0;          ///< of the present pass, 0 to 1
        double seconds = 0;        ///< since the making of the task
    };
    Progress progress() const;

    void begin_pass(std::uint64_t parts);
    void advance(std::uint64_t parts) { done_.fetch_add(parts, std::memory_order_relaxed); }

    /// What the work on this thread is done for, or nullptr.
    static Task* present();

    /// While it stands, the work that this thread begins (base/parallel.h) is done for `task`.
    class Scope {
    public:
        explicit Scope(Task& task);
        ~Scope();
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

    private:
        Task* before_;
    };

private:
    using Time = std::chrono::steady_clock;

    bool is_late() const { return end_ && Time::now() >= *end_; }

    const Time::time_point begun_;
    const Options options_;
    std::optional<Time::time_point> end_;
    std::atomic<bool> called_off_{false};
    std::atomic<std::uint64_t> passes_{0}, parts_{0}, done_{0};
};

}  // namespace kokemus
