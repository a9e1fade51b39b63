#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/retention.h"
#include "base/result.h"

namespace kokemus::app {

/// [webhooks]: where outgoing webhooks may go.
struct WebhooksConfiguration {
    std::vector<std::string> networks;  ///< private ones that are allowed: "10.1.0.0/16"
    bool allows_http = false;           ///< allow_http: without TLS
    std::filesystem::path ca_file;      ///< certificates to trust instead of the system's
};

/// [mail]: the server that mails are handed to; without a host none are sent.
struct MailConfiguration {
    std::string host;
    std::int64_t port = 587;
    std::string tls = "starttls";   ///< or "tls", "none"
    std::string user;               ///< empty: without signing in
    std::string secret = "mail";    ///< the name of the password among the secrets
    std::string from;               ///< "Kahvila <cx@example.com>"
    std::string language = "en";    ///< or "fi"
    std::filesystem::path ca_file;  ///< certificates to trust instead of the system's
};

/// What the file kokemus.toml says; every key may be left out. docs/operations.md shows one.
struct Configuration {
    std::string records =
        "sqlite";  ///< [records] store: see records/address.h; may hold a password
    std::filesystem::path seal_key;  ///< [records] seal_key: empty: seal.key in the data folder
    bool is_behind_tls = false;      ///< [server] behind_tls: a proxy in front speaks TLS
    std::string url;                 ///< [server] url: where people reach it, for links in mails
    WebhooksConfiguration webhooks;
    MailConfiguration mail;
    RetentionDays retention;  ///< [retention] texts_days and so on
};

/// Reads `told`, else kokemus.toml in the data folder when there is one. The variables
/// KOKEMUS_RECORDS and KOKEMUS_RECORDS_SEAL_KEY count before the file's lines. Fails with all
/// faults of the file, each with its line; a key that there is not is one.
Result<Configuration> read_configuration(const std::optional<std::filesystem::path>& told,
                                         const std::filesystem::path& data);

/// The same from the text of a file; `called` stands in messages.
Result<Configuration> parse_configuration(std::string_view text, std::string_view called);

}  // namespace kokemus::app
