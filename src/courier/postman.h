#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "courier/mails_store.h"

namespace kokemus::courier {

/// Hands mails over to the mail server, one after another, on a thread of its own. As with
/// webhooks, what was kept is sent once at least; a kill between the server's "taken" and our note
/// of it sends one twice, under the same Message-ID. Thread safe.
class Postman {
public:
    /// Starts. `mails` must outlive this.
    Postman(Mails& mails, MailServer server);

    /// Calls off what is being handed over, and ends.
    ~Postman() = default;

    /// Sends a test to that address now, and gives what came of it.
    Result<Mail> test(const Letter& letter, const Doing& by);

private:
    void run(const std::stop_token& stop);
    Result<bool> send_next(const std::stop_token& stop);

    Mails& mails_;
    const MailServer server_;
    std::mutex mutex_;
    std::condition_variable_any rest_;
    std::jthread thread_;  ///< last, so that it ends first
};

}  // namespace kokemus::courier
