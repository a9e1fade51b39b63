#include <array>

#include <fmt/format.h>

#include "app/configuration.h"
#include "base/limits.h"

namespace kokemus::app {

namespace {

constexpr std::int64_t port_most = 65'535;

/// Where a member of the configuration stands.
#define AT(member)                                                          \
    +[](Configuration& configuration) -> decltype((configuration.member)) { \
        return configuration.member;                                        \
    }

const std::array keys{
    ConfigurationKey{
        "records",
        "store",
        AT(records),
        "Where users, keys, sessions, the audit log and versions of the blueprint are kept:\n"
        "\"sqlite\" (a file in the data folder), \"sqlite:/path\", or a PostgreSQL database.",
        "\"postgresql://kokemus:password@db.example/kokemus\""},
    ConfigurationKey{"records",
                     "seal_key",
                     AT(seal_key),
                     "The key file that seals secrets in the records; made at the first start. "
                     "Empty: seal.key in\n"
                     "the data folder. It is in no backup. Servers that share a store share it.",
                     "\"/etc/kokemus/seal.key\""},
    ConfigurationKey{"server",
                     "address",
                     AT(address),
                     "The address to listen on; 0.0.0.0 is every one of this machine.",
                     ""},
    ConfigurationKey{"server", "port", AT(port), "The port; 0: any free one.", "", 0, port_most},
    ConfigurationKey{"server",
                     "web",
                     AT(web),
                     "The folder of the built studio. Empty: beside the program.",
                     ""},
    ConfigurationKey{"server",
                     "behind_tls",
                     AT(is_behind_tls),
                     "true: a proxy before the server speaks TLS and tells the client's address in "
                     "X-Forwarded-For.",
                     ""},
    ConfigurationKey{"server",
                     "certificate",
                     AT(certificate),
                     "The certificate with those that vouch for it behind it (PEM): the server "
                     "speaks TLS then, and\n"
                     "only that. Empty: plain HTTP, for this computer or behind a proxy.",
                     "\"/etc/kokemus/certificate.pem\""},
    ConfigurationKey{"server",
                     "certificate_key",
                     AT(certificate_key),
                     "Its private key (PEM, without a passphrase).",
                     "\"/etc/kokemus/certificate.key\""},
    ConfigurationKey{"server",
                     "hsts_days",
                     AT(hsts_days),
                     "With a certificate: how long browsers that were here insist on TLS. 0: they "
                     "are not told.",
                     "",
                     0,
                     3650},
    ConfigurationKey{
        "server",
        "connections_per_address",
        AT(connections_per_address),
        "How many connections one address may have open; one more is told 503. 0: any number, as "
        "it is\n"
        "with behind_tls, since all come from the proxy then: let that bound them.",
        "",
        0,
        static_cast<std::int64_t>(limits::connections_max)},
    ConfigurationKey{"server",
                     "write_key",
                     AT(write_key),
                     "The key that senders to /v1 show (docs/collect.md). Empty: API keys alone.",
                     ""},
    ConfigurationKey{"server",
                     "origins",
                     AT(origins),
                     "Pages that may send to /v1 with that key. None: any.",
                     "[\"https://shop.example\"]"},
    ConfigurationKey{"server",
                     "url",
                     AT(url),
                     "Where people reach the server, for links in mails.",
                     "\"https://cx.example\""},
    ConfigurationKey{
        "webhooks",
        "networks",
        AT(webhooks.networks),
        "Private networks that outgoing webhooks may reach; all others of that kind are refused.",
        "[\"10.1.0.0/16\"]"},
    ConfigurationKey{"webhooks",
                     "allow_http",
                     AT(webhooks.allows_http),
                     "true: webhooks may go to addresses without TLS, too.",
                     ""},
    ConfigurationKey{"webhooks",
                     "ca_file",
                     AT(webhooks.ca_file),
                     "Certificates to trust (PEM). Empty: the system's.",
                     ""},
    ConfigurationKey{"mail",
                     "host",
                     AT(mail.host),
                     "The server that mails are handed to. Empty: none are sent.",
                     "\"mail.example\""},
    ConfigurationKey{"mail", "port", AT(mail.port), "Its port.", "", 1, port_most},
    ConfigurationKey{"mail",
                     "tls",
                     AT(mail.tls),
                     "How it is spoken to: starttls, tls from the first byte, or none.",
                     "",
                     0,
                     0,
                     {"starttls", "tls", "none"}},
    ConfigurationKey{"mail", "user", AT(mail.user), "Who signs in there. Empty: nobody.", ""},
    ConfigurationKey{"mail",
                     "secret",
                     AT(mail.secret),
                     "The name of the password: KOKEMUS_SECRET_MAIL, or the file secrets/mail of "
                     "the data folder.",
                     ""},
    ConfigurationKey{"mail",
                     "from",
                     AT(mail.from),
                     "Whom mails come from.",
                     "\"Kahvila <cx@example.com>\""},
    ConfigurationKey{"mail",
                     "language",
                     AT(mail.language),
                     "The language of mails: en or fi.",
                     "",
                     0,
                     0,
                     {"en", "fi"}},
    ConfigurationKey{"mail",
                     "ca_file",
                     AT(mail.ca_file),
                     "Certificates to trust (PEM). Empty: the system's.",
                     ""},
    ConfigurationKey{
        "retention",
        "texts_days",
        AT(retention.texts),
        "How many days the words of customers are kept; without a line for ever (docs/privacy.md).",
        "730",
        1,
        retention_days_max},
    ConfigurationKey{"retention",
                     "properties_days",
                     AT(retention.properties),
                     "How many days the properties of encounters are kept; without a line for ever "
                     "(docs/privacy.md).",
                     "1095",
                     1,
                     retention_days_max},
    ConfigurationKey{
        "retention",
        "encounters_days",
        AT(retention.encounters),
        "How many days encounters are kept; without a line for ever (docs/privacy.md).",
        "3650",
        1,
        retention_days_max},
    ConfigurationKey{"retention",
                     "traits_days",
                     AT(retention.traits),
                     "How many days the traits of customers who were not met since are kept; "
                     "without a line for ever (docs/privacy.md).",
                     "1095",
                     1,
                     retention_days_max},
    ConfigurationKey{"retention",
                     "refused_days",
                     AT(retention.refused),
                     "How many days the list of refused rows is kept; without a line for ever "
                     "(docs/privacy.md).",
                     "30",
                     1,
                     retention_days_max},
    ConfigurationKey{"privacy",
                     "smallest_group",
                     AT(smallest_group),
                     "Groups of fewer customers are not shown to who may not see personal data; 0: "
                     "all are (docs/privacy.md).",
                     "",
                     0,
                     1000},
    ConfigurationKey{"log",
                     "level",
                     AT(log_level),
                     "What is written to standard error: debug, info, warning or error.",
                     "",
                     0,
                     0,
                     {"debug", "info", "warning", "error"}},
    ConfigurationKey{"log",
                     "form",
                     AT(log_form),
                     "text, or json: one object a line.",
                     "",
                     0,
                     0,
                     {"text", "json"}},
    ConfigurationKey{
        "log",
        "requests",
        AT(logs_requests),
        "true: a line for each request, too: route, status, time and sizes; nothing of "
        "what was sent.",
        ""},
};

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        out += letter == '"' || letter == '\\' ? "\\" : "";
        out += letter;
    }
    return out + "\"";
}

