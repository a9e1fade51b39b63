#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/limits.h"
#include "base/result.h"
#include "records/address.h"
#include "records/migration.h"
#include "records/session.h"

namespace kokemus::records {

struct Settings {
    std::size_t connections = 4;                                ///< open at most, at once
    std::chrono::milliseconds wait = limits::records_wait_max;  ///< for one that is free
};

/// The operational data with transactions, on SQLite or PostgreSQL. Thread safe.
class Records {
public:
    /// Opens (or, for SQLite, creates) the store and brings its tables to the last version.
    static Result<std::shared_ptr<Records>> open(const Address& address,
                                                 std::span<const Schema> schemas,
                                                 const Settings& settings = {});

    /// Carries out `work(session)`, which gives a `Result`, in one transaction: on disk when this
    /// gives a value, undone when `work` or the commit fails. Where it met another transaction it
    /// is carried out again, up to `records_tries_max` times, so it must have no other effects.
    /// Behaves as if all changes came one after another.
    template <typename Work>
    auto change(const Work& work) {
        return in_transaction(work, true);
    }

    /// The same for queries alone; all of them see one state.
    template <typename Work>
    auto read(const Work& work) {
        return in_transaction(work, false);
    }

    /// What was removed from these tables before is gone from the files of the store when this
    /// returns, and not only from what can be asked. Unavailable when somebody reads all the while.
    /// PostgreSQL writes the tables anew; its own log and backups keep what they have.
    Status leave_no_trace(std::span<const std::string_view> tables);

    const Address& address() const;

    ~Records();
    Records(const Records&) = delete;
    Records& operator=(const Records&) = delete;

private:
    class Pool;
    explicit Records(std::unique_ptr<Pool> pool);

    using Step = std::function<Status(Session&)>;
    Status transact(const Step& step, bool writes);

    template <typename Work>
    auto in_transaction(const Work& work, bool writes) {
        using Gives = std::invoke_result_t<const Work&, Session&>;
        std::optional<Gives> given;
        const Status status = transact(
            [&](Session& session) -> Status {
                given.emplace(work(session));
                return *given ? Status() : Status(given->error());
            },
            writes);
        return status ? std::move(*given) : Gives(status.error());
    }

    std::unique_ptr<Pool> pool_;
};

}  // namespace kokemus::records
