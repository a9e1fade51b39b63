#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "account.h"

namespace kokemus::durability {

/// Clients that send batch after batch, each on a connection of its own, until the server is gone
/// or they are ended; now and then one that was sent before. They book what is acknowledged.
class Senders {
public:
    Senders(std::uint16_t port, Account& account, std::uint64_t seed, std::size_t clients);

    /// Ends them.
    ~Senders();
    Senders(const Senders&) = delete;
    Senders& operator=(const Senders&) = delete;

    /// Waits until so many batches more have been acknowledged, or the server is gone, or this
    /// takes too long. A machine under load gets the same work done, only later.
    void work(std::uint64_t acknowledgements) const;

    /// Lets the batch that is on its way be answered, then ends. When the server is gone that is
    /// at once.
    void end();

    /// Answers that no sender should get: other statuses than 200, 503 and 507, or counts that do
    /// not add up. To be asked after `end`.
    const std::vector<std::string>& faults() const { return faults_; }

private:
    void send(std::uint16_t port, std::uint64_t seed);
    void fault(std::string words);

    Account& account_;
    std::atomic<bool> is_ending_{false};
    std::atomic<std::size_t> at_work_{0};
    std::mutex mutex_;  ///< over faults_
    std::vector<std::string> faults_;
    std::vector<std::thread> threads_;
};

}  // namespace kokemus::durability
