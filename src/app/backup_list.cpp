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

bool is_begun(const json::value& entry) {
    return entry.is_object() && entry.as_object().contains("begun_at");
}

/// The list without the newest that was begun in the folder.
json::array without_begun(json::array list, const std::filesystem::path& folder) {
    for (std::size_t i = list.size(); i-- > 0;) {
        if (is_begun(list[i]) && text_of(list[i], "folder") == folder.string()) {
            list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
            break;
        }
    }
    return list;
}

Status write_list(const std::filesystem::path& data, const json::array& list) {
    return write_file(data / list_file, json::serialize(list));
}

}  // namespace

Status note_begun(const std::filesystem::path& data, const std::filesystem::path& folder,
                  Instant begun_at) {
    json::array list = TRY(read_list(data));
    while (list.size() >= backups_kept_max) {
        list.erase(list.begin());
    }
    list.push_back(
        json::object{{"folder", folder.string()}, {"begun_at", format_instant(begun_at)}});
    return write_list(data, list);
}

Status note_backup(const std::filesystem::path& data, const std::filesystem::path& folder,
                   Instant made_at) {
    json::array list = without_begun(TRY(read_list(data)), folder);
    list.push_back(json::object{{"folder", folder.string()}, {"made_at", format_instant(made_at)}});
    return write_list(data, list);
}

Status forget_begun(const std::filesystem::path& data, const std::filesystem::path& folder) {
    return write_list(data, without_begun(TRY(read_list(data)), folder));
}

Result<std::vector<std::string>> backups_made(const std::filesystem::path& data) {
    std::vector<std::string> made;
    for (const json::value& entry : TRY(read_list(data))) {
        made.push_back(is_begun(entry) ? fmt::format("the backup begun at {} in {}",
                                                     text_of(entry, "begun_at"),
                                                     text_of(entry, "folder"))
                                       : fmt::format("the backup of {} in {}",
                                                     text_of(entry, "made_at"),
                                                     text_of(entry, "folder")));
    }
    return made;
}

}  // namespace kokemus::app
