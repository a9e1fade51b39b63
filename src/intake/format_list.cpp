#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "base/text.h"
#include "intake/byte_reader.h"
#include "intake/stage.h"

namespace kokemus::intake {

namespace {

/// By the end of the name, with or without ".gz" behind it.
struct Ending {
    std::string_view text;
    Format format;
};

constexpr std::array<Ending, 9> endings = {{{".csv", Format::Csv},
                                            {".txt", Format::Csv},
                                            {".tsv", Format::Tsv},
                                            {".tab", Format::Tsv},
                                            {".jsonl", Format::JsonLines},
                                            {".ndjson", Format::JsonLines},
                                            {".json", Format::JsonLines},
                                            {".parquet", Format::Parquet},
                                            {".xes", Format::Xes}}};

}  // namespace

Result<Format> find_format(const Source& source, const std::filesystem::path& file) {
    if (source.format) {
        return *source.format;
    }
    const auto reader = TRY(ByteReader::open(file));
    std::string head(512, '\0');
    head.resize(TRY(reader->read(head)));
    if (head.substr(0, 4) == "PAR1") {
        return Format::Parquet;
    }
    std::string name = lower(file.filename().string());
    if (name.ends_with(".gz")) {
        name.resize(name.size() - 3);
    }
    for (const Ending& ending : endings) {
        if (name.ends_with(ending.text)) {
            return ending.format;
        }
    }
    const std::string_view start = trim(head);
    if (start.substr(0, 5) == "<?xml" || start.substr(0, 4) == "<log") {
        return Format::Xes;
    }
    if (start.substr(0, 1) == "{") {
        return Format::JsonLines;
    }
    if (head.find('\0') == std::string::npos) {
        return Format::Csv;
    }
    return invalid_input(fmt::format(
        "{}: neither its name nor its beginning says what it is; name it .csv, .tsv, .jsonl, "
        ".parquet or .xes, or set format = \"...\" in a map",
        file.filename().string()));
}

}  // namespace kokemus::intake
