#include "backup/manifest.h"

#include <array>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "ledger/schema.h"

namespace kokemus::backup {

namespace {

namespace json = boost::json;

constexpr std::size_t manifest_bytes_max = 1U << 20U;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> places = {{
    {"encounters.duckdb", "ledger/encounters.duckdb"},
    {"encounters.duckdb.wal", "ledger/encounters.duckdb.wal"},
    {"blueprint.toml", "blueprint.toml"},
    {"sample.json", "sample.json"},
    {"truth.json", "truth.json"},
    {records_name, records_name},
}};

json::object to_json(const Manifest& manifest) {
    json::array files;
    for (const auto& file : manifest.files) {
        files.push_back(json::object{
            {"name", file.name}, {"bytes", file.sum.bytes}, {"xxh128", file.sum.hash.hex()}});
    }
    return json::object{{"format", manifest.format},
                        {"ledger_version", manifest.ledger_version},
                        {"program_version", manifest.program_version},
                        {"ledger", manifest.ledger_id},
                        {"last_number", manifest.last_number},
                        {"encounters", manifest.encounters},
                        {"customers", manifest.customers},
                        {"made_at", format_instant(manifest.made_at)},
                        {"files", std::move(files)}};
}

std::string sum_of(const json::object& manifest) {
    return hash128(json::serialize(manifest)).hex();
}

Error damaged(const std::filesystem::path& file) {
    return Error{ErrorCode::Corrupt,
                 fmt::format("{} is damaged, nothing of this backup can be trusted; take another "
                             "backup",
                             file.string())};
}

std::uint64_t hex_number(std::string_view digits) {
    return std::stoull(std::string(digits), nullptr, 16);
}

Manifest::File read_one(const json::value& file) {
    const std::string hash(file.at("xxh128").as_string());
    return {std::string(file.at("name").as_string()),
            {file.at("bytes").to_number<std::uint64_t>(),
             {hex_number(std::string_view(hash).substr(0, 16)),
              hex_number(std::string_view(hash).substr(16))}}};
}

/// Of an object whose checksum is right, so that it is as a program of ours wrote it.
Result<Manifest> from_json(const json::object& object) {
    Manifest manifest;
    manifest.ledger_version = object.at("ledger_version").to_number<int>();
    manifest.program_version = object.at("program_version").as_string();
    manifest.ledger_id = object.at("ledger").as_string();
    manifest.last_number = object.at("last_number").to_number<std::uint64_t>();
    manifest.encounters = object.at("encounters").to_number<std::uint64_t>();
    manifest.customers = object.at("customers").to_number<std::uint64_t>();
    manifest.made_at = TRY(parse_instant(object.at("made_at").as_string()));
    for (const auto& file : object.at("files").as_array()) {
        manifest.files.push_back(read_one(file));
        if (place_of(manifest.files.back().name).empty()) {
            return invalid_input(
                fmt::format("the backup holds {}, which this program does not know",
                            quote(manifest.files.back().name)));
        }
    }
    return manifest;
}

Error too_new(const std::filesystem::path& folder, const json::object& object) {
    const json::value* program = object.if_contains("program_version");
    return Error{ErrorCode::Conflict,
                 fmt::format("the backup {} was made by a newer kokemus ({}); restore it with "
                             "that version, nothing was changed",
                             folder.string(),
                             program != nullptr && program->is_string()
                                 ? std::string_view(program->as_string())
                                 : std::string_view("unknown"))};
}

}  // namespace

std::uint64_t Manifest::bytes() const {
    std::uint64_t bytes = 0;
    for (const File& file : files) {
        bytes += file.sum.bytes;
    }
    return bytes;
}

std::filesystem::path place_of(std::string_view name) {
    for (const auto& [known, place] : places) {
        if (name == known) {
            return place;
        }
    }
    return {};
}

Status write_manifest(const Manifest& manifest, const std::filesystem::path& folder) {
    json::object object = to_json(manifest);
    object["checksum"] = sum_of(object);
    return write_file(folder / manifest_name, json::serialize(object) + "\n");
}

Result<Manifest> read_manifest(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / manifest_name;
    auto text = read_file(file, manifest_bytes_max);
    if (!text && text.error().code == ErrorCode::NotFound) {
        return not_found(fmt::format("{} is no backup: it has no {}, which is written last",
                                     folder.string(),
                                     manifest_name));
    }
    boost::system::error_code fault;
    json::value whole = json::parse(TRY(std::move(text)), fault);
    if (fault || !whole.is_object() || !whole.as_object().contains("format")) {
        return damaged(file);
    }
    json::object& object = whole.as_object();
    // A newer format need not have its checksum where we look for it.
    boost::system::error_code no_number;
    const int format = object.at("format").to_number<int>(no_number);
    if (!no_number && format > format_version) {
        return too_new(folder, object);
    }
    const json::value* said = object.if_contains("checksum");
    const std::string checksum =
        said != nullptr && said->is_string() ? std::string(said->as_string()) : std::string();
    object.erase("checksum");
    if (checksum != sum_of(object)) {
        return damaged(file);
    }
    Manifest manifest = TRY(from_json(object));
    if (manifest.ledger_version > ledger::schema_version()) {
        return too_new(folder, object);
    }
    return manifest;
}

std::vector<std::string> damage_of(const Manifest& manifest, const std::filesystem::path& folder) {
    std::vector<std::string> damage;
    for (const auto& [name, expected] : manifest.files) {
        const auto found = sum_of_file(folder / name);
        if (!found && found.error().code == ErrorCode::NotFound) {
            damage.push_back(fmt::format("{} is missing", name));
        } else if (!found) {
            damage.push_back(found.error().message);
        } else if (found->bytes != expected.bytes) {
            damage.push_back(
                fmt::format("{} has {} bytes instead of {}", name, found->bytes, expected.bytes));
        } else if (found->hash != expected.hash) {
            damage.push_back(
                fmt::format("{} is not as it was written (its checksum is {} instead "
                            "of {})",
                            name,
                            found->hash.hex(),
                            expected.hash.hex()));
        }
    }
    return damage;
}

}  // namespace kokemus::backup
