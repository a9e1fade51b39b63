#include "records/records.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "base/limits.h"
#include "records/connection.h"
#include "records/steps.h"

namespace kokemus::records {

/// Connections, opened when needed and kept. SQLite lets one write at a time and makes the others
/// ask again and again; here they wait for their turn.
class Records::Pool {
public:
    Pool(Address address, const Settings& settings)
        : address_(std::move(address)),
          most_(settings.connections),
          wait_(settings.wait) {}

    Result<std::unique_ptr<Connection>> take() {
        std::unique_lock lock(mutex_);
        if (!given_back_.wait_for(lock, wait_, [&] { return !idle_.empty() || open_ < most_; })) {
            return Error{ErrorCode::Unavailable,
                         fmt::format("records: all {} connections are busy; try again.", most_)};
        }
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        ++open_;
        lock.unlock();
        auto opened = Connection::open(address_);
        if (!opened) {
            lock.lock();
            --open_;
            given_back_.notify_one();
        }
        return opened;
    }

    void give_back(std::unique_ptr<Connection> connection) {
        {
            const std::lock_guard lock(mutex_);
            idle_.push_back(std::move(connection));
        }
        given_back_.notify_one();
    }

    std::unique_lock<std::mutex> turn_to_write() {
        return address_.dialect == Dialect::Sqlite ? std::unique_lock(writing_)
                                                   : std::unique_lock<std::mutex>();
    }

    const Address& address() const { return address_; }

private:
    Address address_;
    std::size_t most_;
    std::chrono::milliseconds wait_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t open_ = 0;
    std::mutex writing_;
};

namespace {

Status try_once(Connection& connection, const std::function<Status(Session&)>& step,
                Connection::Purpose purpose) {
    TRY(connection.begin(purpose));
    Session session(connection);
    Status status = step(session);
    if (status) {
        status = connection.commit();
    }
    if (!status) {
        connection.roll_back();
    }
    return status;
}

/// A new file is its owner's alone, and so are those that SQLite puts beside it. Only ever made
/// here, before anybody has it open: to close a file ends the locks that others of us hold on it.
void make_private(const std::filesystem::path& file) {
    const int made = ::open(file.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (made >= 0) {
        ::close(made);
    }
}

/// Longer after each try, so that those who met each other do not meet again.
void wait_before(std::size_t tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1) * (tries * tries));
}

}  // namespace

Records::Records(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
Records::~Records() = default;

const Address& Records::address() const {
    return pool_->address();
}

Result<std::shared_ptr<Records>> Records::open(const Address& address,
                                               std::span<const Schema> schemas,
                                               const Settings& settings) {
    if (address.dialect == Dialect::Sqlite) {
        make_private(address.file);
    }
    const auto first = TRY(Connection::open(address));
    TRY(first->lock_tables());
    TRY(try_once(
        *first,
        [&](Session& session) { return migrate(session, schemas); },
        Connection::Purpose::Write));
    return std::shared_ptr<Records>(new Records(std::make_unique<Pool>(address, settings)));
}

Result<std::size_t> steps_to_come(const Address& address, std::span<const Schema> schemas) {
    if (address.dialect == Dialect::Sqlite && !std::filesystem::exists(address.file)) {
        return not_found(fmt::format("there is no {}", address.file.string()));
    }
    const auto connection = TRY(Connection::open(address));
    Result<std::size_t> steps = 0;
    const Status looked = try_once(
        *connection,
        [&](Session& session) -> Status {
            steps = steps_to_come(session, address.dialect, schemas);
            return steps ? Status() : Status(steps.error());
        },
        Connection::Purpose::Read);
    return looked ? steps : Result<std::size_t>(looked.error());
}

Status Records::leave_no_trace(std::span<const std::string_view> tables) {
    const auto turn = pool_->turn_to_write();
    auto connection = TRY(pool_->take());
    Status done;
    for (std::size_t tries = 1;; ++tries) {
        connection->forget_failure();
        done = connection->leave_no_trace(tables);
        if (done || !connection->may_try_again() || tries == limits::records_tries_max) {
            break;
        }
        wait_before(tries);
    }
    pool_->give_back(std::move(connection));
    return done;
}

Status Records::transact(const Step& step, bool writes) {
    const auto turn = writes ? pool_->turn_to_write() : std::unique_lock<std::mutex>();
    auto connection = TRY(pool_->take());
    const auto purpose = writes ? Connection::Purpose::Write : Connection::Purpose::Read;
    Status status;
    for (std::size_t tries = 1;; ++tries) {
        connection->forget_failure();
        status = try_once(*connection, step, purpose);
        if (status || !connection->may_try_again() || tries == limits::records_tries_max) {
            break;
        }
        wait_before(tries);
    }
    pool_->give_back(std::move(connection));
    return status;
}

}  // namespace kokemus::records
