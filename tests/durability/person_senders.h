#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "person.h"

namespace kokemus::durability {

/// Clients that send what persons live through, who is who, and orders to erase, all at once and
/// each of persons of its own, until the server is gone or they are ended. They book what is
/// acknowledged, and look at each answer: who was erased must not be taken in again.
class PersonSenders {
public:
    /// The books of each client; they must outlive this, and nobody else may touch them meanwhile.
    using Books = std::vector<std::vector<Person>>;

    /// No snapshot is written while somebody who was erased is still in the files.
    enum class Acts : std::uint8_t { All, NoErasures };

    /// `own_key` is the server's own (server_child.h), which may erase.
    PersonSenders(std::uint16_t port, const std::string& own_key, Books& books, Acts acts,
                  std::uint64_t seed);
    ~PersonSenders();
    PersonSenders(const PersonSenders&) = delete;
    PersonSenders& operator=(const PersonSenders&) = delete;

    /// Waits until so many acts have been acknowledged in all, or the server is gone, or this
    /// takes too long.
    void work(std::uint64_t acknowledgements) const;

    /// Lets what is on its way be answered, then ends. When the server is gone that is at once.
    void end();

    std::uint64_t acknowledgements() const { return acknowledgements_; }

    /// Answers that no sender should get. To be asked after `end`.
    const std::vector<std::string>& faults() const { return faults_; }

private:
    class Client;

    std::atomic<bool> is_ending_{false};
    std::atomic<std::size_t> at_work_{0};
    std::atomic<std::uint64_t> acknowledgements_{0};
    std::mutex mutex_;  ///< over faults_
    std::vector<std::string> faults_;
    std::vector<std::thread> threads_;
};

}  // namespace kokemus::durability
