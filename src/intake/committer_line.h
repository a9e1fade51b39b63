#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace kokemus::intake {

/// Batches of many senders wait here in one bounded line for one committer, a thread of its own
/// that takes several at once. Nobody who offers waits.
///
/// A batch weighs what its owner says (bytes, or a number of things). Thread safe.
template <typename Batch>
class CommitterLine {
public:
    struct Bounds {
        std::size_t batches_max = 0;
        std::size_t weight_max = 0;    ///< of what waits and what is being committed
        std::size_t together_max = 0;  ///< weight that is committed at once
    };

    /// Takes what is next, on the committer's thread. Must not throw.
    using Commit = std::function<void(std::vector<Batch>)>;

    CommitterLine(Commit commit, Bounds bounds)
        : commit_(std::move(commit)),
          bounds_(bounds),
          committer_([this] { run(); }) {}

    ~CommitterLine() { end(); }

    /// Commits what was taken, and returns when that is done; takes no more.
    void end() {
        {
            const std::scoped_lock lock(mutex_);
            is_ending_ = true;
        }
        news_.notify_one();
        if (committer_.joinable()) {
            committer_.join();
        }
    }

    /// False when there is no room: nothing was taken. One that is alone is taken whatever its
    /// weight: what is offered has a bound of its own.
    bool offer(Batch&& batch, std::size_t weight) {
        {
            const std::scoped_lock lock(mutex_);
            const bool has_room =
                load_.batches < bounds_.batches_max &&
                (load_.batches == 0 || load_.weight + weight <= bounds_.weight_max);
            if (!has_room || is_ending_) {
                return false;
            }
            ++load_.batches;
            load_.weight += weight;
            waiting_.emplace_back(std::move(batch), weight);
        }
        news_.notify_one();
        return true;
    }

    /// What waits and what is being committed.
    struct Load {
        std::size_t batches = 0;
        std::size_t weight = 0;
    };
    Load load() const {
        const std::scoped_lock lock(mutex_);
        return load_;
    }

private:
    struct Taken {
        std::vector<Batch> batches;
        std::size_t weight = 0;
    };

    /// Waits until there is something; empty at the end.
    Taken take_some() {
        std::unique_lock lock(mutex_);
        news_.wait(lock, [this] { return !waiting_.empty() || is_ending_; });
        Taken taken;
        while (!waiting_.empty() &&
               (taken.batches.empty() ||
                taken.weight + waiting_.front().second <= bounds_.together_max)) {
            taken.weight += waiting_.front().second;
            taken.batches.push_back(std::move(waiting_.front().first));
            waiting_.pop_front();
        }
        return taken;
    }

    void run() {
        while (true) {
            Taken taken = take_some();
            if (taken.batches.empty()) {
                return;
            }
            const std::size_t count = taken.batches.size();
            commit_(std::move(taken.batches));
            const std::scoped_lock lock(mutex_);
            load_.batches -= count;
            load_.weight -= taken.weight;
        }
    }

    const Commit commit_;
    const Bounds bounds_;
    mutable std::mutex mutex_;  ///< over what follows
    std::condition_variable news_;
    std::deque<std::pair<Batch, std::size_t>> waiting_;
    Load load_;
    bool is_ending_ = false;
    std::thread committer_;  ///< last, so that it begins when all else is there
};

}  // namespace kokemus::intake
