#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kokemus::app {

/// Where the server of a data folder listens, in the folder's server.json: for commands that ask
/// the server because it holds the folder. Gone when the server stops; one that was killed leaves
/// it, so that it counts only while LOCK names the same process.
///
/// The note carries a key, new with every start, and only the server's own user may read it: who
/// knows the key may let the server make backups (account::operator_of_server).
class ServerNote {
public:
    struct Place {
        int pid = 0;
        std::string address;
        std::uint16_t port = 0;
        std::string key;
        bool is_tls = false;
    };

    /// 128 bits of chance, as hexadecimal digits.
    static Result<std::string> new_key();

    static Result<ServerNote> write(const std::filesystem::path& data, const Place& place);

    /// The server that holds the folder now; nothing when none is known.
    static std::optional<Place> read(const std::filesystem::path& data);

    ServerNote(ServerNote&& other) noexcept;
    ServerNote& operator=(ServerNote&&) = delete;
    ~ServerNote();

private:
    explicit ServerNote(std::filesystem::path file) : file_(std::move(file)) {}

    std::filesystem::path file_;
};

}  // namespace kokemus::app
