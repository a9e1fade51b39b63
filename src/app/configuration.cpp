#include "app/configuration.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file.h"
#include "base/nearest.h"
#include "base/text.h"
#include "blueprint/network.h"
#include "blueprint/toml_parse.h"

namespace kokemus::app {

namespace {

constexpr std::size_t file_bytes_max = 1024 * 1024;

/// A value from where it is written, or what should stand there.
using Outcome = std::optional<std::string>;

std::string number_wanted(const ConfigurationKey& key) {
    return fmt::format("a whole number from {} to {}", key.least, key.most);
}

template <typename Value>
using At = ConfigurationKey::Of<Value>;

/// Texts of which only some may stand there.
Outcome check_words(const ConfigurationKey& key, std::string_view text) {
    if (key.words.empty() || std::ranges::find(key.words, text) != key.words.end()) {
        return std::nullopt;
    }
    return fmt::format("one of {}", fmt::join(key.words, ", "));
}

/// From a node of the file.
struct FromFile {
    const ConfigurationKey& key;
    const toml::node& node;
    Configuration& to;

    Outcome operator()(At<std::string> at) const {
        const auto text = node.value_exact<std::string>();
        if (!text) {
            return key.words.empty() ? "a text, in quotes" : check_words(key, "");
        }
        at(to) = *text;
        return check_words(key, *text);
    }
    Outcome operator()(At<std::filesystem::path> at) const {
        const auto text = node.value_exact<std::string>();
        at(to) = text.value_or("");
        return text ? Outcome() : "the path of a file, in quotes";
    }
    Outcome operator()(At<bool> at) const {
        const auto flag = node.value_exact<bool>();
        at(to) = flag.value_or(false);
        return flag ? Outcome() : "true or false";
    }
    Outcome operator()(At<std::int64_t> at) const {
        const auto number = node.value_exact<std::int64_t>();
        at(to) = number.value_or(0);
        const bool fits = number && *number >= key.least && *number <= key.most;
        return fits ? Outcome() : number_wanted(key);
    }
    Outcome operator()(At<std::optional<unsigned>> at) const {
        const std::int64_t number = node.value_exact<std::int64_t>().value_or(0);
        if (number < key.least || number > key.most) {
            return number_wanted(key);
        }
        at(to) = static_cast<unsigned>(number);
        return std::nullopt;
    }
    Outcome operator()(At<std::vector<std::string>> at) const {
        std::vector<std::string> texts;
        const toml::array* list = node.as_array();
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            if (const auto text = (*list)[i].value_exact<std::string>()) {
                texts.push_back(*text);
            }
        }
        const bool is_whole = list != nullptr && texts.size() == list->size();
        at(to) = std::move(texts);
        return is_whole ? Outcome() : "a list of texts";
    }
};

/// From an environment variable: texts without quotes, lists apart by commas.
struct FromVariable {
    const ConfigurationKey& key;
    std::string_view text;
    Configuration& to;

    Outcome operator()(At<std::string> at) const {
        at(to) = std::string(text);
        return check_words(key, text);
    }
    Outcome operator()(At<std::filesystem::path> at) const {
        at(to) = std::filesystem::path(text);
        return std::nullopt;
    }
    Outcome operator()(At<bool> at) const {
        at(to) = text == "true";
        return text == "true" || text == "false" ? Outcome() : "true or false";
    }
    Outcome operator()(At<std::int64_t> at) const {
        const auto number = read_number();
        at(to) = number.value_or(0);
        return number ? Outcome() : number_wanted(key);
    }
    Outcome operator()(At<std::optional<unsigned>> at) const {
        const auto number = read_number();
        at(to) = static_cast<unsigned>(number.value_or(0));
        return number ? Outcome() : number_wanted(key);
    }
    Outcome operator()(At<std::vector<std::string>> at) const {
        at(to).clear();
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t comma = rest.find(',');
            if (const auto each = trim(rest.substr(0, comma)); !each.empty()) {
                at(to).emplace_back(each);
            }
            rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        }
        return std::nullopt;
    }

    /// None when it is none, or beyond its bounds.
    std::optional<std::int64_t> read_number() const {
        std::int64_t number = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool is_read = fault == std::errc() && end == text.data() + text.size();
        return is_read && number >= key.least && number <= key.most ? std::optional(number)
                                                                    : std::nullopt;
    }
};

/// One file being read: what is wrong is gathered, each with its line.
class Reading {
public:
    Reading(std::string_view called, Configuration& to) : called_(called), to_(to) {}

    void read(std::string_view text) {
        const blueprint::ParsedToml parsed = blueprint::parse_toml(text);
        for (const blueprint::Fault& fault : parsed.faults) {
            faults_ += fmt::format("\n{}: {}", called_, blueprint::to_text(fault));
        }
        for (const auto& [name, node] : parsed.table) {
            if (const toml::table* table = node.as_table()) {
                read_section(std::string(name.str()), *table, node);
            } else {
                wrong(node, "there are sections alone: " + sections());
            }
        }
    }

