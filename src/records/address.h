#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kokemus::records {

enum class Dialect : std::uint8_t { Sqlite, Postgresql };

/// Where records are kept.
struct Address {
    Dialect dialect = Dialect::Sqlite;
    std::string connection;           ///< as SOCI's backend takes it; may hold a password
    std::string shown;                ///< for logs and messages, without the password
    std::filesystem::path file = {};  ///< of SQLite

    friend bool operator==(const Address&, const Address&) = default;
};

/// Reads the one line of configuration: "sqlite" (a file in `folder`), "sqlite:PATH", or
/// "postgresql://user:password@host:port/database?option=value" (also "postgres://"). Fails with
/// the text, without its password, and what to write instead.
Result<Address> read_address(std::string_view text, const std::filesystem::path& folder);

/// An SQLite file of that path.
Result<Address> sqlite_file(const std::filesystem::path& path);

}  // namespace kokemus::records
