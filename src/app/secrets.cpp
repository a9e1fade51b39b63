#include "app/secrets.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"

namespace kokemus::app {

namespace {

constexpr std::size_t secret_bytes_max = 4096;

bool is_plain(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

std::string variable_of(std::string_view name) {
    std::string variable = "KOKEMUS_SECRET_";
    for (const char letter : name) {
        const bool is_small = letter >= 'a' && letter <= 'z';
        variable +=
            is_small ? static_cast<char>(letter - 'a' + 'A') : (is_plain(letter) ? letter : '_');
    }
    return variable;
}

}  // namespace

std::vector<std::filesystem::path> files_of_secrets(const CommandSettings& settings,
                                                    const Configuration& configuration) {
    std::vector<std::filesystem::path> files;
    for (const char* name :
         {"server.json", "seal.key", "pseudonym.key", "secrets", "kokemus.toml"}) {
        files.push_back(settings.data / name);
    }
    if (settings.configuration) {
        files.push_back(*settings.configuration);
    }
    for (const auto& key : {configuration.seal_key, configuration.certificate_key}) {
        if (!key.empty()) {
            files.push_back(key);
        }
    }
    return files;
}

Result<std::vector<std::string>> find_secrets(const std::filesystem::path& folder,
                                              std::string_view name) {
    const bool is_name = !name.empty() && std::ranges::all_of(name, [](char letter) {
        return is_plain(letter) || letter == '-' || letter == '_';
    });
    if (!is_name) {
        return invalid_input(
            fmt::format("{} is no name of a secret; write letters, digits, - and _", quote(name)));
    }
    const std::string variable = variable_of(name);
    std::string text;
    if (const char* value = std::getenv(variable.c_str())) {
        text = value;
    } else if (auto file = read_file(folder / "secrets" / name, secret_bytes_max)) {
        text = std::move(*file);
    } else if (file.error().code != ErrorCode::NotFound) {
        return std::move(file.error());
    }
    std::vector<std::string> secrets;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        secrets.push_back(std::move(word));
    }
    if (secrets.empty()) {
        return not_found(fmt::format(
            "there is no secret {}; put it into {} or secrets/{}", quote(name), variable, name));
    }
    return secrets;
}

}  // namespace kokemus::app
