#include "app/backup_list.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/file.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

constexpr std::string_view list_file = "backups.json";
constexpr std::size_t file_bytes_max = 16ULL << 20U;
constexpr std::size_t backups_kept_max = 1000;

/// A list that cannot be read any more is begun anew: it says nothing that others depend on.
Result<json::array> read_list(const std::filesystem::path& data) {
    auto text = read_file(data / list_file, file_bytes_max);
    if (!text && text.error().code != ErrorCode::NotFound) {
        return text.error();
    }
    boost::system::error_code fault;
    json::value list = text ? json::parse(*text, fault) : json::value(json::array());
    return !fault && list.is_array() ? std::move(list.as_array()) : json::array();
}

std::string text_of(const json::value& entry, std::string_view name) {
    const json::object* object = entry.if_object();
    const json::value* value = object != nullptr ? object->if_contains(name) : nullptr;
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : "?";
}

}  // namespace

Status note_backup(const std::filesystem::path& data, const std::filesystem::path& folder,
                   Instant made_at) {
    json::array list = TRY(read_list(data));
    while (list.size() >= backups_kept_max) {
        list.erase(list.begin());
    }
    list.push_back(json::object{{"folder", folder.string()}, {"made_at", format_instant(made_at)}});
    return write_file(data / list_file, json::serialize(list));
}

Result<std::vector<std::string>> backups_made(const std::filesystem::path& data) {
    std::vector<std::string> made;
    for (const json::value& entry : TRY(read_list(data))) {
        made.push_back(fmt::format(
            "the backup of {} in {}", text_of(entry, "made_at"), text_of(entry, "folder")));
    }
    return made;
}

}  // namespace kokemus::app
