#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"

namespace kokemus::app {

/// What the file kokemus.toml says; every key may be left out. docs/operations.md shows one.
struct Configuration {
    std::string records =
        "sqlite";  ///< [records] store: see records/address.h; may hold a password
    std::filesystem::path seal_key;  ///< [records] seal_key: empty: seal.key in the data folder
    bool is_behind_tls = false;      ///< [server] behind_tls: a proxy in front speaks TLS
};

/// Reads `told`, else kokemus.toml in the data folder when there is one. The variables
/// KOKEMUS_RECORDS and KOKEMUS_RECORDS_SEAL_KEY count before the file's lines. Fails with all
/// faults of the file, each with its line; a key that there is not is one.
Result<Configuration> read_configuration(const std::optional<std::filesystem::path>& told,
                                         const std::filesystem::path& data);

/// The same from the text of a file; `called` stands in messages.
Result<Configuration> parse_configuration(std::string_view text, std::string_view called);

}  // namespace kokemus::app
