#include "records/address.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"

namespace kokemus::records {
namespace {

constexpr std::string_view file_name = "records.sqlite";

bool begins_with(std::string_view text, std::string_view beginning) {
    return text.substr(0, beginning.size()) == beginning;
}

/// What stands between the first ':' after "//" and the last '@' before the path is the password.
std::string without_password(std::string_view url) {
    const std::size_t authority = url.find("//") + 2;
    const std::size_t path = url.find('/', authority);
    const std::size_t at = url.substr(0, path).rfind('@');
    if (at == std::string_view::npos || at < authority) {
        return std::string(url.substr(0, url.find('?')));
    }
    const std::size_t colon = url.substr(0, at).find(':', authority);
    const std::size_t user_end = colon == std::string_view::npos ? at : colon;
    const std::string_view rest = url.substr(at);
    return fmt::format("{}{}", url.substr(0, user_end), rest.substr(0, rest.find('?')));
}

/// With an option at its end: SOCI takes a text without any "key=value" for one half of such.
std::string with_option(std::string_view url) {
    constexpr std::string_view option = "application_name=kokemus";
    std::size_t host = url.find_first_of("@/", url.find("//") + 2);
    host = host == std::string_view::npos || url[host] == '/' ? 0 : host;
    const std::size_t query = url.find('?', host);
    if (query == std::string_view::npos) {
        return fmt::format("{}?{}", url, option);
    }
    return query + 1 == url.size() ? fmt::format("{}{}", url, option) : std::string(url);
}

}  // namespace

Result<Address> sqlite_file(const std::filesystem::path& path) {
    const std::string text = path.string();
    if (text.find('"') != std::string::npos) {
        return invalid_input(fmt::format(
            "records: the path {} holds a quotation mark; choose one without.", quote(text)));
    }
    return Address{Dialect::Sqlite,
                   fmt::format("db=\"{}\" timeout={}", text, limits::records_wait_max.count()),
                   "sqlite:" + text,
                   path};
}

Result<Address> read_address(std::string_view text, const std::filesystem::path& folder) {
    if (text.empty() || text == "sqlite") {
        return sqlite_file(folder / file_name);
    }
    if (begins_with(text, "sqlite:") && text.size() > 7) {
        return sqlite_file(std::string(text.substr(7)));
    }
    if (begins_with(text, "postgresql://") || begins_with(text, "postgres://")) {
        return Address{Dialect::Postgresql, with_option(text), without_password(text), {}};
    }
    return invalid_input(
        fmt::format("records: {} is no place for records. Write sqlite (a file in the data "
                    "folder), sqlite:PATH, or postgresql://USER:PASSWORD@HOST:PORT/DATABASE.",
                    quote(text.find('@') == std::string_view::npos ? text : "this")));
}

}  // namespace kokemus::records
