#include "account/read_log.h"

#include <fmt/format.h>

#include "account/bounds.h"
#include "account/secret.h"
#include "base/log.h"

namespace kokemus::account {

namespace {

/// Between writes, so that many readings are one transaction.
constexpr std::chrono::milliseconds gathered_for{250};

}  // namespace

ReadLog::ReadLog(Accounts& accounts, const Clock& clock)
    : accounts_(accounts),
      clock_(clock),
      thread_([this] { run(); }) {}

ReadLog::~ReadLog() {
    {
        const std::scoped_lock lock(mutex_);
        is_ending_ = true;
    }
    more_.notify_one();
    thread_.join();
    if (const Status written = write(); !written) {
        log_error("what was read last is not in the audit log: {}", written.error().message);
    }
}

Status ReadLog::note(const Doer& doer, std::string_view action, std::string_view subject) {
    AuditEntry entry;
    entry.at = clock_.now();
    entry.actor = doer.who;
    entry.address = doer.address;
    entry.action = std::string(action);
    entry.subject = std::string(subject);
    const std::string key = fmt::format("{} {} {}", entry.actor, entry.action, entry.subject);
    const std::scoped_lock lock(mutex_);
    const auto known = noted_.find(key);
    if (known != noted_.end() && entry.at >= known->second &&
        entry.at - known->second < bounds::read_noted_every) {
        return {};
    }
    if (waiting_.size() >= bounds::reads_waiting_max) {
        return Error{ErrorCode::Unavailable,
                     "Who sees personal data is noted, and the notes cannot be written now; so "
                     "nothing is shown."};
    }
    if (noted_.size() >= bounds::reads_waiting_max) {
        noted_.clear();  // what is noted twice does no harm
    }
    noted_[key] = entry.at;
    waiting_.push_back(std::move(entry));
    more_.notify_one();
    return {};
}

/// What could not be written comes before what was noted meanwhile, the next time.
Status ReadLog::write() {
    std::vector<AuditEntry> entries;
    {
        const std::scoped_lock lock(mutex_);
        entries.swap(waiting_);
    }
    if (entries.empty()) {
        return {};
    }
    Status written = accounts_.note(entries);
    if (!written) {
        const std::scoped_lock lock(mutex_);
        entries.insert(entries.end(), waiting_.begin(), waiting_.end());
        waiting_ = std::move(entries);
    }
    return written;
}

void ReadLog::run() {
    bool was_said = false;
    std::unique_lock lock(mutex_);
    while (!is_ending_) {
        more_.wait(lock, [this] { return is_ending_ || !waiting_.empty(); });
        more_.wait_for(lock, gathered_for, [this] { return is_ending_; });
        lock.unlock();
        const Status written = write();
        if (!written && !was_said) {
            log_error("the audit log cannot be written: {}", written.error().message);
        }
        was_said = !written;
        lock.lock();
    }
}

}  // namespace kokemus::account
