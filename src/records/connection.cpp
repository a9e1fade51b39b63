#include "records/connection.h"

#include <string>

#include <fmt/format.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace kokemus::records {
namespace {

// Result codes of SQLite, whose extended codes hold them in the low byte.
constexpr int sqlite_busy = 5;
constexpr int sqlite_locked = 6;
constexpr int sqlite_corrupt = 11;
constexpr int sqlite_full = 13;
constexpr int sqlite_cannot_open = 14;
constexpr int sqlite_constraint = 19;
constexpr int sqlite_not_a_database = 26;

constexpr std::string_view unreachable =
    "records: PostgreSQL cannot be reached, or lets nobody in; look at the address, the user, the "
    "name of the database, and its log.";

constexpr int table_lock = 0x6B6F6B65;  ///< any number that is ours: "koke"

Error words(ErrorCode code, std::string_view message, const std::exception& exception) {
    return Error{code, std::string(message), exception.what()};
}

Error of_sqlite(const soci::sqlite3_soci_error& error, bool& may_try_again) {
    switch (error.result() & 0xFF) {
        case sqlite_busy:
        case sqlite_locked:
            may_try_again = true;
            return words(ErrorCode::Unavailable,
                         "records: another program holds the file; try again.",
                         error);
        case sqlite_full:
            return words(ErrorCode::DiskFull,
                         "records: the disk is full; nothing of this was written. Make room.",
                         error);
        case sqlite_corrupt:
        case sqlite_not_a_database:
            return words(ErrorCode::Corrupt,
                         "records: the file is damaged; restore it from a backup.",
                         error);
        case sqlite_cannot_open:
            return words(ErrorCode::Unavailable,
                         "records: the file cannot be opened; look at its folder and its owner.",
                         error);
        case sqlite_constraint:
            return words(ErrorCode::Conflict,
                         "records: this is there already, or something refers to it.",
                         error);
        default: return words(ErrorCode::Internal, "records: the statement failed.", error);
    }
}

Error of_postgresql(const soci::postgresql_soci_error& error, bool& may_try_again) {
    const std::string state = error.sqlstate();
    const std::string kind = state.substr(0, 2);
    if (state == "40001" || state == "40P01") {  // met another transaction; a deadlock
        may_try_again = true;
        return words(ErrorCode::Unavailable, "records: others changed the same; try again.", error);
    }
    if (state == "53100") {
        return words(ErrorCode::DiskFull,
                     "records: the disk of PostgreSQL is full; nothing of this was written.",
                     error);
    }
    if (kind == "23") {
        return words(ErrorCode::Conflict,
                     "records: this is there already, or something refers to it.",
                     error);
    }
    if (kind == "08" || kind == "57" || kind == "53" || kind == "28" || kind == "3D" ||
        error.get_error_category() == soci::soci_error::connection_error) {
        return words(ErrorCode::Unavailable, unreachable, error);
    }
    return words(ErrorCode::Internal, "records: the statement failed.", error);
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const Address& address) {
    std::unique_ptr<Connection> connection(new Connection(address));
    if (const Status status = connection->connect(); !status) {
        return Error{status.error().code,
                     fmt::format("{} ({})", status.error().message, address.shown),
                     status.error().detail};
    }
    return connection;
}

Status Connection::connect() {
    connected_ = false;
    try {
        session_.close();
        if (address_.dialect == Dialect::Sqlite) {
            session_.open(soci::sqlite3, address_.connection);
        } else {
            TRY(open_postgresql());
        }
        prepare();
    } catch (const std::exception& exception) {
        return failure(exception);
    }
    connected_ = true;
    return {};
}

/// What is wrong here is no statement, and has no code: libpq says in words what it met.
Status Connection::open_postgresql() {
    try {
        session_.open(soci::postgresql, address_.connection);
        return {};
    } catch (const std::exception& exception) {
        return words(ErrorCode::Unavailable, unreachable, exception);
    }
}

/// A commit is on disk before it is told, whatever the store's own configuration says.
void Connection::prepare() {
    if (address_.dialect == Dialect::Sqlite) {
        std::string mode;
        session_ << "PRAGMA journal_mode = WAL", soci::into(mode);
        session_ << "PRAGMA synchronous = FULL";
        session_ << "PRAGMA foreign_keys = ON";
        session_ << "PRAGMA trusted_schema = OFF";
        session_ << "PRAGMA cell_size_check = ON";
        session_ << "PRAGMA secure_delete = ON";  // what is removed is gone from the file too
        return;
    }
    session_ << "SET synchronous_commit = on";
    session_ << "SET client_encoding = 'UTF8'";
    session_ << "SET standard_conforming_strings = on";
    session_ << "SET TIME ZONE 'UTC'";
    session_ << "SET client_min_messages = warning";
}

Status Connection::lock_tables() {
    if (dialect() == Dialect::Postgresql) {
        try {
            session_ << "SELECT pg_advisory_lock(" << table_lock << ")";
        } catch (const std::exception& exception) {
            return failure(exception);
        }
    }
    return {};
}

Status Connection::begin(Purpose purpose) {
    if (!connected_ || !session_.is_connected()) {
        TRY(connect());
    }
    const char* const statement =
        dialect() == Dialect::Sqlite
            ? (purpose == Purpose::Write ? "BEGIN IMMEDIATE" : "BEGIN")
            : (purpose == Purpose::Write ? "BEGIN ISOLATION LEVEL SERIALIZABLE"
                                         : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    for (int tries = 0;; ++tries) {
        try {
            session_ << statement;
            return {};
        } catch (const std::exception& exception) {
            const Error error = failure(exception);
            if (tries > 0 || may_try_again_ || error.code != ErrorCode::Unavailable) {
                return error;
            }
        }
        TRY(connect());  // a server that was restarted meanwhile
    }
}

Status Connection::commit() {
    try {
        session_ << "COMMIT";
        return {};
    } catch (const std::exception& exception) {
        return failure(exception);
    }
}

Status Connection::leave_no_trace(std::span<const std::string_view> tables) {
    try {
        if (dialect() == Dialect::Postgresql) {
            for (const std::string_view table : tables) {
                session_ << "VACUUM FULL " << std::string(table);
            }
            return {};
        }
        // The file itself has zeros there (secure_delete); its log is emptied by this.
        int is_busy = 0;
        int in_log = 0;
        int moved = 0;
        session_ << "PRAGMA wal_checkpoint(TRUNCATE)", soci::into(is_busy), soci::into(in_log),
            soci::into(moved);
        may_try_again_ = is_busy != 0;
    } catch (const std::exception& exception) {
        return failure(exception);
    }
    return may_try_again_ ? Status(Error{ErrorCode::Unavailable,
                                         "records: others read all the while, so that what was "
                                         "removed is still in the log of the file; try again."})
                          : Status();
}

void Connection::roll_back() {
    try {
        session_ << "ROLLBACK";
    } catch (const std::exception&) {
        connected_ = false;
    }
}

Error Connection::failure(const std::exception& exception) {
    if (const auto* error = dynamic_cast<const soci::sqlite3_soci_error*>(&exception)) {
        return of_sqlite(*error, may_try_again_);
    }
    if (const auto* error = dynamic_cast<const soci::postgresql_soci_error*>(&exception)) {
        return of_postgresql(*error, may_try_again_);
    }
    return words(ErrorCode::Internal, "records: the statement failed.", exception);
}

}  // namespace kokemus::records
