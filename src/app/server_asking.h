#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/command.h"
#include "app/organisation.h"
#include "app/server_note.h"
#include "http/message.h"

namespace kokemus::app {

/// Where a command finds the data folder: opened here, or held by a server that can be asked.
struct HereOrThere {
    std::unique_ptr<Organisation> here;  ///< null: a server holds the folder
    std::optional<ServerNote::Place> there = {};

    /// The body of what the server answers to this; its words, as an error, when it refuses.
    Result<std::string> ask(http::Method method, std::string_view path, std::string body) const;
};

/// Conflict, as said by the ledger, when somebody holds the folder who cannot be asked.
Result<HereOrThere> here_or_there(const CommandSettings& settings);

/// Asks the server with the key of its note; see HereOrThere::ask. `if_match` is the header of that
/// name; empty: none.
Result<std::string> ask_server(const ServerNote::Place& server, http::Method method,
                               std::string_view path, std::string body,
                               std::string_view if_match = {});

}  // namespace kokemus::app
