#include "app/configuration.h"

#include <cstdlib>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
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

void read_key(Reading& reading, std::string_view section, std::string_view key,
              const toml::node& node, Configuration& configuration) {
    if (section == "records" && key == "store") {
        reading.value(node, key, "a text such as \"sqlite\"", configuration.records);
    } else if (section == "records" && key == "seal_key") {
        std::string path;
        reading.value(node, key, "the path of a file", path);
        configuration.seal_key = path;
    } else if (section == "server" && key == "behind_tls") {
        reading.value(node, key, "true or false", configuration.is_behind_tls);
    } else {
        reading.wrong(node.source(),
                      fmt::format("there is no key {} in [{}]; there are [records] store and "
                                  "seal_key, and [server] behind_tls",
                                  quote(key),
                                  section));
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
            reading.wrong(node.source(), "there are sections alone: [records], [server]");
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
