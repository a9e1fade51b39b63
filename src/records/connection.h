#pragma once

#include <span>
#include <string_view>

#include <soci/soci.h>

#include "base/result.h"
#include "records/address.h"

/// The only header that includes SOCI; for the sources of this folder.
namespace kokemus::records {

/// One connection to the store, ready for statements. Not thread safe.
class Connection {
public:
    static Result<std::unique_ptr<Connection>> open(const Address& address);

    enum class Purpose : std::uint8_t { Read, Write };

    /// Waits until nobody else changes tables in this store, and keeps others from it until this
    /// connection closes. SQLite needs no such lock: its transactions come one after another.
    Status lock_tables();

    /// Begins a transaction; connects anew when the store has closed the connection meanwhile.
    Status begin(Purpose purpose);
    Status commit();

    /// Takes what was removed from these tables out of the store's files; see Records. Outside of a
    /// transaction.
    Status leave_no_trace(std::span<const std::string_view> tables);

    /// Never fails: a connection that cannot even roll back is opened anew at the next `begin`.
    void roll_back();

    /// What an exception of SOCI means, in words. Remembers whether trying again may help.
    Error failure(const std::exception& exception);

    /// Whether the last failure was one of a transaction that met another's, not one of its own.
    bool may_try_again() const { return may_try_again_; }
    void forget_failure() { may_try_again_ = false; }

    soci::session& session() { return session_; }
    Dialect dialect() const { return address_.dialect; }

private:
    explicit Connection(Address address) : address_(std::move(address)) {}
    Status connect();
    Status open_postgresql();
    void prepare();

    Address address_;
    soci::session session_;
    bool connected_ = false;
    bool may_try_again_ = false;
};

}  // namespace kokemus::records