/// A value as the file writes it.
struct AsToml {
    std::string operator()(const std::string& value) const { return in_quotes(value); }
    std::string operator()(const std::filesystem::path& value) const {
        return in_quotes(value.string());
    }
    /// What says nothing is left out.
    std::string operator()(const std::optional<unsigned>& value) const {
        return value ? fmt::format("{}", *value) : std::string();
    }
    std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(const std::vector<std::string>& value) const {
        std::string list;
        for (const std::string& each : value) {
            list += (list.empty() ? "" : ", ") + in_quotes(each);
        }
        return "[" + list + "]";
    }
};

std::string commented(std::string_view text) {
    std::string out = "# ";
    for (const char letter : text) {
        out += letter;
        out += letter == '\n' ? "# " : "";
    }
    return out + "\n";
}

}  // namespace

std::span<const ConfigurationKey> configuration_keys() {
    return keys;
}

std::string variable_of(const ConfigurationKey& key) {
    std::string name = fmt::format("KOKEMUS_{}_{}", key.section, key.key);
    for (char& letter : name) {
        if (letter >= 'a' && letter <= 'z') {
            letter = static_cast<char>(letter - 'a' + 'A');
        } else if (letter == '.') {
            letter = '_';
        }
    }
    return name;
}

std::string default_configuration() {
    Configuration nothing_said;
    std::string text =
        "# The configuration of Kokemus: kokemus.toml in the data folder, or the file that "
        "--config names.\n"
        "# Every line may be left out; what stands here is what its absence means. The environment "
        "variable\n"
        "# KOKEMUS_SECTION_KEY (KOKEMUS_SERVER_PORT) counts before the line, an option of the "
        "command line\n"
        "# before both. Who may read this file may read what stands in it.\n";
    std::string_view section;
    for (const ConfigurationKey& key : keys) {
        if (key.section != section) {
            section = key.section;
            text += fmt::format("\n[{}]\n", section);
        }
        text += commented(key.comment);
        const std::string value =
            std::visit([&](const auto at) { return AsToml{}(at(nothing_said)); }, key.place);
        text += value.empty() ? "" : fmt::format("{} = {}\n", key.key, value);
        if (!key.example.empty()) {
            text += fmt::format("# {} = {}\n", key.key, key.example);
        }
    }
    return text;
}

}  // namespace kokemus::app
