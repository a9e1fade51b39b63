#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/task.h"

namespace kokemus {

namespace {

std::atomic<std::size_t> wanted_workers{0};  ///< 0: as many as the machine gives
thread_local bool inside_chunk = false;

/// What all workers of one call share. Chunks are handed out in ascending order, so every chunk
/// below a failing one has been begun already and will report too: the lowest failure does not
/// depend on the race.
class Round {
public:
    Round(std::size_t count, std::size_t chunk_size, const std::function<void(const Chunk&)>& work)
        : count_(count),
          chunk_size_(chunk_size),
          work_(work),
          task_(inside_chunk ? nullptr : Task::present()) {
        if (task_ != nullptr) {
            task_->begin_pass(chunk_count());
        }
    }

    void run_worker(std::size_t worker) {
        const bool was_inside = inside_chunk;
        inside_chunk = true;
        while (!is_stopped()) {
            const std::size_t number = next_.fetch_add(1, std::memory_order_relaxed);
            if (number >= chunk_count()) {
                break;
            }
            const std::size_t from = number * chunk_size_;
            try {
                work_(Chunk{from, from + std::min(chunk_size_, count_ - from), worker});
            } catch (...) {
                keep_failure(number);
            }
            if (task_ != nullptr) {
                task_->advance(1);
            }
        }
        inside_chunk = was_inside;
    }

    std::size_t chunk_count() const { return count_ / chunk_size_ + (count_ % chunk_size_ != 0); }

    void rethrow() const {
        if (failure_) {
            std::rethrow_exception(failure_);
        }
    }

private:
    bool is_stopped() const {
        return stopped_.load(std::memory_order_relaxed) || (task_ != nullptr && task_->is_over());
    }

    void keep_failure(std::size_t number) {
        stopped_.store(true, std::memory_order_relaxed);
        const std::scoped_lock lock(failure_mutex_);
        if (!failure_ || number < failed_chunk_) {
            failure_ = std::current_exception();
            failed_chunk_ = number;
        }
    }

    const std::size_t count_;
    const std::size_t chunk_size_;
    const std::function<void(const Chunk&)>& work_;
    Task* const task_;  ///< nullptr also for work inside a chunk, which is part of that chunk
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> stopped_{false};
    std::mutex failure_mutex_;
    std::size_t failed_chunk_ = 0;
    std::exception_ptr failure_;
};

/// Carries an Error through the exception path of a round.
struct Failed {
    Error error;
};

}  // namespace

std::size_t worker_count() {
    const std::size_t wanted = wanted_workers.load(std::memory_order_relaxed);
    return wanted > 0 ? wanted : std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
}

void set_worker_count(std::size_t count) {
    wanted_workers.store(count, std::memory_order_relaxed);
}

void for_each_chunk_plain(std::size_t count, std::size_t chunk_size,
                          const std::function<void(const Chunk&)>& work) {
    CHECK(chunk_size > 0);
    Round round(count, chunk_size, work);
    const std::size_t workers = inside_chunk ? 1 : std::min(worker_count(), round.chunk_count());
    {
        std::vector<std::jthread> threads;
        for (std::size_t worker = 1; worker < workers; ++worker) {
            threads.emplace_back([&round, worker] { round.run_worker(worker); });
        }
        round.run_worker(0);
    }
    round.rethrow();
}

Status for_each_chunk(std::size_t count, std::size_t chunk_size,
                      const std::function<Status(const Chunk&)>& work) {
    try {
        for_each_chunk_plain(count, chunk_size, [&work](const Chunk& chunk) {
            Status status = work(chunk);
            if (!status) {
                throw Failed{std::move(status).error()};
            }
        });
    } catch (Failed& failed) {
        return std::move(failed.error);
    } catch (const std::exception& fault) {
        return internal_error(fault.what());
    } catch (...) {
        return internal_error("an unknown exception in a worker");
    }
    return {};
}

}  // namespace kokemus
