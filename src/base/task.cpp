#include "base/task.h"

#include <algorithm>

#include <fmt/format.h>

namespace kokemus {

namespace {

thread_local Task* present_task = nullptr;

}  // namespace

Task::Task(Options options) : begun_(Time::now()), options_(std::move(options)) {
    if (options_.time_limit) {
        end_ = begun_ + std::chrono::duration_cast<Time::duration>(*options_.time_limit);
    }
}

bool Task::is_over() const {
    return called_off_.load(std::memory_order_relaxed) || options_.gone.stop_requested() ||
           is_late();
}

Status Task::status() const {
    if (called_off_.load(std::memory_order_relaxed) || options_.gone.stop_requested()) {
        return Error{ErrorCode::Cancelled, "it was called off before it was done"};
    }
    if (is_late()) {
        return Error{ErrorCode::TimedOut,
                     fmt::format("it took longer than the {:g} seconds it may take; ask for a "
                                 "shorter time or fewer encounters (from, to, where)",
                                 options_.time_limit->count())};
    }
    return {};
}

Task::Progress Task::progress() const {
    Progress progress;
    progress.passes = passes_.load(std::memory_order_relaxed);
    const auto parts = static_cast<double>(parts_.load(std::memory_order_relaxed));
    const auto done = static_cast<double>(done_.load(std::memory_order_relaxed));
    progress.share = parts > 0 ? std::min(done / parts, 1.0) : 0;
    progress.seconds = std::chrono::duration<double>(Time::now() - begun_).count();
    return progress;
}

void Task::begin_pass(std::uint64_t parts) {
    passes_.fetch_add(1, std::memory_order_relaxed);
    done_.store(0, std::memory_order_relaxed);
    parts_.store(parts, std::memory_order_relaxed);
}

Task* Task::present() {
    return present_task;
}

Task::Scope::Scope(Task& task) : before_(present_task) {
    present_task = &task;
}

Task::Scope::~Scope() {
    present_task = before_;
}

}  // namespace kokemus