    const std::string& faults() const { return faults_; }

private:
    void wrong(const toml::node& node, std::string_view what) {
        faults_ += fmt::format("\n{}: line {}: {}", called_, node.source().begin.line, what);
    }

    static std::string sections() {
        std::string list;
        std::string_view last;
        for (const ConfigurationKey& key : configuration_keys()) {
            if (key.section != last) {
                last = key.section;
                list += fmt::format("{}[{}]", list.empty() ? "" : ", ", last);
            }
        }
        return list;
    }

    void read_section(const std::string& section, const toml::table& table,
                      const toml::node& node) {
        const auto keys = configuration_keys();
        const auto is_below = [&](const ConfigurationKey& key) {
            return key.section == section || key.section.starts_with(section + ".");
        };
        if (std::ranges::none_of(keys, is_below)) {
            wrong(node, fmt::format("there is no section [{}]; there are {}", section, sections()));
            return;
        }
        for (const auto& [name, value] : table) {
            const std::string inner = fmt::format("{}.{}", section, name.str());
            const bool is_section =
                value.is_table() &&
                std::ranges::any_of(keys, [&](const auto& key) { return key.section == inner; });
            if (is_section) {
                read_section(inner, *value.as_table(), value);
            } else {
                read_key(section, name.str(), value);
            }
        }
    }

    void read_key(std::string_view section, std::string_view name, const toml::node& node) {
        std::vector<std::string_view> names;
        for (const ConfigurationKey& key : configuration_keys()) {
            if (key.section != section) {
                continue;
            }
            names.push_back(key.key);
            if (key.key == name) {
                if (const auto wanted = std::visit(FromFile{key, node, to_}, key.place)) {
                    wrong(node, fmt::format("{}: write {}", name, *wanted));
                }
                return;
            }
        }
        wrong(node,
              fmt::format("there is no key {} in [{}]{}; kokemus config prints all keys",
                          quote(name),
                          section,
                          did_you_mean(name, names)));
    }

    std::string_view called_;
    Configuration& to_;
    std::string faults_;
};

/// Variables of the environment that begin as a key's does, and are none.
std::string unknown_variables() {
    std::vector<std::string> names;
    std::set<std::string> beginnings;
    for (const ConfigurationKey& key : configuration_keys()) {
        const std::string& name = names.emplace_back(variable_of(key));
        beginnings.insert(name.substr(0, name.size() - key.key.size()));
    }
    const std::vector<std::string_view> known(names.begin(), names.end());
    std::string faults;
    for (char** at = environ; at != nullptr && *at != nullptr; ++at) {
        const std::string_view line(*at);
        const std::string_view name = line.substr(0, line.find('='));
        const bool is_ours = std::ranges::any_of(
            beginnings, [name](const auto& beginning) { return name.starts_with(beginning); });
        if (is_ours && std::ranges::find(known, name) == known.end()) {
            faults +=
                fmt::format("\n{}: there is no such variable{}; kokemus config prints all keys",
                            name,
                            did_you_mean(name, known));
        }
    }
    return faults;
}

/// What no single key shows.
std::string faults_of_whole(const Configuration& configuration) {
    std::string faults;
    if (configuration.certificate.empty() != configuration.certificate_key.empty()) {
        faults += "\n[server] certificate and certificate_key: name both files, or neither";
    }
    for (const std::string& text : configuration.webhooks.networks) {
        if (const auto network = blueprint::parse_network(text); !network) {
            faults += fmt::format("\n[webhooks] networks: {}", network.error().message);
        }
    }
    return faults;
}

Result<Configuration> outcome(Configuration configuration, std::string faults) {
    if (faults.empty()) {
        faults = faults_of_whole(configuration);
    }
    if (!faults.empty()) {
        return invalid_input("the configuration has faults:" + faults);
    }
    return configuration;
}

}  // namespace

Result<Configuration> parse_configuration(std::string_view text, std::string_view called) {
    Configuration configuration;
    Reading reading(called, configuration);
    reading.read(text);
    return outcome(std::move(configuration), reading.faults());
}

Result<Configuration> read_configuration(const std::optional<std::filesystem::path>& told,
                                         const std::filesystem::path& data) {
    const std::filesystem::path file = told ? *told : data / "kokemus.toml";
    Configuration configuration;
    std::string faults;
    if (told || std::filesystem::exists(file)) {
        const std::string text = TRY(read_file(file, file_bytes_max));
        const std::string called = file.string();
        Reading reading(called, configuration);
        reading.read(text);
        faults = reading.faults();
    }
    for (const ConfigurationKey& key : configuration_keys()) {
        const std::string variable = variable_of(key);
        if (const char* value = std::getenv(variable.c_str()); value != nullptr) {
            if (const auto wanted =
                    std::visit(FromVariable{key, value, configuration}, key.place)) {
                faults += fmt::format("\n{}: write {}", variable, *wanted);
            }
        }
    }
    return outcome(std::move(configuration), faults + unknown_variables());
}

}  // namespace kokemus::app
