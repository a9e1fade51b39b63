#include "intake/import_map.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kokemus::intake {

const Source* ImportMap::source(std::string_view name) const {
    const auto found = std::find_if(
        sources.begin(), sources.end(), [&](const Source& source) { return source.name == name; });
    return found == sources.end() ? nullptr : &*found;
}

const std::vector<std::string_view>& encounter_field_names() {
    static const std::vector<std::string_view> names = {"id",
                                                        "customer",
                                                        "time",
                                                        "sequence",
                                                        "touchpoint",
                                                        "channel",
                                                        "department",
                                                        "employee",
                                                        "thread",
                                                        "score",
                                                        "scale",
                                                        "text",
                                                        "language",
                                                        "value",
                                                        "duration",
                                                        "time_clamped"};
    return names;
}

std::optional<Format> format_named(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, Format>, 8> formats = {
        {{"csv", Format::Csv},
         {"tsv", Format::Tsv},
         {"tab", Format::Tsv},
         {"jsonl", Format::JsonLines},
         {"ndjson", Format::JsonLines},
         {"json", Format::JsonLines},
         {"parquet", Format::Parquet},
         {"xes", Format::Xes}}};
    for (const auto& [word, format] : formats) {
        if (word == name) {
            return format;
        }
    }
    return std::nullopt;
}

}  // namespace kokemus::intake
