#include "app/configuration.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file.h"
#include "base/text.h"
#include "blueprint/network.h"
#include "blueprint/toml_parse.h"

namespace kokemus::app {

namespace {

constexpr std::size_t file_bytes_max = 1024 * 1024;

/// One file being read: what is wrong is gathered, each with its line.
class Reading {
public:
    explicit Reading(std::string_view called) : called_(called) {}

    void wrong(const toml::source_region& place, std::string_view what) {
        faults_ += fmt::format("\n{}: line {}: {}", called_, place.begin.line, what);
    }
    void wrong(const blueprint::Fault& fault) {
        faults_ += fmt::format("\n{}: {}", called_, blueprint::to_text(fault));
    }

    template <typename Value>
    void value(const toml::node& node, std::string_view key, std::string_view wanted,
               Value& place) {
        if (const auto read = node.value_exact<Value>()) {
            place = *read;
        } else {
            wrong(node.source(), fmt::format("{}: write {}", key, wanted));
        }
    }

    Status outcome() const {
        return faults_.empty() ? Status()
                               : Status(invalid_input("the configuration has faults:" + faults_));
    }

private:
    std::string_view called_;
    std::string faults_;
};

using Read = void (*)(Reading&, const toml::node&, std::string_view, Configuration&);

void read_text(Reading& reading, const toml::node& node, std::string_view key, std::string& place) {
    reading.value(node, key, "a text", place);
}

void read_flag(Reading& reading, const toml::node& node, std::string_view key, bool& place) {
    reading.value(node, key, "true or false", place);
}

void read_path(Reading& reading, const toml::node& node, std::string_view key,
               std::filesystem::path& place) {
    std::string path;
    reading.value(node, key, "the path of a file", path);
    place = path;
}

void read_word(Reading& reading, const toml::node& node, std::string_view key, std::string& place,
               std::initializer_list<std::string_view> words) {
    const std::string wanted = fmt::format("one of {}", fmt::join(words, ", "));
    const auto told = node.value_exact<std::string>();
    if (told && std::find(words.begin(), words.end(), *told) != words.end()) {
        place = *told;
    } else {
        reading.wrong(node.source(), fmt::format("{}: write {}", key, wanted));
    }
}

void read_port(Reading& reading, const toml::node& node, std::string_view key,
               std::int64_t& place) {
    constexpr std::int64_t most = 65'535;
    const auto told = node.value_exact<std::int64_t>();
    if (told && *told >= 1 && *told <= most) {
        place = *told;
    } else {
        reading.wrong(node.source(), fmt::format("{}: write a number from 1 to 65535", key));
    }
}

void read_networks(Reading& reading, const toml::node& node, std::string_view key,
                   std::vector<std::string>& place) {
    const toml::array* list = node.as_array();
    if (list == nullptr) {
        reading.wrong(node.source(), fmt::format("{}: write a list of networks", key));
        return;
    }
    for (const toml::node& one : *list) {
        const std::string text = one.value_exact<std::string>().value_or("");
        if (const auto network = blueprint::parse_network(text); !network) {
            reading.wrong(one.source(), fmt::format("{}: {}", key, network.error().message));
        }
        place.push_back(text);
    }
}

void read_days(Reading& reading, const toml::node& node, std::string_view key,
               std::optional<unsigned>& place) {
    const auto told = node.value_exact<std::int64_t>();
    if (told && *told >= 1 && *told <= retention_days_max) {
        place = static_cast<unsigned>(*told);
    } else {
        reading.wrong(
            node.source(),
            fmt::format("{}: write a whole number from 1 to {}", key, retention_days_max));
    }
}

struct Key {
    std::string_view section;
    std::string_view name;
    Read read;
};

using Node = const toml::node&;
using Name = std::string_view;

/// Every key there is.
constexpr std::array keys{
    Key{"records",
        "store",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_text(reading, node, name, told.records);
        }},
    Key{"records",
        "seal_key",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_path(reading, node, name, told.seal_key);
        }},
    Key{"server",
        "behind_tls",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_flag(reading, node, name, told.is_behind_tls);
        }},
    Key{"server",
        "url",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_text(reading, node, name, told.url);
        }},
    Key{"webhooks",
        "networks",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_networks(reading, node, name, told.webhooks.networks);
        }},
    Key{"webhooks",
        "allow_http",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_flag(reading, node, name, told.webhooks.allows_http);
        }},
    Key{"webhooks",
        "ca_file",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_path(reading, node, name, told.webhooks.ca_file);
        }},
    Key{"mail",
        "host",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_text(reading, node, name, told.mail.host);
        }},
    Key{"mail",
        "port",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_port(reading, node, name, told.mail.port);
        }},
    Key{"mail",
        "tls",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_word(reading, node, name, told.mail.tls, {"starttls", "tls", "none"});
        }},
    Key{"mail",
        "user",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_text(reading, node, name, told.mail.user);
        }},
    Key{"mail",
        "secret",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_text(reading, node, name, told.mail.secret);
        }},
    Key{"mail",
        "from",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_text(reading, node, name, told.mail.from);
        }},
    Key{"mail",
        "language",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_word(reading, node, name, told.mail.language, {"en", "fi"});
        }},
    Key{"mail",
        "ca_file",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_path(reading, node, name, told.mail.ca_file);
        }},
    Key{"retention",
        "texts_days",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_days(reading, node, name, told.retention.texts);
        }},
    Key{"retention",
        "properties_days",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_days(reading, node, name, told.retention.properties);
        }},
    Key{"retention",
        "encounters_days",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_days(reading, node, name, told.retention.encounters);
        }},
    Key{"retention",
        "traits_days",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_days(reading, node, name, told.retention.traits);
        }},
    Key{"retention",
        "refused_days",
        [](Reading& reading, Node node, Name name, Configuration& told) {
            read_days(reading, node, name, told.retention.refused);
        }},
};

