#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace kokemus::records {

/// For tests (defined in tests/postgres): a real PostgreSQL server in a folder of its own, reached
/// by a socket in that folder alone; ends, and its folder goes, with this object. As root it runs
/// as the user `postgres`, since PostgreSQL refuses root.
class PostgresServer {
public:
    /// Takes about 2 s. Fails with the server's words.
    static Result<PostgresServer> start();

    /// An empty database of that name; lower-case letters and '_'.
    Result<std::string> database(const std::string& name) const;

    /// Ends the server as a crash would, and starts it again.
    Status crash_and_start();

    PostgresServer(PostgresServer&& other) noexcept;
    PostgresServer(const PostgresServer&) = delete;
    PostgresServer& operator=(const PostgresServer&) = delete;
    PostgresServer& operator=(PostgresServer&&) = delete;
    ~PostgresServer();

private:
    explicit PostgresServer(std::filesystem::path folder);
    Status run(const std::string& program, std::vector<std::string> arguments) const;
    Status start_server() const;
    Status stop() const;
    std::string data() const { return (folder_ / "data").string(); }

    std::filesystem::path folder_;
};

}  // namespace kokemus::records
