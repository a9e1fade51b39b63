#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/retention.h"
#include "base/result.h"

namespace kokemus::app {

/// [webhooks]: where outgoing webhooks may go.
struct WebhooksConfiguration {
    std::vector<std::string> networks;  ///< private ones that are allowed: "10.1.0.0/16"
    bool allows_http = false;           ///< allow_http: without TLS
    std::filesystem::path ca_file;      ///< certificates to trust instead of the system's

    friend bool operator==(const WebhooksConfiguration&, const WebhooksConfiguration&) = default;
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

    friend bool operator==(const MailConfiguration&, const MailConfiguration&) = default;
};

/// What the file kokemus.toml says; every key may be left out. `kokemus config` prints one with
/// every key, what it means and what its absence means; so does docs/operations.md.
struct Configuration {
    std::string records = "sqlite";  ///< see records/address.h; may hold a password
    std::filesystem::path seal_key;  ///< empty: seal.key in the data folder

    std::string address = "127.0.0.1";
    std::int64_t port = 8080;
    std::string web;  ///< folder of the built studio; empty: beside the program
    bool is_behind_tls = false;
    std::filesystem::path certificate;      ///< with it the server speaks TLS
    std::filesystem::path certificate_key;  ///< and this, always both
    std::int64_t hsts_days = 180;
    std::int64_t connections_per_address = 2000;  ///< 0: any number; behind a proxy too
    std::string write_key;
    std::vector<std::string> origins;
    std::string url;  ///< where people reach it, for links in mails

    WebhooksConfiguration webhooks;
    MailConfiguration mail;
    RetentionDays retention;
    /// of customers, that is shown to who may not see single ones; up to 1: any
    std::int64_t smallest_group = 5;

    std::string log_level = "info";
    std::string log_form = "text";
    bool logs_requests = false;

    /// Whether the server speaks TLS itself.
    bool has_tls() const { return !certificate.empty(); }

    friend bool operator==(const Configuration&, const Configuration&) = default;
};

/// One key of the file: where it stands, where it goes, and what it means.
struct ConfigurationKey {
    /// The value's place in a configuration.
    template <typename Value>
    using Of = Value& (*)(Configuration&);
    using Place =
        std::variant<Of<std::string>, Of<std::int64_t>, Of<bool>, Of<std::vector<std::string>>,
                     Of<std::filesystem::path>, Of<std::optional<unsigned>>>;
    std::string_view section;
    std::string_view key;
    Place place;
    std::string_view comment;  ///< one line or more, without "#"
    std::string_view example;  ///< as the file writes it; empty: none is needed beside the default
    std::int64_t least = 0;    ///< of a number
    std::int64_t most = 0;
    std::vector<std::string_view> words = {};  ///< of a text: nothing else may stand there
};

/// All of them, in the order of the file.
std::span<const ConfigurationKey> configuration_keys();

/// The environment variable that counts before the file: KOKEMUS_SERVER_PORT.
std::string variable_of(const ConfigurationKey& key);

/// A file with every key, commented, which says what an empty one says.
std::string default_configuration();

/// Reads `told`, else kokemus.toml in the data folder when there is one; environment variables
/// count before its lines. Fails with all faults, each with its line or variable; a key that there
/// is not is one.
Result<Configuration> read_configuration(const std::optional<std::filesystem::path>& told,
                                         const std::filesystem::path& data);

/// The same from the text of a file, without the environment; `called` stands in messages.
Result<Configuration> parse_configuration(std::string_view text, std::string_view called);

}  // namespace kokemus::app