std::string all_keys() {
    std::string text;
    std::string_view section;
    for (const Key& key : keys) {
        text += key.section == section
                    ? fmt::format(", {}", key.name)
                    : fmt::format("{}[{}] {}", section.empty() ? "" : "; ", key.section, key.name);
        section = key.section;
    }
    return text;
}

void read_key(Reading& reading, std::string_view section, std::string_view name,
              const toml::node& node, Configuration& configuration) {
    const auto* key = std::find_if(keys.begin(), keys.end(), [&](const Key& known) {
        return known.section == section && known.name == name;
    });
    if (key != keys.end()) {
        key->read(reading, node, name, configuration);
    } else {
        reading.wrong(
            node.source(),
            fmt::format(
                "there is no key {} in [{}]; there are {}", quote(name), section, all_keys()));
    }
}

}  // namespace

Result<Configuration> parse_configuration(std::string_view text, std::string_view called) {
    Configuration configuration;
    Reading reading(called);
    const blueprint::ParsedToml parsed = blueprint::parse_toml(text);
    for (const blueprint::Fault& fault : parsed.faults) {
        reading.wrong(fault);
    }
    for (const auto& [section, node] : parsed.table) {
        const toml::table* table = node.as_table();
        if (table == nullptr) {
            reading.wrong(node.source(), "there are sections alone: [records], [server], ...");
            continue;
        }
        for (const auto& [key, value] : *table) {
            read_key(reading, section.str(), key.str(), value, configuration);
        }
    }
    TRY(reading.outcome());
    return configuration;
}

Result<Configuration> read_configuration(const std::optional<std::filesystem::path>& told,
                                         const std::filesystem::path& data) {
    const std::filesystem::path file = told ? *told : data / "kokemus.toml";
    Configuration configuration;
    if (told || std::filesystem::exists(file)) {
        const std::string text = TRY(read_file(file, file_bytes_max));
        configuration = TRY(parse_configuration(text, file.string()));
    }
    if (const char* records = std::getenv("KOKEMUS_RECORDS"); records != nullptr) {
        configuration.records = records;
    }
    if (const char* key = std::getenv("KOKEMUS_RECORDS_SEAL_KEY"); key != nullptr) {
        configuration.seal_key = key;
    }
    return configuration;
}

}  // namespace kokemus::app
