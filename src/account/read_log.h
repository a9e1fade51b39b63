#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

#include "account/accounts_store.h"
#include "base/clock.h"

namespace kokemus::account {

/// Who saw the personal data of whom, on its way to the audit log. Reading must not wait for a
/// disk, so entries are gathered and written together, some times a second; and a page that asks
/// again and again for the same customer is one reading in `bounds::read_noted_every`.
///
/// What is gathered when the machine fails is lost, a second at most. When the store cannot be
/// written, readings are gathered up to `bounds::reads_waiting_max`, and refused from there on:
/// nothing is seen without its entry for long.
///
/// Thread safe.
class ReadLog {
public:
    /// Both must outlive this.
    ReadLog(Accounts& accounts, const Clock& clock);

    /// Writes what is left.
    ~ReadLog();

    /// Notes that somebody is about to see something. `subject` is an id or `audited_customer`,
    /// never a name. Unavailable when too much could not be written yet: then nothing may be shown.
    Status note(const Doer& doer, std::string_view action, std::string_view subject);

private:
    void run();
    Status write();

    Accounts& accounts_;
    const Clock& clock_;
    std::mutex mutex_;
    std::condition_variable more_;
    std::vector<AuditEntry> waiting_;
    std::unordered_map<std::string, Instant> noted_;
    bool is_ending_ = false;
    std::thread thread_;  ///< last, so that it begins when all else is there
};

}  // namespace kokemus::account
